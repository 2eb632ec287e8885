package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import io.vigie.index.Checkpoint;
import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexErasureTest {
    private static final Instant NOW = RunningServer.NOW;
    private static final String PLACE = FakeErasures.PLACE;

    @TempDir
    Path directory;

    private final FakeErasures erasures = new FakeErasures();
    private final TurnedClock clock = new TurnedClock();
    private long end;
    private VerbatimIndex index;
    private IndexErasure watch;

    @BeforeEach
    void start() throws IOException {
        var upkeep = new Upkeep(Duration.ofMinutes(1), Optional.empty());
        index = VerbatimIndex.open(directory, OnDamage.REFUSE, upkeep, new SimpleMeterRegistry(), clock);
        watch = watch();
        index.put(said("a"));
        index.put(said("b"));
        end = 2;
        read();
        var _ = erasures.add(new Erasure("kc", "r1", NOW, null));
    }

    @AfterEach
    void stop() throws IOException {
        index.close();
    }

    @Test
    void nothingIsSaidBeforeTheTombstonesAreWritten() throws IOException {
        index.delete("a");
        index.delete("b");
        read();

        watch.step();

        assertThat(erasures.receipts("r1")).isEmpty();
    }

    @Test
    void nothingIsSaidBeforeTheIndexHasReadThem() throws IOException {
        tombstonesWritten();
        index.delete("a");
        index.delete("b");
        index.refresh(new Checkpoint("topic", Map.of(0, end - 1)));

        watch.step();

        assertThat(written()).isEmpty();
    }

    @Test
    void nothingIsSaidWhileASearchFindsSomething() throws IOException {
        tombstonesWritten();
        index.delete("a");
        read();

        watch.step();

        assertThat(written()).isEmpty();
    }

    @Test
    void itIsDoneOnceNoSearchFindsAnythingAndGoneOnceNoFileHasIt() throws IOException {
        tombstonesWritten();
        index.delete("a");
        index.delete("b");
        read();
        clock.turn(Duration.ofSeconds(5));
        watch.step();
        var done = written().orElseThrow();

        clock.turn(Duration.ofMinutes(2));
        purge();
        watch.step();

        assertThat(done.getDoneAt()).contains(NOW.plusSeconds(5));
        assertThat(done.getGoneBy()).isEmpty();
        assertThat(written().orElseThrow().getDoneAt()).contains(NOW.plusSeconds(5));
        assertThat(written().orElseThrow().getGoneBy()).contains(clock.instant());
    }

    @Test
    void aRestartGoesOnFromTheReceipt() throws IOException {
        tombstonesWritten();
        index.delete("a");
        index.delete("b");
        read();
        watch.step();

        watch = watch();
        clock.turn(Duration.ofMinutes(2));
        watch.step();
        var before = written().orElseThrow();
        purge();
        watch.step();

        assertThat(before.getGoneBy()).isEmpty();
        assertThat(written().orElseThrow().getDoneAt()).contains(NOW);
        assertThat(written().orElseThrow().getGoneBy()).contains(clock.instant());
    }

    @Test
    void whatTheCustomerSaysLaterIsNotInItsWay() throws IOException {
        tombstonesWritten();
        index.delete("a");
        index.delete("b");
        index.put(said("c", NOW.plusSeconds(1)));
        read();

        watch.step();

        assertThat(written()).isPresent();
    }

    private IndexErasure watch() {
        var offsets = new Offsets() {
            @Override
            public Map<TopicPartition, Long> committed() {
                return Map.of();
            }

            @Override
            public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
                return partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> end));
            }
        };
        return new IndexErasure(index, erasures, offsets, "voc.verbatims", 1, PLACE, erasures::add, clock);
    }

    private void tombstonesWritten() {
        end = 4;
        var _ = erasures.add(new ErasureReceipt("r1", "kc", NOW, "verbatims", 2L, NOW, null));
    }

    private void read() throws IOException {
        index.refresh(new Checkpoint("topic", Map.of(0, end)));
    }

    private void purge() throws IOException {
        for (int i = 0; i < 100 && index.erasedSince().isPresent(); i++) {
            if (index.tidy()) {
                index.commit(new Checkpoint("topic", Map.of(0, end)));
            }
            clock.turn(Duration.ofSeconds(2));
        }
    }

    private Optional<ErasureReceipt> written() {
        return erasures.receipts("r1").stream()
                .filter(receipt -> receipt.getPlace().equals(PLACE))
                .findFirst();
    }

    private static Verbatim said(String id) {
        return said(id, NOW.minusSeconds(60));
    }

    private static Verbatim said(String id, Instant at) {
        return RunningServer.draft(id, "Plus de réseau", "fibre", Intent.COMPLAINT, at)
                .setCustomerKey("kc")
                .build();
    }
}
