package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final Admission admission = new Admission(10, Duration.ofMillis(1));

    @Test
    void whoComesBeyondTheLimitIsTurnedAwayUntilOneLeaves() {
        var first = admission.enter(6).orElseThrow();
        assertThat(admission.enter(5)).isEmpty();
        assertThat(admission.enter(4)).isPresent();

        first.close();

        assertThat(admission.enter(6)).isPresent();
    }

    @Test
    void whatWeighsNothingIsAlwaysLetIn() {
        assertThat(admission.enter(10)).isPresent();

        assertThat(admission.enter(0)).isPresent();
    }
}
