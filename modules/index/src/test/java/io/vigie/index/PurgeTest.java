package io.vigie.index;

import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is erased is shown to nobody, and then is in no file. */
@Timeout(60)
class PurgeTest {
    private static final Duration AFTER = Duration.ofMinutes(30);
    private static final Upkeep UPKEEP = new Upkeep(AFTER, Optional.empty());
    /** Its letters are in no other word, and it is not stemmed. */
    private static final String SECRET = "xylqvx";

    private final TurnedClock clock = new TurnedClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Checkpoint checkpoint = new Checkpoint("topic", Map.of(0, 1L));

    @TempDir
    private Path root;

    @Test
    void erasedWordsAreInNoFileOnceTheTimeIsOver() throws IOException {
        try (var index = open()) {
            fill(index, 300);
            index.put(draft("erased-" + SECRET, "la box " + SECRET + " redémarre")
                    .setConversationId("conversation-" + SECRET)
                    .setCustomerKey("customer-" + SECRET)
                    .build());
            fill(index, 300);
            commit(index);

            index.delete("erased-" + SECRET);
            index.refresh();
            commit(index);
            clock.turn(AFTER.minusMillis(1));
            boolean early = index.tidy();
            var before = RawWords.places(root, SECRET);
            double age = meters.get("vigie.index.erasure.age").gauge().value();
            clock.turn(Duration.ofMillis(1));
            tidyUntilDone(index);

            assertThat(early).isFalse();
            assertThat(before).hasSizeGreaterThan(4);
            assertThat(age).isEqualTo(1799.999);
            assertThat(RawWords.places(root, SECRET)).isEmpty();
            assertThat(index.documents()).isEqualTo(300);
            assertThat(meters.get("vigie.index.erasure.age").gauge().value()).isZero();
        }
        assertThat(IndexStats.of(root).upkeep().erasedSince()).isEmpty();
        assertThat(IndexCheck.of(root).damages()).isEmpty();
    }

    @Test
    void aRestartForgetsNoErasure() throws IOException {
        try (var index = open()) {
            fill(index, 50);
            index.put(verbatim("erased", SECRET));
            commit(index);
            index.delete("erased");
            commit(index);
        }
        var erasedSince = IndexStats.of(root).upkeep().erasedSince();
        clock.turn(AFTER);

        try (var index = open()) {
            tidyUntilDone(index);

            assertThat(erasedSince).contains(Verbatims.NOON);
            assertThat(RawWords.places(root, SECRET)).isEmpty();
        }
    }

    @Test
    void aPageNeverShowsWhatWasErasedSinceThePageBefore() throws IOException {
        try (var index = open()) {
            fill(index, 20);
            index.refresh();
            var request = SearchRequest.of("box").withSize(5);
            String cursor = cursor(index, request);
            index.put(verbatim("later", "box"));
            index.refresh();
            String unconcerned = cursor(index, request);
            index.put(verbatim("last", "box"));
            index.refresh();

            index.delete("id7");
            index.refresh();
            index.delete("never there");
            index.put(verbatim("more", "box"));
            index.refresh();

            assertThat(index.search(request.withCursor(cursor)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.CURSOR_EXPIRED));
            assertThat(index.search(request.withCursor(unconcerned))).isInstanceOf(Refused.class);
            assertThat(index.snapshots()).isZero();
        }
    }

    @Test
    void aPageOfAStateThatNeverHadWhatIsErasedGoesOn() throws IOException {
        try (var index = open()) {
            fill(index, 20);
            index.refresh();
            var request = SearchRequest.of("box").withSize(5);
            String cursor = cursor(index, request);
            index.put(verbatim("later", "box"));
            index.refresh();

            index.delete("later");
            index.refresh();

            assertThat(((SearchResult) index.search(request.withCursor(cursor))).total())
                    .isEqualTo(20);
        }
    }

    @Test
    void anExportUnderWayStopsWhenWhatItMayGiveIsErased() throws IOException {
        try (var index = open()) {
            fill(index, 20);
            index.refresh();
            try (var concerned = (ResultStream) index.stream(SearchRequest.of("box"))) {
                assertThat(concerned.next()).isTrue();
                index.put(verbatim("later", "box"));
                index.delete("id7");
                index.refresh();
                try (var fresh = (ResultStream) index.stream(SearchRequest.of("box"))) {
                    index.delete("nobody");
                    index.refresh();

                    assertThat(fresh.next()).isTrue();
                }

                assertThatThrownBy(concerned::next).hasMessageContaining("erased while a result was read, 1 of 20");
            }
        }
    }

    @Test
    void filesThatAReaderNeedsAreWaitedForAndThenGo() throws IOException {
        try (var index = open()) {
            fill(index, 20);
            index.put(verbatim("erased", SECRET));
            commit(index);
            index.delete("erased");
            index.refresh();
            var request = SearchRequest.of("box").withSize(5);
            String cursor = cursor(index, request);
            commit(index);
            clock.turn(AFTER);
            try (var export = (ResultStream) index.stream(SearchRequest.of("box"))) {
                while (!(index.search(request.withCursor(cursor)) instanceof Refused)) {
                    tidy(index);
                    LockSupport.parkNanos(1_000_000);
                }
                for (int i = 0; i < 20; i++) {
                    tidy(index);
                }
                assertThat(export.next()).isTrue();
                assertThat(index.oldestErasure()).isPositive();
            }
            index.put(verbatim("new", "box"));
            index.refresh();
            tidyUntilDone(index);

            assertThat(RawWords.places(root, SECRET)).isEmpty();
        }
    }

    /** Puts, replacements, erasures, merges, failures and restarts at random; whatever was erased is gone in the end. */
    @RepeatedTest(2)
    void whatIsErasedIsGoneWhateverHappensMeanwhile() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var erased = new HashSet<String>();
        var model = new HashMap<String, String>();
        var index = open();
        try {
            for (int step = 0; step < 200; step++) {
                String id = "n" + random.nextInt(40);
                switch (random.nextInt(12)) {
                    case 0 -> {
                        index.delete(id);
                        erased.add(model.remove(id));
                    }
                    case 1 -> {
                        commit(index);
                        clock.turn(Duration.ofMinutes(random.nextInt(40)));
                    }
                    case 2 -> index.refresh();
                    case 3 -> tidy(index);
                    case 4 -> {
                        if (random.nextInt(10) == 0) {
                            commit(index);
                            index.close();
                            index = open();
                        }
                    }
                    default -> {
                        String word = "x" + step + "y";
                        index.put(verbatim(id, word + " box"));
                        // A version that was replaced is no erasure, so it is left out here.
                        model.put(id, word);
                    }
                }
            }
            index.delete("the last");
            commit(index);
            clock.turn(AFTER);
            tidyUntilDone(index);

            erased.remove(null);
            for (String word : erased) {
                assertThat(RawWords.places(root, word)).as("-Dseed=%d", seed).isEmpty();
            }
            assertThat(index.documents()).as("-Dseed=%d", seed).isEqualTo(model.size());
        } finally {
            index.close();
        }
    }

    private VerbatimIndex open() throws IOException {
        return VerbatimIndex.open(root, OnDamage.REFUSE, UPKEEP, meters, clock);
    }

    /** As the sink does it. */
    private boolean tidy(VerbatimIndex index) throws IOException {
        clock.turn(Duration.ofSeconds(1));
        boolean commit = index.tidy();
        if (commit) {
            commit(index);
        }
        return commit;
    }

    private void tidyUntilDone(VerbatimIndex index) throws IOException {
        while (!index.oldestErasure().isZero()) {
            tidy(index);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void commit(VerbatimIndex index) throws IOException {
        checkpoint = checkpoint.advancedTo(0, checkpoint.nextOffset(0) + 1);
        index.commit(checkpoint);
    }

    /** Verbatims that are replaced again and again, in several segments. */
    private static void fill(VerbatimIndex index, int verbatims) throws IOException {
        for (int i = 0; i < verbatims; i++) {
            index.put(verbatim("id" + i, "la box numéro " + i));
            if (i % 60 == 59) {
                index.refresh();
            }
        }
    }

    private static String cursor(VerbatimIndex index, SearchRequest request) throws IOException {
        return ((SearchResult) index.search(request)).cursor().orElseThrow();
    }
}
