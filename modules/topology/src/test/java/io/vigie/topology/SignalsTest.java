package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Signal;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Weak signals in the topology; what makes one is the detector's own test. */
class SignalsTest {
    private static final Topics TOPICS = Topics.standard();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final Instant NOW = START.plus(Duration.ofDays(61));

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = NOW;

    private final TopologyTestDriver driver = new TopologyTestDriver(
            InsightTopology.build(
                    TOPICS,
                    registry,
                    new InsightTopology.Parts(_ -> {}, PARIS, () -> now, SignalSettings.standard(PARIS)),
                    meters),
            new Properties(),
            NOW);
    private final TestInputTopic<String, Verbatim> verbatims =
            driver.createInputTopic(TOPICS.verbatims(), new StringSerializer(), registry.<Verbatim>serializer());
    private int said;

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void aRiseIsASignalOnce() {
        peace();
        List<Verbatim> rise = rise(NOW.minus(Duration.ofDays(1)));

        rise.forEach(verbatim -> pipe(verbatim, verbatim.getOccurredAt()));
        rise.forEach(verbatim -> pipe(verbatim, verbatim.getOccurredAt()));

        var signals = signals();
        assertThat(signals).hasSize(1);
        assertThat(signals.getFirst().key())
                .isEqualTo(signals.getFirst().value().getSignalId());
        assertThat(signals.getFirst().value().getOfferId()).isEqualTo("fibre-pro");
        assertThat(meters.counter("vigie.signals", "offer", "fibre-pro").count())
                .isEqualTo(1);
    }

    @Test
    void aReclassificationIsNoRise() {
        peace();
        List<Verbatim> known = rise(NOW.minus(Duration.ofDays(1)));
        for (Verbatim verbatim : known) {
            pipe(Verbatim.newBuilder(verbatim).setThemes(List.of()).build(), verbatim.getOccurredAt());
        }

        known.forEach(verbatim -> pipe(verbatim, NOW));

        assertThat(signals()).isEmpty();
    }

    @Test
    void historyThatIsImportedRaisesNothing() {
        peace();

        rise(NOW.minus(Duration.ofDays(4))).forEach(verbatim -> pipe(verbatim, NOW));

        assertThat(signals()).isEmpty();
    }

    @Test
    void whatIsHeardAgainLaterRaisesNothing() {
        peace();
        List<Verbatim> rise = rise(NOW.minus(Duration.ofDays(1)));
        now = NOW.plus(Duration.ofDays(30));

        rise.forEach(verbatim -> pipe(verbatim, verbatim.getOccurredAt()));

        assertThat(signals()).isEmpty();
    }

    @Test
    void wordsThatWereSaidOnceAreForgottenWithTime() {
        Instant at = NOW.minus(Duration.ofDays(45));
        for (int i = 0; i < 200; i++) {
            pipe(saying("mot" + i + "xyz", at.plusSeconds(i)), NOW);
        }
        assertThat(remembered()).isEqualTo(2 * 200);
        pipe(saying("antenne", NOW.minus(Duration.ofDays(2))), NOW);

        driver.advanceWallClockTime(SignalListener.FORGET_EVERY);

        assertThat(remembered()).isEqualTo(2);
    }

    @Test
    void theWordsOfAnOfferOfWhichNothingComesAnyMoreAreForgottenToo() {
        pipe(saying("orphelin", NOW.minus(Duration.ofDays(1))), NOW);
        driver.advanceWallClockTime(SignalListener.FORGET_EVERY);
        assertThat(remembered()).isEqualTo(2);

        driver.advanceWallClockTime(Duration.ofDays(31));

        assertThat(remembered()).isZero();
    }

    private Verbatim saying(String word, Instant at) {
        return Verbatim.newBuilder(verbatim(at, "network.outage")).setText(word).build();
    }

    /** How many terms. */
    private long remembered() {
        long count = 0;
        try (var entries =
                driver.<String, byte[]>getKeyValueStore(Signals.STORE).all()) {
            while (entries.hasNext()) {
                count += entries.next().key.startsWith("w") ? 1 : 0;
            }
        }
        return count;
    }

    private void peace() {
        for (int day = 0; day < 60; day++) {
            Instant at = START.plus(Duration.ofDays(day));
            pipe(verbatim(at, "billing.invoice"), at);
            pipe(verbatim(at.plusSeconds(9_000), "network.outage"), at.plusSeconds(9_000));
        }
    }

    private List<Verbatim> rise(Instant at) {
        var rise = new java.util.ArrayList<Verbatim>();
        for (int i = 0; i < 15; i++) {
            rise.add(verbatim(at.plusSeconds(600L * i), "network.outage"));
        }
        return rise;
    }

    private Verbatim verbatim(Instant at, String theme) {
        said++;
        return Verbatim.newBuilder()
                .setVerbatimId("v" + said)
                .setEventId("e" + said)
                .setKind(Kind.CALL)
                .setConversationId("c" + said)
                .setSource("test")
                .setOccurredAt(at)
                .setClassifiedAt(at)
                .setCustomerKey("customer-" + said)
                .setOfferId("fibre-pro")
                .setChannel(Channel.PHONE)
                .setLanguage("fr")
                .setText("Plus d'internet.")
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of(new Theme(theme, 0.9, List.of(new Evidence(0, 4)))))
                .setRedactions(Map.of())
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0)
                .setChannelMismatch(false)
                .setClassifier("test-1")
                .build();
    }

    private void pipe(Verbatim verbatim, Instant arrived) {
        verbatims.pipeInput(new TestRecord<>(verbatim.getVerbatimId(), verbatim, arrived));
    }

    private List<TestRecord<String, Signal>> signals() {
        return driver.createOutputTopic(
                        TOPICS.signals(),
                        new StringDeserializer(),
                        registry.serdeAs(TOPICS.signals(), Signal.class).deserializer())
                .readRecordsToList();
    }
}
