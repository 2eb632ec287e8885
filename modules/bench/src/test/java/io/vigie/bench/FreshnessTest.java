package io.vigie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreshnessTest {
    private static final String BEFORE = """
            # TYPE vigie_freshness_seconds histogram
            vigie_freshness_seconds_bucket{le="0.1"} 10
            vigie_freshness_seconds_bucket{le="0.25"} 10
            vigie_freshness_seconds_bucket{le="+Inf"} 20
            vigie_freshness_seconds_count 20
            """;
    private static final String AFTER = """
            vigie_freshness_seconds_bucket{le="0.1"} 60
            vigie_freshness_seconds_bucket{le="0.25"} 110
            vigie_freshness_seconds_bucket{le="+Inf"} 120
            """;

    @Test
    void onlyWhatCameBetweenTwoReadingsCounts() {
        var between = Freshness.in(AFTER).since(Freshness.in(BEFORE));

        assertThat(between.count()).isEqualTo(100);
        assertThat(between.percentWithin(0.1)).isEqualTo(50);
        assertThat(between.percentWithin(0.25)).isEqualTo(100);
    }

    @Test
    void aPercentileLiesBetweenItsBounds() {
        var between = Freshness.in(AFTER).since(Freshness.in(BEFORE));

        assertThat(between.percentile(25)).isEqualTo(50);
        assertThat(between.percentile(75)).isEqualTo(175);
    }
}
