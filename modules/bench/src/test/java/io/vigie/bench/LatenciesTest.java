package io.vigie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void aPercentileIsOneOfTheLatencies() {
        var latencies = new Latencies();

        LongStream.rangeClosed(1, 2_000).map(i -> (2_001 - i) * 1_000_000).forEach(latencies::add);

        assertThat(latencies.percentile(50)).isEqualTo(1_000);
        assertThat(latencies.percentile(99)).isEqualTo(1_980);
        assertThat(latencies.max()).isEqualTo(2_000);
        assertThat(latencies.count()).isEqualTo(2_000);
    }

    @Test
    void withoutLatenciesEveryPercentileIsZero() {
        assertThat(new Latencies().percentile(99)).isZero();
    }
}
