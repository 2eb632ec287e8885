package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.OUTAGE;
import static io.vigie.topology.SampleVerbatims.theme;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.WindowSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InsightTopologyTest {
    private static final String INVOICE = "billing.invoice-error";

    private final RunningInsights insights = new RunningInsights(NOW);

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void aComplaintGoesToTheTopicOfItsOfferWithItsWords() {
        pipe(verbatim("v1", "fibre-pro").build());

        var complaint = Objects.requireNonNull(complaints("fibre-pro").get("v1"));
        assertThat(complaint.getText()).isEqualTo("Plus d'internet.");
        assertThat(complaint.getThemes().getFirst().getEvidence()).isNotEmpty();
    }

    @Test
    void theTopicOfAnOfferIsMadeSureOfOnce() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").build());
        pipe(verbatim("v3", Topics.UNASSIGNED).build());

        assertThat(insights.ensured()).containsExactly("fibre-pro");
        assertThat(complaints(Topics.UNASSIGNED)).containsOnlyKeys("v3");
    }

    @Test
    void aQuestionIsNoComplaint() {
        pipe(verbatim("v1", "fibre-pro").setIntent(Intent.QUESTION).build());

        assertThat(complaints("fibre-pro")).isEmpty();
        assertThat(insights.ensured()).isEmpty();
    }

    @Test
    void aComplaintThatWasErasedIsTakenOutOfItsTopic() {
        pipe(verbatim("v1", "fibre-pro").build());
        insights.erase("v1");

        assertThat(insights.complaints("fibre-pro"))
                .extracting(record -> record.value() == null)
                .containsExactly(false, true);
    }

    @Test
    void aComplaintOfAnotherOfferMovesToItsTopic() {
        pipe(verbatim("v1", Topics.UNASSIGNED).build());
        pipe(verbatim("v1", "fibre-pro").build());

        assertThat(complaints(Topics.UNASSIGNED)).containsEntry("v1", null);
        assertThat(complaints("fibre-pro")).containsOnlyKeys("v1");
    }

    @Test
    void whatIsFoundToBeNoComplaintIsTakenOut() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v1", "fibre-pro").setIntent(Intent.PRAISE).build());

        assertThat(complaints("fibre-pro")).containsEntry("v1", null);
    }

    @Test
    void theSameRecordAgainChangesNothing() {
        var verbatim = verbatim("v1", "fibre-pro").build();

        pipe(verbatim);
        pipe(verbatim);

        assertThat(insights.complaints("fibre-pro")).hasSize(1);
        assertThat(insights.counts().values()).extracting(OfferTheme::getCount).containsOnly(1L);
    }

    @Test
    void theStateHoldsNoWords() {
        pipe(verbatim("v1", "fibre-pro").setRedactions(Map.of("EMAIL", 1)).build());

        KeyValueStore<String, Verbatim> store = insights.driver().getKeyValueStore(VerbatimChanges.COUNTED);
        var kept = store.get("v1");
        assertThat(kept.getText()).isEmpty();
        assertThat(kept.getRedactions()).isEmpty();
        assertThat(kept.getThemes().getFirst().getEvidence()).isEmpty();
        assertThat(kept.getThemes().getFirst().getTheme()).isEqualTo(OUTAGE);
    }

    @Test
    void whatCannotBeReadInTopicsOfItsOwnIsCounted() {
        var topics = RunningInsights.TOPICS;
        var own = List.of(topics.actions(), topics.promises(), topics.breaches(), topics.erasures());

        for (String topic : own) {
            insights.driver()
                    .createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("k", new byte[] {1, 2, 3});
        }

        assertThat(own)
                .allSatisfy(topic -> assertThat(insights.meters()
                                .get("vigie.records.unreadable")
                                .tags("topic", topic, "reason", "not-avro")
                                .counter()
                                .count())
                        .isEqualTo(1));
    }

    @Test
    void anErasedVerbatimIsNoLongerCounted() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").build());
        insights.erase("v1");
        insights.erase("v1");
        insights.erase("never-there");

        assertThat(insights.count("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z")
                        .getCount())
                .isEqualTo(1);
    }

    @Test
    void aRowThatFallsToNothingIsATombstone() {
        pipe(verbatim("v1", "fibre-pro").build());
        insights.erase("v1");

        assertThat(insights.counts()).isNotEmpty();
        assertThat(insights.counts().values()).containsOnlyNulls();
    }

    @Test
    void aReclassifiedVerbatimIsCountedWhereItNowBelongs() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v1", "fibre-pro")
                .setThemes(List.of(theme(INVOICE)))
                .setIntent(Intent.QUESTION)
                .setClassifiedAt(NOW.plusSeconds(60))
                .build());

        assertThat(insights.counts()).containsEntry("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z", null);
        var moved = insights.count("fibre-pro|billing.invoice-error|DAY|2026-03-30T22:00:00Z");
        assertThat(moved.getCount()).isEqualTo(1);
        assertThat(moved.getComplaints()).isZero();
    }

    @Test
    void countsAreKeptByOfferThemeAndWindowOfEventTime() {
        pipe(verbatim("v1", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-28T22:30:00Z"))
                .build());
        pipe(verbatim("v2", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-28T23:30:00Z"))
                .build());
        pipe(verbatim("v3", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-29T20:00:00Z"))
                .build());

        // 23:00Z is midnight in Paris, and the night to the 29th is the one that loses an hour.
        assertThat(insights.count("fibre-pro|network.outage|DAY|2026-03-27T23:00:00Z")
                        .getCount())
                .isEqualTo(1);
        var shortDay = insights.count("fibre-pro|network.outage|DAY|2026-03-28T23:00:00Z");
        assertThat(shortDay.getCount()).isEqualTo(2);
        assertThat(Duration.between(shortDay.getWindowStart(), shortDay.getWindowEnd()))
                .hasHours(23);
        assertThat(insights.count("fibre-pro|network.outage|HOUR|2026-03-28T22:00:00Z")
                        .getCount())
                .isEqualTo(1);
        assertThat(shortDay.getComplaints()).isEqualTo(2);
        assertThat(shortDay.getSize()).isEqualTo(WindowSize.DAY);
    }

    @Test
    void bytesThatAreNoVerbatimAreADeadLetterWithTheirOrigin() {
        byte[] garbage = {1, 2, 3};

        insights.pipe("v1".getBytes(StandardCharsets.UTF_8), garbage);
        pipe(verbatim("v2", "fibre-pro").build());

        var letter = insights.deadLetters().getFirst();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("insights");
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo("not-avro");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(RunningInsights.TOPICS.verbatims());
        assertThat(complaints("fibre-pro")).containsOnlyKeys("v2");
    }

    @Test
    void aVerbatimUnderAnotherKeyOrOfAnOfferThatNoTopicCanHaveIsADeadLetter() {
        insights.pipe(null, insights.bytes(verbatim("v1", "fibre-pro").build()));
        insights.pipe(
                "v2".getBytes(StandardCharsets.UTF_8),
                insights.bytes(verbatim("v1", "fibre-pro").build()));
        pipe(verbatim("v3", "fibre pro !").build());

        assertThat(insights.deadLetters())
                .extracting(letter -> header(letter, DeadLetter.REASON))
                .containsExactly("wrong-key", "wrong-key", "offer-id");
        assertThat(insights.ensured()).isEmpty();
    }

    private void pipe(Verbatim verbatim) {
        insights.pipe(verbatim);
    }

    private Map<String, @Nullable Verbatim> complaints(String offerId) {
        return RunningInsights.last(insights.complaints(offerId));
    }

    @Test
    void aRowIsKeptForAllChannelsAndForEach() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").setChannel(Channel.PHONE).build());

        var all = insights.count("fibre-pro|network.outage|HOUR|2026-03-31T10:00:00Z");
        var phone = insights.count("fibre-pro|network.outage|HOUR|2026-03-31T10:00:00Z|PHONE");
        assertThat(all.getCount()).isEqualTo(2);
        assertThat(all.getChannel()).isEmpty();
        assertThat(phone.getCount()).isEqualTo(1);
        assertThat(phone.getChannel()).contains(Channel.PHONE);
        assertThat(insights.table()).hasSize(WindowSize.values().length * 3);
    }

    @Test
    void customersAreToldApart() {
        pipe(verbatim("v1", "fibre-pro").setCustomerKey("anne").build());
        pipe(verbatim("v2", "fibre-pro").setCustomerKey("anne").build());
        pipe(verbatim("v3", "fibre-pro").setCustomerKey("zoé").build());
        pipe(verbatim("v4", "fibre-pro").setCustomerKey(null).build());

        var day = insights.count("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z");
        assertThat(day.getCount()).isEqualTo(4);
        assertThat(day.getDistinctCustomers()).isEqualTo(2);
    }

    @Test
    void thereAreNeverMoreCustomersThanVerbatims() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").build());
        insights.erase("v1");

        assertThat(insights.count("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z")
                        .getDistinctCustomers())
                .isEqualTo(1);
    }

    @Test
    void aVerbatimThatIsUnderstoodAgainWithTheSameResultWritesNoRow() {
        pipe(verbatim("v1", "fibre-pro").build());
        insights.counts();
        pipe(verbatim("v1", "fibre-pro")
                .setClassifiedAt(NOW.plusSeconds(60))
                .setText("Plus d'[NAME].")
                .build());

        assertThat(insights.countRecords()).isEmpty();
        assertThat(insights.complaints("fibre-pro")).hasSize(2);
    }

    @Test
    void aRowOlderThanItsSizeIsKeptGoesOnceAndForAll() {
        pipe(verbatim("v1", "fibre-pro").build());
        insights.counts();

        insights.advance(Windows.FIVE_MINUTES_KEPT.plusHours(1));

        assertThat(insights.countRecords())
                .extracting(TestRecord::key)
                .containsExactlyInAnyOrder(
                        "fibre-pro|network.outage|FIVE_MINUTES|2026-03-31T10:15:00Z",
                        "fibre-pro|network.outage|FIVE_MINUTES|2026-03-31T10:15:00Z|EMAIL");
        insights.erase("v1");
        assertThat(insights.countRecords())
                .hasSize(4)
                .extracting(TestRecord::key)
                .noneMatch(key -> key.contains("FIVE_MINUTES"));
    }

    @Test
    void anEventOfTenYearsAgoMakesNoRowThatWouldGoAtOnce() {
        pipe(verbatim("v1", "fibre-pro")
                .setOccurredAt(Instant.parse("2016-05-01T12:00:00Z"))
                .build());
        pipe(verbatim("v2", "fibre-pro")
                .setOccurredAt(NOW.minus(Duration.ofDays(10)))
                .build());

        assertThat(insights.table().keySet())
                .containsExactlyInAnyOrder(
                        "fibre-pro|network.outage|HOUR|2026-03-21T10:00:00Z",
                        "fibre-pro|network.outage|HOUR|2026-03-21T10:00:00Z|EMAIL",
                        "fibre-pro|network.outage|DAY|2026-03-20T23:00:00Z",
                        "fibre-pro|network.outage|DAY|2026-03-20T23:00:00Z|EMAIL");
        assertThat(complaints("fibre-pro")).containsOnlyKeys("v1", "v2");
    }

    @Test
    void aStateThatIsLostIsMadeAgainWithTheSameRows() {
        var verbatims = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> verbatim("v" + i, "fibre-" + i % 3).build())
                .toList();
        verbatims.forEach(insights::pipe);

        try (var again = new RunningInsights(NOW)) {
            verbatims.forEach(again::pipe);

            assertThat(again.table()).isEqualTo(insights.table());
        }
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
