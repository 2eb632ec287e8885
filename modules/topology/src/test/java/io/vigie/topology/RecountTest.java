package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.OfferTheme;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecountTest {
    private static final String DAY = "fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z";
    private static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    private final RunningInsights insights = new RunningInsights(NOW);
    private final Recount recount = insights.recount();

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void whatTheStreamHasCountedIsAsItShouldBe() {
        putBoth("v1");
        putBoth("v2");

        var found = recount.compare(insights.table(), NOW);

        assertThat(found.differences()).isEmpty();
        assertThat(found.rows()).isEqualTo(6);
        assertThat(found.moving()).isZero();
        assertThat(found.customersTooHigh()).isZero();
        assertThat(recount.verbatims()).isEqualTo(2);
    }

    @Test
    void aWrongCountIsToldWithWhatItShouldBe() {
        putBoth("v1");
        var topic = table();
        topic.put(
                DAY,
                OfferTheme.newBuilder(Objects.requireNonNull(topic.get(DAY)))
                        .setCount(3)
                        .setSevere(1)
                        .setChurnRiskSum(0.25)
                        .build());

        assertThat(recount.compare(topic, NOW).differences())
                .containsExactly(
                        new Recount.Difference(
                                DAY,
                                "count is 3 and should be 1, severe is 1 and should be 0, churnRiskSum is 0.25 and should be 0.1"));
    }

    @Test
    void aRowThatIsMissingAndOneThatShouldNotBeAreTold() {
        putBoth("v1");
        var topic = table();
        var row = Objects.requireNonNull(topic.remove(DAY));
        topic.put("other|network.outage|DAY|2026-03-30T22:00:00Z", row);
        topic.put("no row", row);

        assertThat(recount.compare(topic, NOW).differences())
                .extracting(Recount.Difference::key)
                .containsExactly(DAY, "no row", "other|network.outage|DAY|2026-03-30T22:00:00Z");
    }

    @Test
    void aRowOfAFreshVerbatimMayBeOnItsWay() {
        recount.put("v1", verbatim("v1", "fibre-pro").build(), NOW.minusSeconds(2));

        assertThat(recount.compare(Map.of(), NOW).moving()).isEqualTo(6);
        assertThat(recount.compare(Map.of(), NOW).differences()).isEmpty();
        assertThat(recount.compare(Map.of(), NOW.plusSeconds(20)).differences()).hasSize(6);
    }

    @Test
    void aRowOfAFreshErasureMayBeOnItsWay() {
        putBoth("v1");
        recount.put("v1", null, NOW.minusSeconds(2));

        assertThat(recount.compare(insights.table(), NOW).moving()).isEqualTo(6);
        assertThat(recount.compare(insights.table(), NOW.plusSeconds(20)).differences())
                .hasSize(6);
    }

    @Test
    void tooManyCustomersAreNoDifferenceAndTooFewAre() {
        putBoth("v1");
        putBoth("v2");
        var topic = table();
        var row = Objects.requireNonNull(topic.get(DAY));

        topic.put(DAY, OfferTheme.newBuilder(row).setDistinctCustomers(3).build());
        assertThat(recount.compare(topic, NOW).differences()).isEmpty();
        assertThat(recount.compare(topic, NOW).customersTooHigh()).isEqualTo(1);
        topic.put(DAY, OfferTheme.newBuilder(row).setDistinctCustomers(1).build());
        assertThat(recount.compare(topic, NOW).differences())
                .containsExactly(new Recount.Difference(DAY, "distinctCustomers is 1 and should be 2"));
    }

    @Test
    void rowsThatAreNoLongerKeptAreNotLookedAt() {
        putBoth("v1");

        var found =
                recount.compare(insights.table(), NOW.plus(Windows.HOURS_KEPT).plus(Duration.ofDays(2)));

        assertThat(found.differences()).isEmpty();
        assertThat(found.rows()).isEqualTo(2);
    }

    @Test
    void aRecordThatTheStreamCannotUseIsNotCounted() {
        byte[] other = insights.bytes(verbatim("v2", "fibre-pro").build());

        assertThat(recount.put(bytes("v1"), new byte[] {1, 2, 3}, LONG_AGO)).isFalse();
        assertThat(recount.put(bytes("v1"), other, LONG_AGO)).isFalse();
        assertThat(recount.put(bytes("v2"), other, LONG_AGO)).isTrue();
        assertThat(recount.put(bytes("v2"), null, LONG_AGO)).isTrue();
        assertThat(recount.verbatims()).isZero();
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private void putBoth(String id) {
        var verbatim = verbatim(id, "fibre-pro").build();
        insights.pipe(verbatim);
        recount.put(id, verbatim, LONG_AGO);
    }

    private Map<String, OfferTheme> table() {
        return new HashMap<>(insights.table());
    }
}
