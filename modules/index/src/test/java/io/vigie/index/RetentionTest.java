package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RetentionTest {
    private static final Duration KEPT = Duration.ofDays(730);
    private static final Checkpoint CHECKPOINT = new Checkpoint("topic", Map.of(0, 1L));

    private final TurnedClock clock = new TurnedClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @TempDir
    private Path root;

    @Test
    void whatGrowsTooOldLeavesTheIndexWithinADayAndThenTheDisk() throws IOException {
        try (var index = open(Optional.of(KEPT))) {
            put(index, "oldest", "xylqvx", KEPT.minusDays(1));
            put(index, "old", "panne", KEPT.minusDays(1).minusMillis(1));
            put(index, "new", "panne", Duration.ZERO);
            index.refresh();
            boolean nothing = index.tidy();

            clock.turn(Duration.ofDays(1).plusMillis(1));
            boolean commit = index.tidy();
            index.commit(CHECKPOINT);
            index.refresh();

            assertThat(nothing).isFalse();
            assertThat(commit).isTrue();
            assertThat(index.find("oldest")).isEmpty();
            assertThat(index.find("old")).isPresent();
            assertThat(expired()).isEqualTo(1);
            clock.turn(Duration.ofMinutes(1));
            while (!index.oldestErasure().isZero()) {
                clock.turn(Duration.ofMinutes(1));
                if (index.tidy()) {
                    index.commit(CHECKPOINT);
                }
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(RawWords.places(root, "xylqvx")).isEmpty();
        }
        var upkeep = IndexStats.of(root).upkeep();
        assertThat(upkeep).isEqualTo(new UpkeepState(Optional.empty(), Optional.of(KEPT), 1));
    }

    @Test
    void whatIsTooOldAlreadyIsNotTakenAndItsFormerVersionGoes() throws IOException {
        try (var index = open(Optional.of(KEPT))) {
            put(index, "late", "lenteur", KEPT.plusMillis(1));
            put(index, "just", "lenteur", KEPT);
            put(index, "corrected", "lenteur", Duration.ZERO);
            put(index, "corrected", "lenteur", KEPT.plusDays(1));
            index.refresh();

            assertThat(index.find("late")).isEmpty();
            assertThat(index.find("corrected")).isEmpty();
            assertThat(index.documents()).isEqualTo(1);
            assertThat(expired()).isEqualTo(2);
        }
    }

    @Test
    void aShorterTimeIsAppliedAtTheNextStart() throws IOException {
        try (var index = open(Optional.empty())) {
            put(index, "a", "panne", Duration.ofDays(4_000));
            put(index, "b", "panne", Duration.ofDays(1));
            index.tidy();
            index.commit(CHECKPOINT);
        }

        try (var index = open(Optional.of(KEPT))) {
            boolean commit = index.tidy();
            index.refresh();

            assertThat(commit).isTrue();
            assertThat(index.documents()).isEqualTo(1);
        }
    }

    private VerbatimIndex open(Optional<Duration> retention) throws IOException {
        var upkeep = new Upkeep(Duration.ofMinutes(30), retention);
        return VerbatimIndex.open(root, OnDamage.REFUSE, upkeep, meters, clock);
    }

    private void put(VerbatimIndex index, String id, String text, Duration age) throws IOException {
        index.put(draft(id, text).setOccurredAt(clock.instant().minus(age)).build());
    }

    private double expired() {
        return meters.get("vigie.index.expired").counter().count();
    }
}
