package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.theme;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Intent;
import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Verbatim;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Revisions in the whole second topology: what follows from one that is applied, and what is not applied. */
class RevisionsTest {
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(50));

    private final RunningInsights insights = new RunningInsights(NOW);

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void complaintsAndCountsFollow() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);

        insights.revise(reclassified(old, "billing.error", Intent.QUESTION, "newer"));

        var written = insights.verbatims();
        assertThat(written).hasSize(1);
        assertThat(written.getFirst().value().getClassifier()).isEqualTo("newer");
        assertThat(written.getFirst().getRecordTime()).isEqualTo(LONG_AGO);
        assertThat(RevisionHeader.on(written.getFirst().headers())).isTrue();
        assertThat(insights.complaints("fibre").getLast().value()).isNull();
        assertThat(insights.table().keySet()).allMatch(row -> row.contains("billing.error"));
        assertThat(insights.deadLetters()).isEmpty();
    }

    @Test
    void aComplaintLivesNoLongerForBeingReclassified() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);

        insights.revise(reclassified(old, "billing.error", Intent.COMPLAINT, "newer"));

        assertThat(insights.complaints("fibre").getLast().getRecordTime()).isEqualTo(LONG_AGO);
    }

    @Test
    void whatWasMadeFromAnotherVersionIsNotApplied() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);
        insights.pipe(Verbatim.newBuilder(old)
                .setClassifiedAt(NOW.plusSeconds(5))
                .setText("Merci !")
                .build());

        insights.revise(reclassified(old, "billing.error", Intent.QUESTION, "newer"));

        assertThat(insights.verbatims()).isEmpty();
    }

    @Test
    void whatIsErasedIsNotWrittenAnew() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);

        insights.revise(new Revision("a", RevisionReason.ERASED, null, NOW, null));
        insights.revise(reclassified(old, "billing.error", Intent.QUESTION, "newer"));

        assertThat(insights.verbatims()).hasSize(1).allMatch(record -> record.value() == null);
        assertThat(insights.table()).isEmpty();
    }

    @Test
    void twoOfTheSameVersionGiveOne() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);

        insights.revise(reclassified(old, "billing.error", Intent.QUESTION, "newer"));
        insights.revise(reclassified(old, "sales.pressure", Intent.QUESTION, "another"));

        assertThat(insights.verbatims()).hasSize(1);
    }

    @Test
    void whatIsNoRevisionIsADeadLetter() {
        var old = verbatim("a", "fibre").build();
        insights.pipe(old);

        insights.revise(new Revision("a", RevisionReason.RECLASSIFIED, Revising.version(old), NOW, null));
        insights.revise(new Revision("a", RevisionReason.ERASED, null, Instant.EPOCH.minusMillis(1), null));
        insights.revise(new Revision(
                "a",
                RevisionReason.REASSIGNED,
                Revising.version(old),
                NOW,
                ByteBuffer.wrap(insights.bytes(verbatim("b", "fibre").build()))));

        assertThat(insights.deadLetters()).hasSize(3);
        assertThat(insights.verbatims()).isEmpty();
    }

    private Revision reclassified(Verbatim base, String theme, Intent intent, String classifier) {
        var made = Verbatim.newBuilder(base)
                .setThemes(List.of(theme(theme)))
                .setIntent(intent)
                .setClassifier(classifier)
                .build();
        return new Revision(
                base.getVerbatimId(),
                RevisionReason.RECLASSIFIED,
                Revising.version(base),
                LONG_AGO,
                ByteBuffer.wrap(insights.bytes(made)));
    }
}
