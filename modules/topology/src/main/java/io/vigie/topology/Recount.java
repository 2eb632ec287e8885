package io.vigie.topology;

import io.vigie.events.OfferTheme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.topology.VerbatimReader.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code voc.offer-themes} worked out from {@code voc.verbatims} alone, to be held against the topic. Holds all
 * verbatims, without their words, in memory. One thread only.
 */
public final class Recount {
    /** How far an estimate of distinct customers may lie off: five of its standard errors, which is one in a million. */
    public static final double CUSTOMERS_TOLERANCE = 5 * Tally.STANDARD_ERROR;
    /** Rows of verbatims younger than this may still be on their way. */
    public static final Duration MOVING = Duration.ofSeconds(10);

    private final Windows windows;
    private final VerbatimReader reader;
    private final Map<String, Facts> verbatims = new HashMap<>();
    private final Map<Facts, Instant> changedAt = new HashMap<>();

    /** @param zone that the stream counts days in */
    public Recount(ZoneId zone, AvroDecoder<Verbatim> decoder) {
        this.windows = new Windows(zone);
        this.reader = new VerbatimReader(decoder);
    }

    /**
     * How rows and topic compare.
     *
     * @param rows compared, there or not
     * @param differences that cannot be explained
     * @param moving rows that differ, and of which a verbatim came or went within {@link #MOVING}
     * @param customersTooHigh rows that tell of more customers than there are: right after erasures and
     *     reclassifications, since an estimate cannot forget one
     */
    public record Comparison(int rows, List<Difference> differences, int moving, int customersTooHigh) {
        public Comparison {
            differences = List.copyOf(differences);
        }
    }

    /** One row that is not as it should be, and how, as a sentence fit for an operator. */
    public record Difference(String key, String what) {}

    /**
     * Takes in one record of {@code voc.verbatims}, in the order of its partition.
     *
     * @param value null for a tombstone
     * @param at when the record was written
     * @return false when it cannot be used: the stream has made a dead letter of it, and counts nothing
     */
    public boolean put(byte @Nullable [] key, byte @Nullable [] value, Instant at) {
        return switch (reader.read(key, value)) {
            case Reading.Unusable _ -> false;
            case Reading.Usable(String id, Verbatim verbatim) -> {
                put(id, verbatim, at);
                yield true;
            }
        };
    }

    void put(String id, @Nullable Verbatim verbatim, Instant at) {
        var after = verbatim == null ? null : Facts.of(verbatim);
        var before = after == null ? verbatims.remove(id) : verbatims.put(id, after);
        if (before != null) {
            changedAt.merge(before, at, Recount::later);
        }
        if (after != null) {
            changedAt.merge(after, at, Recount::later);
        }
    }

    /** How many verbatims there are. */
    public int verbatims() {
        return verbatims.size();
    }

    /**
     * Compares. Rows that are older than their size is kept are not looked at.
     *
     * @param topic the last value of each key, tombstones taken away
     */
    public Comparison compare(Map<String, OfferTheme> topic, Instant now) {
        var expected = rows(now);
        var keys = new TreeSet<>(expected.keySet());
        topic.keySet().stream().filter(key -> isKept(key, now)).forEach(keys::add);
        var moving = moving(now);
        var differences = new ArrayList<Difference>();
        int onTheirWay = 0;
        int tooHigh = 0;
        for (String key : keys) {
            var should = expected.getOrDefault(key, Sum.NONE);
            var is = topic.get(key);
            var what = should.unlike(is);
            if (what.isEmpty()) {
                tooHigh += is != null && should.isBelow(is.getDistinctCustomers()) ? 1 : 0;
            } else if (moving.contains(key)) {
                onTheirWay++;
            } else {
                differences.add(new Difference(key, String.join(", ", what)));
            }
        }
        return new Comparison(keys.size(), differences, onTheirWay, tooHigh);
    }

    private Map<String, Sum> rows(Instant now) {
        var rows = new HashMap<String, Sum>();
        for (Facts facts : verbatims.values()) {
            for (Row row : windows.rows(facts, now)) {
                rows.computeIfAbsent(row.key(), _ -> new Sum()).add(facts.one());
            }
        }
        return rows;
    }

    private Set<String> moving(Instant now) {
        Instant since = now.minus(MOVING);
        changedAt.values().removeIf(at -> at.isBefore(since));
        var moving = new HashSet<String>();
        changedAt.keySet().forEach(facts -> windows.rows(facts, now).forEach(row -> moving.add(row.key())));
        return moving;
    }

    /** A key that this version cannot read is compared, and so told. */
    private static boolean isKept(String key, Instant now) {
        return Row.of(key)
                .map(row -> !Windows.expired(row.size(), row.start(), now))
                .orElse(true);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** One row, plainly. */
    private static final class Sum {
        private static final Sum NONE = new Sum();

        private final Set<String> customers = new HashSet<>();
        private Contribution sum = Contribution.NOTHING;

        void add(Contribution one) {
            sum = sum.plus(one);
            if (one.customer() != null) {
                customers.add(one.customer());
            }
        }

        List<String> unlike(@Nullable OfferTheme is) {
            var unlike = new ArrayList<String>();
            if (is == null) {
                unlike.add("is missing, " + sum.count() + " verbatims are to be counted");
                return unlike;
            }
            tell(unlike, "count", sum.count(), is.getCount());
            tell(unlike, "complaints", sum.complaints(), is.getComplaints());
            tell(unlike, "severe", sum.severe(), is.getSevere());
            tell(unlike, "churn", sum.churn(), is.getChurn());
            tell(unlike, "sentimentSum", sum.sentimentNanos(), is.getSentimentSum());
            // Of a row that a former version began it is not known.
            if (sum.churnRiskNanos() != null && is.getChurnRiskSum().isPresent()) {
                tell(
                        unlike,
                        "churnRiskSum",
                        sum.churnRiskNanos(),
                        is.getChurnRiskSum().get());
            }
            if (is.getDistinctCustomers() < customers.size() - tolerance()) {
                unlike.add("distinctCustomers is " + is.getDistinctCustomers() + " and should be " + customers.size());
            }
            return unlike;
        }

        boolean isBelow(long distinctCustomers) {
            return distinctCustomers > customers.size() + tolerance();
        }

        /** None below a dozen, which the sketch counts one by one. */
        private long tolerance() {
            return (long) (customers.size() * CUSTOMERS_TOLERANCE);
        }

        private static void tell(List<String> unlike, String what, long should, long is) {
            if (should != is) {
                unlike.add(what + " is " + is + " and should be " + should);
            }
        }

        private static void tell(List<String> unlike, String what, long nanos, double is) {
            double should = nanos / Contribution.NANOS;
            if (Double.compare(should, is) != 0) {
                unlike.add(what + " is " + is + " and should be " + should);
            }
        }
    }
}
