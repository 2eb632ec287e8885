package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdlePollTest {
    private static final Duration ASKED = Duration.ofMillis(10);
    private static final Duration BUSY = Duration.ofSeconds(1);

    /** It may begin anywhere. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private final IdlePoll poll = new IdlePoll(BUSY, nanos::get);

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void itWaitsLongerOnlyOnceAllThatCameIsCommitted() {
        assertThat(poll.insteadOf(ASKED)).isEqualTo(ASKED);
        pass(BUSY);
        assertThat(poll.insteadOf(ASKED)).isEqualTo(ASKED);
        pass(Duration.ofNanos(1));
        assertThat(poll.insteadOf(ASKED)).isEqualTo(IdlePoll.WAIT);

        poll.came();
        assertThat(poll.insteadOf(ASKED)).isEqualTo(ASKED);
        pass(BUSY.plusNanos(1));
        assertThat(poll.insteadOf(ASKED)).isEqualTo(IdlePoll.WAIT);
    }

    @Test
    void whoWantsNotToWaitOrToWaitLongerDoesSo() {
        pass(BUSY.plusNanos(1));

        assertThat(poll.insteadOf(Duration.ZERO)).isZero();
        assertThat(poll.insteadOf(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(30));
    }
}
