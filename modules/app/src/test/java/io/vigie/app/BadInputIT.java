package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.DeadLetter;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is answered or becomes a dead letter with its reason, and what is around it goes through. */
@ExtendWith(RunningVigie.class)
final class BadInputIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    private static final Topics TOPICS = Topics.standard();

    private final VigieProcess vigie;
    private final VigieHttp http;

    BadInputIT(VigieProcess vigie) {
        this.vigie = vigie;
        this.http = vigie.http();
    }

    /** A line at the HTTP door, and words of the error it must give. */
    record BadLine(String name, String line, List<String> error) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<BadLine> badLines() {
        return Stream.of(
                new BadLine("brokenJson", "{\"eventId\": \"x\", ", List.of("line 2")),
                new BadLine("noEvent", "{\"eventId\": \"x\"}", List.of("source")),
                new BadLine("notAnObject", "[1, 2]", List.of("object")),
                new BadLine("unknownField", good().put("moood", "grumpy").toString(), List.of("moood")),
                new BadLine("blankId", good().put("eventId", " ").toString(), List.of("eventId is blank")),
                new BadLine("noId", good().without("eventId").toString(), List.of("eventId")),
                new BadLine("wrongType", good().put("occurredAt", "yesterday").toString(), List.of("occurredAt")),
                new BadLine("unknownChannel", good().put("channel", "PIGEON").toString(), List.of("channel", "EMAIL")),
                new BadLine(
                        "future",
                        good().put(
                                        "occurredAt",
                                        Instant.parse("2100-01-01T00:00:00Z").toEpochMilli())
                                .toString(),
                        List.of("2100-01-01")),
                new BadLine(
                        "secondsForMillis",
                        good().put("occurredAt", 1_700_000_000L).toString(),
                        List.of("seconds")),
                new BadLine(
                        "hugeText", good().put("body", "é".repeat(1 << 20)).toString(), List.of("1048576", "100000")));
    }

    @ParameterizedTest
    @MethodSource("badLines")
    void aBadLineIsRejectedAndItsNeighboursGoThrough(BadLine bad) throws IOException {
        String word = "voisin" + bad.name.toLowerCase(java.util.Locale.ROOT);

        var answer = http.postLines(
                "tickets",
                ticket(bad.name + "-1", null, "Avant " + word) + "\n" + bad.line + "\n"
                        + ticket(bad.name + "-2", null, "Après " + word) + "\n");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        var rejected = answer.body().path("rejected");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.path(0).path("index").asInt()).isEqualTo(1);
        assertThat(rejected.path(0).path("line").asInt()).isEqualTo(2);
        assertThat(rejected.path(0).path("error").asText()).contains(bad.error);
        await().atMost(SEEN_MAX).until(() -> http.total("q", word) == 2);
    }

    @Test
    void aRequestWithoutOneGoodEventIsReportedAllTheSame() throws IOException {
        var answer = http.postLines("tickets", "{\"eventId\": \"x\"}\n");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isZero();
        assertThat(answer.body().path("rejected")).hasSize(1);
    }

    @Test
    void aRequestWithoutAnythingLikeAnEventIsAProblem() throws IOException {
        var answer = http.postLines("tickets", "not an event\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("detail").asText()).isNotBlank();
    }

    /** A record straight to the topic of tickets, and the reason its dead letter must give. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared: only the bytes of one test.
    record BadRecord(String name, @Nullable String key, byte @Nullable [] value, String reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    List<BadRecord> badRecords() {
        try (var schemas = vigie.schemas()) {
            var event = AvroSamples.ticket("raw", "ticket-raw", "Dossier direct");
            byte[] whole = schemas.serializer().serialize(TOPICS.tickets(), event);
            var future = TicketEvent.newBuilder(event)
                    .setOccurredAt(Instant.parse("2100-01-01T00:00:00Z"))
                    .build();
            var blank = TicketEvent.newBuilder(event).setEventId("").build();
            byte[] unknown = whole.clone();
            ByteBuffer.wrap(unknown).putInt(1, 4711);
            return List.of(
                    new BadRecord("garbage", "g", "not Avro at all".getBytes(StandardCharsets.UTF_8), "not-avro"),
                    new BadRecord("empty", "e", new byte[0], "not-avro"),
                    new BadRecord("unknownSchema", "u", unknown, "unknown-schema"),
                    new BadRecord("truncated", "ticket-raw", Arrays.copyOf(whole, whole.length / 2), "bad-avro"),
                    new BadRecord("noKey", null, whole, "wrong-key"),
                    new BadRecord("otherKey", "ticket-other", whole, "wrong-key"),
                    new BadRecord("noValue", "ticket-raw", null, "no-value"),
                    new BadRecord(
                            "future",
                            "ticket-raw",
                            schemas.serializer().serialize(TOPICS.tickets(), future),
                            "event-time-in-future"),
                    new BadRecord(
                            "blankId",
                            "ticket-raw",
                            schemas.serializer().serialize(TOPICS.tickets(), blank),
                            "blank-id"));
        }
    }

    @Test
    void aRecordThatCannotBeUsedIsADeadLetterWithItsReasonAndTheRestGoesThrough() throws Exception {
        var bad = badRecords();

        var sent = bad.stream().map(this::send).toList();
        http.accept("tickets", ticket("after-bad", null, "Dossier Fuchsia"));

        await().atMost(SEEN_MAX).until(() -> http.total("q", "fuchsia") == 1);
        for (int i = 0; i < bad.size(); i++) {
            var one = bad.get(i);
            var origin = sent.get(i);
            await().atMost(SEEN_MAX)
                    .untilAsserted(() -> assertThat(deadLetters(origin))
                            .as(one.name)
                            .singleElement()
                            .satisfies(letter -> {
                                assertThat(letter.reason()).as(one.name).isEqualTo(one.reason);
                                assertThat(letter.stage()).isEqualTo("stream");
                                assertThat(letter.detail()).isNotBlank().doesNotContain("direct");
                            }));
        }
        assertThat(http.total("q", "direct")).isZero();
        assertThat(http.ready()).isTrue();
    }

    @Test
    void aDeadLetterIsListedShownWithoutPersonalDataAndSentBackOnce() throws Exception {
        var buried = DeadLetters.bury(vigie, "buried", "Dossier Pervenche de Mme Quennehen");

        var list = vigie.command("dead-letters", "list", "--reason", "not-understood", "--topic", "tickets");
        var shown = vigie.command("dead-letters", "show", buried.toString());
        var raw = vigie.command("dead-letters", "show", "--raw", buried.toString());
        var tried = vigie.command("dead-letters", "replay", "--reason", "not-understood", "--dry-run");
        var sent = vigie.command("dead-letters", "replay", "--reason", "not-understood", "--yes");
        await().atMost(SEEN_MAX).until(() -> http.total("q", "pervenche") == 1);
        var again = vigie.command("dead-letters", "replay", "--reason", "not-understood", "--yes");
        var after = vigie.command("dead-letters", "list", "--single", "--reason", "not-understood");

        assertThat(list.out()).contains("not-understood", "voc.tickets", buried.toString());
        assertThat(shown.out()).contains("value       TicketEvent").doesNotContain("Pervenche", "Quennehen");
        assertThat(raw.out()).contains("Dossier Pervenche de Mme Quennehen");
        assertThat(tried.out()).startsWith("1 dead letters would be sent back\n  1 to voc.tickets\n");
        assertThat(sent).isEqualTo(new Program.Ran(0, "1 dead letters sent back\n  1 to voc.tickets\n", ""));
        assertThat(again.out()).isEqualTo("0 dead letters sent back\n  1 left out: sent back before\n");
        assertThat(after.out()).contains(buried.toString(), "sent back");
        assertThat(TopicRecords.in(vigie.bootstrapServers(), TOPICS.tickets()))
                .filteredOn(record -> TopicRecords.key(record).equals("ticket-buried"))
                .hasSize(1);
    }

    @Test
    void personalDataInWhatFailsIsInNoLogNoHeaderAndNoMeter() throws Exception {
        var planted = List.of("Ysaline", "Quennehen", "+33639984127", "ysaline@example.org");
        String words = String.join(" ", planted);
        byte[] whole;
        try (var schemas = vigie.schemas()) {
            var future = TicketEvent.newBuilder(AvroSamples.ticket("planted", "ticket-planted", words))
                    .setCustomerId(words)
                    .setOccurredAt(Instant.parse("2100-01-01T00:00:00Z"))
                    .build();
            whole = schemas.serializer().serialize(TOPICS.tickets(), future);
        }

        var sent = List.of(
                send(new BadRecord("text", "planted", words.getBytes(StandardCharsets.UTF_8), "not-avro")),
                send(new BadRecord("future", "ticket-planted", whole, "event-time-in-future")),
                send(new BadRecord("cut", "ticket-planted", Arrays.copyOf(whole, whole.length - 9), "bad-avro")),
                send(new BadRecord("key", words, whole, "event-time-in-future")));
        http.postLines("tickets", "{\"eventId\": \"" + words + "\", \"body\": \"" + words + "\"}\n" + words + "\n");
        http.postLines("tickets", good().put("body", words).put("channel", words) + "\n");

        for (var origin : sent) {
            await().atMost(SEEN_MAX).until(() -> deadLetters(origin).size() == 1);
        }
        var headers = TopicRecords.in(vigie.bootstrapServers(), TOPICS.deadLetters()).stream()
                .flatMap(record -> Arrays.stream(record.headers().toArray()))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .distinct()
                .toList();
        String said = vigie.said();
        String metrics = http.metrics();
        for (String secret : planted) {
            assertThat(headers).noneMatch(header -> header.contains(secret));
            assertThat(said.contains(secret)).as("the log has " + secret).isFalse();
            assertThat(metrics.contains(secret))
                    .as("the metrics have " + secret)
                    .isFalse();
        }
    }

    private List<DeadLetter> deadLetters(RecordMetadata origin) {
        return TopicRecords.in(vigie.bootstrapServers(), TOPICS.deadLetters()).stream()
                .map(DeadLetter::of)
                .filter(letter -> letter.topic().equals(origin.topic())
                        && letter.partition() == origin.partition()
                        && letter.offset() == origin.offset())
                .toList();
    }

    private RecordMetadata send(BadRecord bad) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", vigie.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(TOPICS.tickets(), bad.key, bad.value))
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(bad.name, e);
        }
    }

    private static ObjectNode good() {
        return ticket("bad", null, "Une ligne");
    }
}
