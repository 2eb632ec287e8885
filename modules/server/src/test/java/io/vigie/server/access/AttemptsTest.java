package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final SteppedClock clock = new SteppedClock(Instant.parse("2026-03-15T12:00:00Z"));
    private final Attempts attempts = new Attempts(2, Duration.ofMinutes(1), clock);

    @Test
    void anAddressWaitsForItsWindowToEndAndTheOthersDoNot() {
        attempts.add("192.0.2.1");
        clock.step(Duration.ofSeconds(20));
        assertThat(attempts.waits("192.0.2.1")).isEmpty();

        attempts.add("192.0.2.1");

        assertThat(attempts.waits("192.0.2.1")).hasValue(40);
        assertThat(attempts.waits("192.0.2.2")).isEmpty();
        clock.step(Duration.ofSeconds(40));
        assertThat(attempts.waits("192.0.2.1")).isEmpty();
    }

    @Test
    void theAddressesOfOneNetworkOfIpv6AreOne() {
        attempts.add("2001:db8:1:2:3:4:5:6");
        attempts.add("2001:db8:1:2:ffff:4:5:6");

        assertThat(attempts.waits("2001:db8:1:2:0:0:0:1")).isPresent();
        assertThat(attempts.waits("2001:db8:1:3:0:0:0:1")).isEmpty();
    }

    @Test
    void manyAddressesPushOutTheOldest() {
        attempts.add("first");
        attempts.add("first");

        for (int other = 0; other < Attempts.ADDRESSES_MAX; other++) {
            attempts.add("other " + other);
        }

        assertThat(attempts.waits("first")).isEmpty();
    }
}
