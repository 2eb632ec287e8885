package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.AuditEntry;
import io.vigie.events.serde.Decoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaAuditLogTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final TopicPartition PARTITION = new TopicPartition("voc.audit", 0);

    private final SteppedClock clock = new SteppedClock(NOW);

    @Test
    void theNewestComeFirst() throws IOException {
        var found = log("anne SEARCH", "paul OPEN", "anne EXPORT").read(wanted(10));

        assertThat(found.entries()).extracting(AuditEntry::getAction).containsExactly("EXPORT", "OPEN", "SEARCH");
        assertThat(found.cut()).isFalse();
    }

    @Test
    void onlyWhatIsWantedIsFound() throws IOException {
        var all = log("anne SEARCH", "paul OPEN", "anne OPEN", "annette OPEN");

        assertThat(all.read(new AuditLog.Wanted(
                                Optional.empty(), Optional.empty(), Optional.of("anne"), Optional.of(Deed.OPEN), 10))
                        .entries())
                .extracting(AuditEntry::getUser)
                .containsExactly("anne");
    }

    @Test
    void whatIsCutIsTheOldestAndIsToldSo() throws IOException {
        var found = log("a SEARCH", "b SEARCH", "c SEARCH").read(wanted(2));

        assertThat(found.entries()).extracting(AuditEntry::getUser).containsExactly("c", "b");
        assertThat(found.cut()).isTrue();
    }

    @Test
    void whatCannotBeReadIsLeftOut() throws IOException {
        assertThat(log("a SEARCH", "garbage", "c SEARCH").read(wanted(10)).entries())
                .hasSize(2);
    }

    @Test
    void nothingIsThereInTheBeginning() throws IOException {
        assertThat(log().read(wanted(10))).isEqualTo(new AuditLog.Found(List.of(), false));
    }

    @Test
    void kafkaThatDoesNotAnswerIsAnErrorToTell() {
        var log = new KafkaAuditLog(
                () -> {
                    throw new KafkaException("away");
                },
                "voc.audit",
                KafkaAuditLogTest::decoded,
                clock);

        assertThatThrownBy(() -> log.read(wanted(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("voc.audit");
    }

    private static AuditLog.Wanted wanted(int max) {
        return new AuditLog.Wanted(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), max);
    }

    /** One entry a minute, the last now. */
    private KafkaAuditLog log(String... entries) {
        return new KafkaAuditLog(
                () -> {
                    var consumer = new MockConsumer<String, byte[]>("earliest");
                    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
                    consumer.updateEndOffsets(Map.of(PARTITION, (long) entries.length));
                    consumer.schedulePollTask(() -> {
                        for (int each = 0; each < entries.length; each++) {
                            consumer.addRecord(new ConsumerRecord<>(
                                    "voc.audit", 0, each, "r", entries[each].getBytes(StandardCharsets.UTF_8)));
                        }
                    });
                    return consumer;
                },
                "voc.audit",
                KafkaAuditLogTest::decoded,
                clock);
    }

    private static Decoding<AuditEntry> decoded(byte[] bytes) {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
        if (words.length < 2) {
            return new Decoding.Undecodable<>("test", "garbage");
        }
        return new Decoding.Decoded<>(AuditEntry.newBuilder()
                .setAt(NOW.minus(Duration.ofMinutes(1)))
                .setUser(words[0])
                .setRoles(List.of())
                .setVia("token")
                .setAction(words[1])
                .setRoute("GET /")
                .setRequestId("r")
                .build());
    }
}
