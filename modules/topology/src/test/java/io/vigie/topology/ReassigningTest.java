package io.vigie.topology;

import static io.vigie.topology.RunningInsights.TOPICS;
import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.OUTAGE;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Erasure;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.VerbatimVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Verbatims that get an offer which was declared after them, and everything that is counted of them. */
class ReassigningTest {
    private static final Instant LAST_YEAR = NOW.minus(Duration.ofDays(300));

    private final RunningInsights insights = new RunningInsights(NOW);

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void aVerbatimIsWrittenAgainWithTheTimeOfWhatItReplaces() {
        var said = unassigned("v1").build();
        insights.pipe(said);

        request(assigned(said, "fibre-pro"), LAST_YEAR);

        assertThat(written()).singleElement().satisfies(record -> {
            assertThat(record.key()).asString().isEqualTo("v1");
            assertThat(record.value()).isEqualTo(insights.bytes(assigned(said, "fibre-pro")));
            assertThat(record.getRecordTime()).isEqualTo(LAST_YEAR);
            assertThat(RevisionHeader.on(record.headers())).isTrue();
        });
    }

    @Test
    void itsComplaintAndItsCountsMoveToTheOffer() {
        var said = unassigned("v1").build();
        insights.pipe(said);
        insights.pipe(unassigned("v2").build());

        request(assigned(said, "fibre-pro"), LAST_YEAR);

        assertThat(RunningInsights.last(insights.complaints(Topics.UNASSIGNED)))
                .containsEntry("v1", null)
                .containsKey("v2");
        assertThat(insights.complaints("fibre-pro")).singleElement().satisfies(complaint -> {
            assertThat(complaint.value().getText()).isEqualTo(said.getText());
            // Or a complaint would be kept longer than its retention for having got an offer.
            assertThat(complaint.getRecordTime()).isEqualTo(LAST_YEAR);
            assertThat(complaint.headers()).isEmpty();
        });
        assertThat(insights.ensured()).containsExactly("fibre-pro");
        assertThat(insights.count("fibre-pro|" + OUTAGE + "|DAY|2026-03-30T22:00:00Z")
                        .getCount())
                .isEqualTo(1);
        assertThat(insights.count(Topics.UNASSIGNED + "|" + OUTAGE + "|DAY|2026-03-30T22:00:00Z")
                        .getCount())
                .isEqualTo(1);
    }

    @Test
    void countingAnewFindsTheSame() {
        var recount = insights.recount();
        for (int i = 0; i < 20; i++) {
            var said = unassigned("v" + i).build();
            insights.pipe(said);
            recount.put(key("v" + i), insights.bytes(said), NOW.minusSeconds(60));
            if (i % 3 == 0) {
                request(assigned(said, "fibre-pro"), NOW);
            }
        }
        written().forEach(record -> recount.put(record.key(), record.value(), NOW.minusSeconds(60)));

        var found = recount.compare(insights.table(), NOW);

        assertThat(found.differences()).isEmpty();
        assertThat(found.moving()).isZero();
    }

    @Test
    void itsTechnicalQuestionMovesToTheLedgerOfTheOffer() {
        var asked = unassigned("v1")
                .setIntent(Intent.QUESTION)
                .setText("Est-ce que le port 25 est bloqué ?")
                .setThemes(List.of(new Theme("techq.ports", 0.9, List.of(new Evidence(11, 34)))))
                .build();
        insights.pipe(asked);

        request(assigned(asked, "fibre-pro"), NOW);

        var lines = insights.driver()
                .createOutputTopic(TOPICS.questions(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(lines).hasSize(3);
        assertThat(lines)
                .filteredOn(line -> line.value() == null)
                .singleElement()
                .satisfies(gone ->
                        assertThat(gone.key()).isEqualTo(lines.getFirst().key()));
    }

    @Test
    void askingTwiceIsAskingOnce() {
        var said = unassigned("v1").build();
        insights.pipe(said);

        request(assigned(said, "fibre-pro"), NOW);
        request(assigned(said, "fibre-pro"), NOW);
        request(assigned(said, "mobile"), NOW);

        assertThat(written()).hasSize(1);
        assertThat(insights.complaints("mobile")).isEmpty();
    }

    @Test
    void whatWasErasedSinceStaysErased() {
        var said = unassigned("v1").build();
        insights.pipe(said);
        insights.erase("v1");

        request(assigned(said, "fibre-pro"), NOW);

        assertThat(written()).isEmpty();
        assertThat(insights.complaints("fibre-pro")).isEmpty();
    }

    @Test
    void whatWasUnderstoodAnewOrAssignedSinceIsLeftAlone() {
        var said = unassigned("v1").build();
        insights.pipe(said);
        insights.pipe(unassigned("v1").setClassifier("newer").build());
        insights.pipe(verbatim("v2", "mobile").build());

        request(assigned(said, "fibre-pro"), NOW);
        request(verbatim("v2", "fibre-pro").build(), NOW);
        request(verbatim("never", "fibre-pro").build(), NOW);

        assertThat(written()).isEmpty();
    }

    @Test
    void aMentionThatIsFoundWithTheOfferComesWithIt() {
        var said = unassigned("v1").setOfferMention(null).build();
        insights.pipe(said);

        request(
                Verbatim.newBuilder(assigned(said, "fibre-pro"))
                        .setOfferMention("Fibre Pro")
                        .build(),
                NOW);

        assertThat(insights.complaints("fibre-pro"))
                .singleElement()
                .satisfies(complaint ->
                        assertThat(complaint.value().getOfferMention()).contains("Fibre Pro"));
    }

    @Test
    void whatIsAssignedMayBeErasedAndReplacedAsBefore() {
        var said = unassigned("v1").build();
        insights.pipe(said);
        request(assigned(said, "fibre-pro"), NOW);
        var again = unassigned("v1").setClassifier("newer").build();

        insights.pipe(again);
        request(assigned(again, "fibre-pro"), NOW);
        insights.erase("v1");

        assertThat(RunningInsights.last(insights.complaints("fibre-pro"))).containsEntry("v1", null);
        assertThat(insights.table()).isEmpty();
    }

    @Test
    void whoIsErasedIsErasedUnderTheOfferTooAndStaysSo() {
        var said = unassigned("v1").build();
        insights.pipe(said);
        request(assigned(said, "fibre-pro"), NOW);

        eraseCustomer("customer-v1");
        request(assigned(said, "fibre-pro"), NOW);

        assertThat(RunningInsights.last(insights.complaints("fibre-pro"))).containsEntry("v1", null);
        assertThat(insights.table()).isEmpty();
        assertThat(written())
                .last()
                .satisfies(record -> assertThat(record.value()).isNull());
    }

    /** Its source's clock is ahead: that it was received before the erasure must not be forgotten with the new version. */
    @Test
    void whenAVerbatimWasReceivedIsNotChanged() {
        var said = unassigned("v1").setOccurredAt(NOW.plusSeconds(7_200)).build();
        insights.pipe(said);
        request(assigned(said, "fibre-pro"), NOW);

        eraseCustomer("customer-v1");

        assertThat(insights.table()).isEmpty();
    }

    @Test
    void aTimeInTheFutureIsNotWrittenSinceNoBrokerWouldTakeIt() {
        var said = unassigned("v1").build();
        insights.pipe(said);

        request(assigned(said, "fibre-pro"), NOW.plus(Duration.ofDays(400)));

        assertThat(written())
                .singleElement()
                .satisfies(record -> assertThat(record.getRecordTime()).isEqualTo(NOW));
    }

    private void eraseCustomer(String customerKey) {
        insights.driver()
                .createInputTopic(TOPICS.erasures(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(
                        key(customerKey), insights.bytes(TOPICS.erasures(), new Erasure(customerKey, "r1", NOW, null)));
    }

    private void request(Verbatim wanted, Instant producedAt) {
        insights.revise(new Revision(
                wanted.getVerbatimId(),
                RevisionReason.REASSIGNED,
                new VerbatimVersion(wanted.getClassifiedAt(), wanted.getClassifier(), Topics.UNASSIGNED),
                producedAt,
                ByteBuffer.wrap(insights.bytes(wanted))));
    }

    /** What the stream wrote into the topic of verbatims. */
    private List<TestRecord<byte[], byte[]>> written() {
        return insights.driver()
                .createOutputTopic(TOPICS.verbatims(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static Verbatim.Builder unassigned(String id) {
        return verbatim(id, Topics.UNASSIGNED).setOfferMention("FP1");
    }

    private static Verbatim assigned(Verbatim verbatim, String offerId) {
        return Verbatim.newBuilder(verbatim).setOfferId(offerId).build();
    }
}
