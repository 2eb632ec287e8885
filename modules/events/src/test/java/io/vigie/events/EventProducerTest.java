package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class EventProducerTest {
    private static final TicketEvent TICKET = ticket("Ma box redémarre toutes les nuits");

    private final SchemaRegistry registry = registry(true);
    private final MockProducer<String, byte[]> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final EventProducer producer = new EventProducer(Topics.standard(), kafka, registry);

    @AfterEach
    void close() {
        producer.close();
        registry.close();
    }

    @Test
    void eachKindGoesToItsTopicUnderItsKey() {
        var records = new RandomRecords(7);
        var call = records.next(CallEvent.class);
        var survey = records.next(SurveyEvent.class);
        var offer = records.next(Offer.class);

        var _ = producer.send(TICKET);
        var _ = producer.send(call);
        var _ = producer.send(survey);
        var _ = producer.send(offer);

        assertSent(0, "voc.tickets", "t-1", TICKET);
        assertSent(1, "voc.calls", call.getCallId(), call);
        assertSent(2, "voc.surveys", survey.getResponseId(), survey);
        assertSent(3, "voc.offers", offer.getOfferId(), offer);
    }

    @Test
    void aRemovedOfferIsATombstone() {
        var _ = producer.removeOffer("fibre-max");

        var sent = kafka.history().getFirst();
        assertThat(sent.topic()).isEqualTo("voc.offers");
        assertThat(sent.key()).isEqualTo("fibre-max");
        assertThat(sent.value()).isNull();
    }

    @Test
    void theAnswerComesWithKafkasAcknowledgement() {
        var answer = producer.send(TICKET);
        assertThat(answer).isNotDone();

        kafka.completeNext();

        assertThat(answer)
                .isCompletedWithValueMatching(metadata -> metadata.topic().equals("voc.tickets"));
    }

    @Test
    void whatKafkaRefusesFailsTheAnswer() {
        var answer = producer.send(TICKET);

        kafka.errorNext(new TimeoutException("no acknowledgement"));

        assertThat(failure(answer)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whatTheClientRefusesAtOnceFailsTheAnswerToo() {
        kafka.sendException = new RecordTooLargeException("max.request.size");

        var answer = producer.send(TICKET);

        assertThat(failure(answer)).isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void anEventThatIsTooLargeIsNotSent() {
        var answer = producer.send(ticket("é".repeat(EventLimits.EVENT_BYTES_MAX / 2)));

        assertThat(failure(answer))
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining(Integer.toString(EventLimits.EVENT_BYTES_MAX));
        assertThat(kafka.history()).isEmpty();
    }

    @Test
    void anEventWhoseSchemaMayNotBeRegisteredIsNotSent() {
        try (var strict = registry(false);
                var unregistered = new EventProducer(new Topics("strict."), kafka, strict)) {
            var answer = unregistered.send(TICKET);

            assertThat(failure(answer))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("strict.tickets-value");
            assertThat(kafka.history()).isEmpty();
        }
    }

    @Test
    void sendingAfterCloseFailsTheAnswer() {
        producer.close();

        var answer = producer.send(TICKET);

        assertThat(failure(answer)).isInstanceOf(IllegalStateException.class);
    }

    private void assertSent(int index, String topic, String key, SpecificRecord value) {
        var sent = kafka.history().get(index);
        assertThat(sent.topic()).isEqualTo(topic);
        assertThat(sent.key()).isEqualTo(key);
        assertThat(registry.decoder(value.getClass()).decode(sent.value())).isEqualTo(new Decoding.Decoded<>(value));
    }

    private static Throwable failure(CompletableFuture<RecordMetadata> answer) {
        assertThat(answer).isCompletedExceptionally();
        return answer.exceptionNow();
    }

    private static SchemaRegistry registry(boolean autoRegister) {
        return SchemaRegistry.of(
                Map.of(SchemaRegistry.URL, "mock://event-producer-test", SchemaRegistry.AUTO_REGISTER, autoRegister));
    }

    private static TicketEvent ticket(String body) {
        return TicketEvent.newBuilder()
                .setEventId("e-1")
                .setSource("essai")
                .setOccurredAt(Instant.parse("2026-03-01T09:00:00Z"))
                .setChannel(Channel.EMAIL)
                .setTicketId("t-1")
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody(body)
                .build();
    }
}
