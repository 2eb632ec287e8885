package io.vigie.topology;

import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.events.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * What one verbatim adds to the counts, and how two counts add up. Windows are of event time and never close: a late
 * event, or ten years of imported ones, is counted where it belongs.
 */
final class Windows {
    private static final int SEVERE = 3;
    private static final double CHURN = 0.5;

    private final ZoneId zone;

    /** @param zone decides when a day begins; a day may have 23 or 25 hours */
    Windows(ZoneId zone) {
        this.zone = zone;
    }

    /** One entry for each theme and window size, under the key of its window. */
    List<KeyValue<String, OfferTheme>> contributions(Verbatim verbatim) {
        var contributions = new ArrayList<KeyValue<String, OfferTheme>>();
        for (Theme theme : verbatim.getThemes()) {
            for (WindowSize size : WindowSize.values()) {
                var one = contribution(verbatim, theme.getTheme(), size);
                contributions.add(KeyValue.pair(key(one), one));
            }
        }
        return contributions;
    }

    /** What {@code after} adds and {@code before} no longer does. */
    List<KeyValue<String, OfferTheme>> contributions(VerbatimChange change) {
        var contributions = new ArrayList<KeyValue<String, OfferTheme>>();
        if (change.before() != null) {
            contributions(change.before())
                    .forEach(one -> contributions.add(KeyValue.pair(one.key, negated(one.value))));
        }
        if (change.after() != null) {
            contributions.addAll(contributions(change.after()));
        }
        return contributions;
    }

    private static OfferTheme negated(OfferTheme one) {
        return OfferTheme.newBuilder(one)
                .setCount(-one.getCount())
                .setComplaints(-one.getComplaints())
                .setSevere(-one.getSevere())
                .setChurn(-one.getChurn())
                .setSentimentSum(-one.getSentimentSum())
                .build();
    }

    static @Nullable OfferTheme sum(OfferTheme a, OfferTheme b) {
        if (a.getCount() + b.getCount() <= 0) {
            return null;
        }
        return OfferTheme.newBuilder(a)
                .setCount(a.getCount() + b.getCount())
                .setComplaints(a.getComplaints() + b.getComplaints())
                .setSevere(a.getSevere() + b.getSevere())
                .setChurn(a.getChurn() + b.getChurn())
                .setSentimentSum(a.getSentimentSum() + b.getSentimentSum())
                .build();
    }

    private OfferTheme contribution(Verbatim verbatim, String theme, WindowSize size) {
        ZonedDateTime at = verbatim.getOccurredAt().atZone(zone);
        ZonedDateTime start = switch (size) {
            case HOUR -> at.truncatedTo(ChronoUnit.HOURS);
            case DAY -> at.toLocalDate().atStartOfDay(zone);
        };
        Instant end = switch (size) {
            case HOUR -> start.plusHours(1).toInstant();
            case DAY -> start.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        };
        return OfferTheme.newBuilder()
                .setOfferId(verbatim.getOfferId())
                .setTheme(theme)
                .setSize(size)
                .setWindowStart(start.toInstant())
                .setWindowEnd(end)
                .setCount(1)
                .setComplaints(verbatim.getIntent() == Intent.COMPLAINT ? 1 : 0)
                .setSevere(verbatim.getSeverity() >= SEVERE ? 1 : 0)
                .setChurn(verbatim.getChurnRisk() >= CHURN ? 1 : 0)
                .setSentimentSum(verbatim.getSentiment())
                .build();
    }

    private static String key(OfferTheme count) {
        return String.join(
                "|",
                count.getOfferId(),
                count.getTheme(),
                count.getSize().name(),
                count.getWindowStart().toString());
    }
}
