package io.vigie.bench;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The product's own histogram of freshness, as its metrics show it: records up to each bound, in seconds. */
record Freshness(Map<Double, Long> upTo) {
    private static final String BUCKET = "vigie_freshness_seconds_bucket{le=\"";

    Freshness {
        upTo = Map.copyOf(upTo);
    }

    static Freshness in(String metrics) {
        var upTo = new TreeMap<Double, Long>();
        metrics.lines().filter(line -> line.startsWith(BUCKET)).forEach(line -> {
            String bound = line.substring(BUCKET.length(), line.indexOf('"', BUCKET.length()));
            double count = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
            upTo.put(bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound), (long) count);
        });
        return new Freshness(upTo);
    }

    Freshness since(Freshness earlier) {
        var difference = new TreeMap<Double, Long>();
        upTo.forEach((bound, count) -> difference.put(bound, count - earlier.upTo.getOrDefault(bound, 0L)));
        return new Freshness(difference);
    }

    long count() {
        return upTo.getOrDefault(Double.POSITIVE_INFINITY, 0L);
    }

    /** The share of records not older than a bound of the histogram, in percent. */
    double percentWithin(double seconds) {
        return count() == 0 ? 0 : 100.0 * Objects.requireNonNull(upTo.get(seconds)) / count();
    }

    /** In milliseconds, straight between the two bounds around it, as Prometheus' histogram_quantile does. */
    double percentile(double percent) {
        double rank = percent / 100 * count();
        double lower = 0;
        long below = 0;
        for (var bucket : new TreeMap<>(upTo).entrySet()) {
            if (bucket.getValue() >= rank && bucket.getValue() > below) {
                double share = (rank - below) / (bucket.getValue() - below);
                double upper = Double.isInfinite(bucket.getKey()) ? lower : bucket.getKey();
                return (lower + share * (upper - lower)) * 1_000;
            }
            lower = bucket.getKey();
            below = bucket.getValue();
        }
        return 0;
    }
}
