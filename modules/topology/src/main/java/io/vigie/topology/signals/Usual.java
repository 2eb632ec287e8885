package io.vigie.topology.signals;

import io.vigie.events.SignalCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * How the mentions of a series were spread over channels, sources and other themes before the last full week, and which
 * value's share has grown most since. Shares are compared by the log-likelihood ratio G2, which holds for small counts where
 * chi-square does not (Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993).
 */
final class Usual {
    /** One series has few values; one more than this is not told apart. */
    private static final int VALUES_MAX = 48;

    private static final int CAUSES_MAX = 3;
    /** Reached by chance once in a hundred. */
    private static final double G2_MIN = 6.63;

    private static final double WEEK_FADE = Math.pow(0.5, 7 / 42.0);
    private static final String ALL = "";

    private Map<String, Double> before = new TreeMap<>();
    private Map<String, Double> lastWeek = new TreeMap<>();
    private Map<String, Double> thisWeek = new TreeMap<>();
    private long week;

    Usual(long hour) {
        this.week = Math.floorDiv(hour, Season.HOURS);
    }

    /** The values of a mention in the dimensions in which it is compared. */
    static List<String> values(Mention mention, String theme) {
        var values = new ArrayList<String>();
        values.add("channel=" + mention.channel());
        values.add("source=" + mention.source());
        for (String other : mention.themes()) {
            if (!other.equals(theme)) {
                values.add("theme=" + other);
            }
        }
        return values;
    }

    void add(long hour, List<String> values) {
        advance(Math.floorDiv(hour, Season.HOURS));
        Map<String, Double> into = Math.floorDiv(hour, Season.HOURS) == week ? thisWeek : before;
        into.merge(ALL, 1.0, Double::sum);
        for (String value : values) {
            if (into.size() < VALUES_MAX || into.containsKey(value)) {
                into.merge(value, 1.0, Double::sum);
            }
        }
    }

    private void advance(long now) {
        for (int i = 0; i < 2 && week < now; i++) {
            before.replaceAll((value, count) -> count * WEEK_FADE);
            lastWeek.forEach((value, count) -> {
                if (before.size() < VALUES_MAX || before.containsKey(value)) {
                    before.merge(value, count, Double::sum);
                }
            });
            lastWeek = thisWeek;
            thisWeek = new TreeMap<>();
            week++;
        }
        week = Math.max(week, now);
    }

    /** What stands out among some mentions, strongest first. */
    List<SignalCause> standingOut(List<List<String>> mentions) {
        var observed = new HashMap<String, Integer>();
        mentions.forEach(values -> values.forEach(value -> observed.merge(value, 1, Integer::sum)));
        double all = before.getOrDefault(ALL, 0.0);
        var causes = new ArrayList<SignalCause>();
        observed.forEach((value, count) ->
                causes.add(cause(value, count, mentions.size(), before.getOrDefault(value, 0.0), all)));
        return strongest(causes);
    }

    /** Those that say something, strongest first, at most three. */
    static List<SignalCause> strongest(List<SignalCause> causes) {
        return causes.stream()
                .filter(cause -> cause.getG2() >= G2_MIN && cause.getObserved() > cause.getExpected())
                .sorted(Comparator.comparingDouble(SignalCause::getG2)
                        .reversed()
                        .thenComparing(SignalCause::getDimension)
                        .thenComparing(SignalCause::getValue))
                .limit(CAUSES_MAX)
                .toList();
    }

    /**
     * One value held against its usual share.
     *
     * @param value dimension=value
     * @param count of {@code of} mentions now
     * @param usually of {@code all} mentions before
     */
    static SignalCause cause(String value, int count, int of, double usually, double all) {
        int equals = value.indexOf('=');
        return SignalCause.newBuilder()
                .setDimension(value.substring(0, equals))
                .setValue(value.substring(equals + 1))
                .setObserved(count)
                .setOf(of)
                .setExpected(of * (usually + 0.5) / (all + 1))
                .setG2(g2(count, of, usually, all))
                .build();
    }

    /** Twice the log-likelihood of two shares over that of one. */
    static double g2(double k1, double n1, double k2, double n2) {
        if (n1 == 0 || n2 == 0) {
            return 0;
        }
        double p = (k1 + k2) / (n1 + n2);
        return Math.max(
                0,
                2
                        * (logLikelihood(k1, n1, k1 / n1)
                                + logLikelihood(k2, n2, k2 / n2)
                                - logLikelihood(k1, n1, p)
                                - logLikelihood(k2, n2, p)));
    }

    private static double logLikelihood(double k, double n, double p) {
        return (k == 0 ? 0 : k * Math.log(p)) + (n <= k ? 0 : (n - k) * Math.log1p(-p));
    }

    void write(Encoder out) throws IOException {
        out.writeLong(week);
        for (Map<String, Double> counts : List.of(before, lastWeek, thisWeek)) {
            out.writeInt(counts.size());
            for (Map.Entry<String, Double> count : counts.entrySet()) {
                out.writeString(count.getKey());
                out.writeFloat(Objects.requireNonNull(count.getValue()).floatValue());
            }
        }
    }

    static Usual read(Decoder in) throws IOException {
        var usual = new Usual(0);
        usual.week = in.readLong();
        usual.before = counts(in);
        usual.lastWeek = counts(in);
        usual.thisWeek = counts(in);
        return usual;
    }

    private static Map<String, Double> counts(Decoder in) throws IOException {
        var counts = new TreeMap<String, Double>();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            String value = in.readString();
            counts.put(value, (double) in.readFloat());
        }
        return counts;
    }
}
