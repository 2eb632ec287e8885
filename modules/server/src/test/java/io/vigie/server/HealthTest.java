package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void aCheckThatFailsItselfIsDown() {
        var health = new Health(Map.of("index", () -> {
            throw new IllegalStateException("already closed");
        }));

        assertThat(health.findings())
                .containsExactly(
                        new Health.Finding("index", new Health.Down("the check itself failed: already closed")));
    }

    @Test
    void whatEndsIsNotReadyWhateverItsChecksSay() {
        var health = new Health(Map.of("index", Health.Up::new));

        health.end();

        assertThat(health.findings())
                .containsExactly(
                        new Health.Finding("process", new Health.Down("this process ends")),
                        new Health.Finding("index", new Health.Up()));
    }
}
