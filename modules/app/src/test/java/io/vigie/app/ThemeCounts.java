package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Verbatim;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The counts per offer, theme, hour and day, worked out from the verbatims alone in the plainest way. */
final class ThemeCounts {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final double ROUNDING = 1e-6;

    private final Map<String, Count> counts = new HashMap<>();

    ThemeCounts(Collection<Verbatim> verbatims) {
        for (Verbatim verbatim : verbatims) {
            var at = verbatim.getOccurredAt().atZone(ZONE);
            for (var theme : verbatim.getThemes()) {
                String name = verbatim.getOfferId() + "|" + theme.getTheme() + "|";
                add(name + "HOUR|", at.truncatedTo(ChronoUnit.HOURS).toInstant(), verbatim);
                add(name + "DAY|", at.toLocalDate().atStartOfDay(ZONE).toInstant(), verbatim);
            }
        }
    }

    private record Count(long count, long complaints, long severe, long churn, double sentiments) {
        Count plus(Verbatim verbatim) {
            return new Count(
                    count + 1,
                    complaints + (verbatim.getIntent() == Intent.COMPLAINT ? 1 : 0),
                    severe + (verbatim.getSeverity() >= 3 ? 1 : 0),
                    churn + (verbatim.getChurnRisk() >= 0.5 ? 1 : 0),
                    sentiments + verbatim.getSentiment());
        }
    }

    int size() {
        return counts.size();
    }

    /** @param topic the last value of each key of the topic */
    void assertEqualTo(Map<String, OfferTheme> topic) {
        assertThat(topic.keySet()).isEqualTo(counts.keySet());
        topic.forEach((key, there) -> {
            Count here = counts.getOrDefault(key, new Count(0, 0, 0, 0, 0));
            assertThat(there.getCount()).as(key).isEqualTo(here.count);
            assertThat(there.getComplaints()).as(key).isEqualTo(here.complaints);
            assertThat(there.getSevere()).as(key).isEqualTo(here.severe);
            assertThat(there.getChurn()).as(key).isEqualTo(here.churn);
            // Sums of the same numbers in another order differ in their last bits.
            assertThat(there.getSentimentSum()).as(key).isCloseTo(here.sentiments, within(ROUNDING));
        });
    }

    private void add(String name, Instant start, Verbatim verbatim) {
        counts.merge(name + start, new Count(0, 0, 0, 0, 0).plus(verbatim), (known, _) -> known.plus(verbatim));
    }
}
