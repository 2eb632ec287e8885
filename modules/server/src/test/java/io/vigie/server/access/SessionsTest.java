package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final User ANNE = new User("anne", Set.of(Role.ANALYST), User.Via.TOKEN);

    private static final Instant[] NEVER = {Instant.EPOCH, Instant.EPOCH};

    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-03-15T12:00:00Z"));
    private final Sessions sessions = new Sessions(3, clock);

    @Test
    void whoIsLoggedInIsKnownByASecretUntilHeLeaves() {
        String id = sessions.begin(ANNE, Optional.empty());

        assertThat(id).hasSize(43);
        assertThat(sessions.find(id).orElseThrow().user()).isEqualTo(ANNE.via(User.Via.SESSION));
        assertThat(sessions.find("")).isEmpty();
        assertThat(sessions.find(id + "x")).isEmpty();
        sessions.end(id);
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void aSessionThatIsNotUsedEnds() {
        String id = sessions.begin(ANNE, Optional.empty());
        clock.step(Sessions.IDLE_MAX.minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();

        clock.step(Sessions.IDLE_MAX);

        assertThat(sessions.find(id)).isEmpty();
        assertThat(sessions.count()).isZero();
    }

    @Test
    void aSessionEndsHoweverMuchItIsUsed() {
        String id = sessions.begin(ANNE, Optional.empty());
        for (int step = 0; step < 11; step++) {
            clock.step(Duration.ofHours(1));
            assertThat(sessions.find(id)).isPresent();
        }

        clock.step(Duration.ofHours(1));

        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void theOneUsedLongestAgoEndsFirst() {
        String first = sessions.begin(ANNE, Optional.empty());
        String second = sessions.begin(ANNE, Optional.empty());
        sessions.begin(ANNE, Optional.empty());
        sessions.find(first);

        sessions.begin(ANNE, Optional.empty());

        assertThat(sessions.find(first)).isPresent();
        assertThat(sessions.find(second)).isEmpty();
        assertThat(sessions.count()).isEqualTo(3);
    }

    @Test
    void whateverHappensTheyAreAsTheModelSays() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var many = new Sessions(1_000, clock);
        Map<String, Instant[]> model = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            String some = model.isEmpty() || random.nextInt(5) == 0
                    ? "none"
                    : model.keySet().stream()
                            .skip(random.nextInt(model.size()))
                            .findFirst()
                            .orElseThrow();
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (model.size() < 900) {
                        model.put(many.begin(ANNE, Optional.empty()), new Instant[] {clock.instant(), clock.instant()});
                    }
                }
                case 2 -> clock.step(Duration.ofMinutes(random.nextInt(20)));
                case 3 -> {
                    many.end(some);
                    model.remove(some);
                }
                default -> {
                    Instant[] times = model.getOrDefault(some, NEVER);
                    boolean lives = clock.instant().isBefore(times[0].plus(Sessions.AGE_MAX))
                            && clock.instant().isBefore(times[1].plus(Sessions.IDLE_MAX));
                    assertThat(many.find(some).isPresent())
                            .as("seed %d step %d", seed, step)
                            .isEqualTo(lives);
                    model.remove(some);
                    if (lives) {
                        model.put(some, new Instant[] {times[0], clock.instant()});
                    }
                }
            }
        }
    }
}
