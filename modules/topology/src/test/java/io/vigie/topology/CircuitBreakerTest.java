package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final int FAILURES = CircuitBreaker.FAILURES;
    private static final long WITHIN = CircuitBreaker.WITHIN.toMillis();

    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void itOpensAtTheLastOfSoManyFailures() {
        for (int i = 1; i < FAILURES; i++) {
            assertThat(breaker.opensAt(i)).as("failure %d", i).isFalse();
        }

        assertThat(breaker.opensAt(FAILURES)).isTrue();
    }

    @Test
    void failuresThatAreHalfOfTheEventsDoNotOpenIt() {
        boolean opened = false;
        for (int i = 0; i < 10 * FAILURES; i++) {
            breaker.understood();
            opened |= breaker.opensAt(i);
        }

        assertThat(opened).isFalse();
    }

    @Test
    void failuresThatAreMoreThanHalfOfTheEventsOpenIt() {
        boolean opened = false;
        for (int i = 0; i < 10 * FAILURES; i++) {
            opened |= breaker.opensAt(i);
            if (i % 10 != 0) {
                breaker.understood();
            }
        }

        assertThat(opened).isTrue();
    }

    @Test
    void failuresThatComeSlowlyDoNotOpenIt() {
        boolean opened = false;
        for (int i = 0; i < 10 * FAILURES; i++) {
            opened |= breaker.opensAt((long) i * (WITHIN / (FAILURES - 2)));
        }

        assertThat(opened).isFalse();
    }

    @Test
    void onceOpenItStaysOpen() {
        for (int i = 0; i < FAILURES; i++) {
            breaker.opensAt(i);
        }
        for (int i = 0; i < 10 * FAILURES; i++) {
            breaker.understood();
        }

        assertThat(breaker.opensAt(100 * WITHIN)).isTrue();
    }

    @Test
    void itAgreesWithCountingTheEventsThemselves() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            var tested = new CircuitBreaker();
            var events = new ArrayDeque<Event>();
            double share = 0.4 + random.nextDouble() * 0.3;
            long step = 1L + random.nextInt(1_500);
            long now = 0;
            boolean open = false;
            for (int i = 0; i < 300; i++) {
                now += random.nextLong(step);
                boolean failed = random.nextDouble() < share;
                events.addLast(new Event(now, failed));
                if (failed) {
                    open |= mostFailed(events, now);
                    assertThat(tested.opensAt(now)).as("-Dseed=%d", seed).isEqualTo(open);
                } else {
                    tested.understood();
                }
            }
        }
    }

    private record Event(long at, boolean failed) {}

    /** Looks back from the newest event to the one that makes the failures enough. */
    private static boolean mostFailed(Deque<Event> events, long now) {
        int failed = 0;
        int understood = 0;
        for (var newestFirst = events.descendingIterator(); newestFirst.hasNext(); ) {
            var event = newestFirst.next();
            if (!event.failed) {
                understood++;
            } else if (++failed == FAILURES) {
                return now - event.at <= WITHIN && failed - 1 > understood;
            }
        }
        return false;
    }
}
