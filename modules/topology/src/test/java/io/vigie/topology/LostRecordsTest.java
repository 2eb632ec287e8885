package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LostRecordsTest {
    private static final TopicPartition TICKETS = new TopicPartition("voc.tickets", 3);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LostRecords lost = new LostRecords("vigie", Set.of(TICKETS.topic()), meters);

    @Test
    void whatWasRemovedBeforeItWasReadIsCountedAndTold() {
        topicFrom(52);
        consumer.seek(TICKETS, 40);

        // Kafka Streams then goes on at 52.
        assertThatThrownBy(this::poll).isInstanceOf(OffsetOutOfRangeException.class);

        assertThat(counted()).isEqualTo(12);
        assertThat(lost.told())
                .get()
                .asString()
                .startsWith("records were removed before vigie had read them: 12 of voc.tickets-3, offsets 40 to 51. ");
    }

    @Test
    void aStreamThatFindsAllOfItsRecordsTellsNothing() {
        topicFrom(52);
        consumer.seek(TICKETS, 52);

        poll();

        assertThat(lost.told()).isEmpty();
        assertThat(counted()).isZero();
    }

    @Test
    void aTopicThatEndsBeforeWhatWasReadOfItIsTold() {
        topicFrom(0);
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(TICKETS, 70L)));

        assertThatThrownBy(this::poll).isInstanceOf(OffsetOutOfRangeException.class);

        assertThat(lost.told()).get().asString().contains("voc.tickets-3, which ends before offset 70");
        assertThat(counted()).isZero();
    }

    @Test
    void whereKafkaHasForgottenHowFarItWasItIsToldFromWhereItReads() {
        topicFrom(52);
        consumer.setPollException(new NoOffsetForPartitionException(TICKETS));

        assertThatThrownBy(this::poll).isInstanceOf(NoOffsetForPartitionException.class);

        assertThat(lost.told()).get().asString().contains("all of voc.tickets-3 before offset 52");
    }

    @Test
    void aFirstStartOnWholeTopicsTellsNothing() {
        topicFrom(0);
        consumer.setPollException(new NoOffsetForPartitionException(TICKETS));

        assertThatThrownBy(this::poll).isInstanceOf(NoOffsetForPartitionException.class);

        assertThat(lost.told()).isEmpty();
    }

    @Test
    void whereKafkaCannotBeAskedTheStreamStillHearsOfTheGap() {
        topicFrom(52);
        consumer.seek(TICKETS, 40);
        consumer.setOffsetsException(new KafkaException("away"));

        assertThatThrownBy(this::poll).isInstanceOf(OffsetOutOfRangeException.class);

        assertThat(lost.told()).get().asString().contains("an unknown number of voc.tickets-3 from offset 40 on");
    }

    @Test
    void onlyTheFirstOfManyGapsAreToldOneByOne() {
        topicFrom(100);
        for (int i = 0; i < 8; i++) {
            consumer.seek(TICKETS, i);
            assertThatThrownBy(this::poll).isInstanceOf(OffsetOutOfRangeException.class);
        }

        assertThat(lost.told()).get().asString().contains("; and in 3 other places, see the log");
    }

    /** It has one record, the oldest that is left. */
    private void topicFrom(long start) {
        consumer.assign(List.of(TICKETS));
        consumer.updateBeginningOffsets(Map.of(TICKETS, start));
        consumer.seek(TICKETS, start);
        consumer.addRecord(new ConsumerRecord<>(TICKETS.topic(), TICKETS.partition(), start, new byte[0], new byte[0]));
    }

    private double counted() {
        return meters.get("vigie.records.lost")
                .tag("topic", TICKETS.topic())
                .counter()
                .count();
    }

    private void poll() {
        lost.watched(consumer, () -> consumer.poll(Duration.ZERO));
    }
}
