package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Verbatim;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Percentage;

/** The counts per offer, theme, window and channel, worked out from the verbatims alone in the plainest way. */
final class ThemeCounts {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final double ROUNDING = 1e-6;
    private static final Percentage ESTIMATED = Percentage.withPercentage(8);
    private static final long FIVE_MINUTES = 300_000;
    private static final Map<String, Duration> KEPT =
            Map.of("FIVE_MINUTES", Duration.ofDays(2), "HOUR", Duration.ofDays(100), "DAY", Duration.ofDays(800));

    private final Map<String, Count> counts = new HashMap<>();

    ThemeCounts(Collection<Verbatim> verbatims) {
        for (Verbatim verbatim : verbatims) {
            long millis = verbatim.getOccurredAt().toEpochMilli();
            var at = verbatim.getOccurredAt().atZone(ZONE);
            for (var theme : verbatim.getThemes()) {
                String name = verbatim.getOfferId() + "|" + theme.getTheme() + "|";
                add(name, "FIVE_MINUTES", Instant.ofEpochMilli(millis - millis % FIVE_MINUTES), verbatim);
                add(name, "HOUR", at.truncatedTo(ChronoUnit.HOURS).toInstant(), verbatim);
                add(name, "DAY", at.toLocalDate().atStartOfDay(ZONE).toInstant(), verbatim);
            }
        }
    }

    private record Count(
            long count,
            long complaints,
            long severe,
            long churn,
            double sentiments,
            double churnRisks,
            Set<String> customers) {
        Count() {
            this(0, 0, 0, 0, 0, 0, Set.of());
        }

        Count plus(Verbatim verbatim) {
            var all = new HashSet<>(customers);
            verbatim.getCustomerKey().ifPresent(all::add);
            return new Count(
                    count + 1,
                    complaints + (verbatim.getIntent() == Intent.COMPLAINT ? 1 : 0),
                    severe + (verbatim.getSeverity() >= 3 ? 1 : 0),
                    churn + (verbatim.getChurnRisk() >= 0.5 ? 1 : 0),
                    sentiments + verbatim.getSentiment(),
                    churnRisks + verbatim.getChurnRisk(),
                    all);
        }
    }

    int size() {
        return counts.size();
    }

    /** @param topic the last value of each key of the topic */
    void assertEqualTo(Map<String, OfferTheme> topic) {
        assertThat(kept(topic.keySet())).isEqualTo(kept(counts.keySet()));
        kept(topic.keySet()).forEach(key -> {
            OfferTheme there = Objects.requireNonNull(topic.get(key), key);
            Count here = counts.getOrDefault(key, new Count());
            assertThat(there.getCount()).as(key).isEqualTo(here.count);
            assertThat(there.getComplaints()).as(key).isEqualTo(here.complaints);
            assertThat(there.getSevere()).as(key).isEqualTo(here.severe);
            assertThat(there.getChurn()).as(key).isEqualTo(here.churn);
            // Sums of the same numbers in another order differ in their last bits.
            assertThat(there.getSentimentSum()).as(key).isCloseTo(here.sentiments, within(ROUNDING));
            assertThat(there.getChurnRiskSum().orElseThrow()).as(key).isCloseTo(here.churnRisks, within(ROUNDING));
            assertThat(there.getDistinctCustomers()).as(key).isCloseTo(here.customers.size(), ESTIMATED);
        });
    }

    /** Older rows are not made, or on their way out. */
    private static Set<String> kept(Set<String> keys) {
        var kept = new HashSet<String>();
        for (String key : keys) {
            String[] parts = key.split("\\|", -1);
            if (Instant.parse(parts[3])
                    .plus(KEPT.getOrDefault(parts[2], Duration.ZERO))
                    .isAfter(Instant.now())) {
                kept.add(key);
            }
        }
        return kept;
    }

    private void add(String name, String size, Instant start, Verbatim verbatim) {
        String key = name + size + "|" + start;
        counts.merge(key, new Count().plus(verbatim), (known, _) -> known.plus(verbatim));
        counts.merge(key + "|" + verbatim.getChannel(), new Count().plus(verbatim), (known, _) -> known.plus(verbatim));
    }
}
