package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.app.OpenTransactions.Coordinated;
import io.vigie.app.OpenTransactions.Open;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of an open transaction; a broker's own are found in {@link UpIT}. */
class OpenTransactionsTest {
    @Test
    void oneThatNoCoordinatorKnowsIsToldWithTheCommandThatEndsIt() {
        assertThat(open(null).told("kafka:9092"))
                .isEqualTo("an open transaction holds up voc.tickets-2: 30 offsets from 70 on are read by nobody;"
                        + " producer id 4711, epoch 3, which last wrote there at 2025-11-06T10:00:00Z; no coordinator"
                        + " tells of it, so it does not end by itself: kafka-transactions.sh --bootstrap-server"
                        + " kafka:9092 abort --topic voc.tickets --partition 2 --start-offset 70");
    }

    @Test
    void oneThatItsCoordinatorKnowsIsToldWithWhoHasItOpenAndWhenKafkaEndsIt() {
        var known = new Coordinated("billing-export", Instant.parse("2025-11-06T09:58:00Z"), Duration.ofMinutes(15));

        assertThat(open(known).told("kafka:9092"))
                .contains("; its transactional.id is billing-export, open since 2025-11-06T09:58:00Z: have the program"
                        + " end it, or stop the program, and Kafka gives it up after 900 s; if it does not,"
                        + " kafka-transactions.sh --bootstrap-server kafka:9092 abort --topic voc.tickets");
    }

    private static Open open(@Nullable Coordinated known) {
        return new Open(
                new TopicPartition("voc.tickets", 2), 4711, 3, 70, 30, Instant.parse("2025-11-06T10:00:00Z"), known);
    }
}
