package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * How well a classifier does on texts whose labels are known.
 *
 * @param texts how many there were
 * @param right texts of which exactly the right labels were told
 * @param classes every label that was told or right, in the order of the alphabet
 * @param confusions what was told for what, the most frequent first, at most {@value #CONFUSIONS_MAX}
 * @param calibration told labels by how sure the classifier was, in {@value #BINS} steps from 0 to 1
 * @param mistakes told labels that are wrong, the surest first, at most {@value #MISTAKES_MAX}
 */
public record ClassificationReport(
        long texts,
        long right,
        List<ClassResult> classes,
        List<Confusion> confusions,
        List<Bin> calibration,
        List<Mistake> mistakes) {
    public static final int BINS = 10;
    public static final int CONFUSIONS_MAX = 20;
    public static final int MISTAKES_MAX = 20;

    /** Stands for no label at all, where any number of labels fits. */
    public static final String NOTHING = "-";

    /**
     * One text that was classified.
     *
     * @param line where it stands in its file
     * @param labels the right ones
     */
    public record Judged(long line, String text, Set<String> labels, Ranked ranked) {
        public Judged {
            labels = Set.copyOf(labels);
        }
    }

    /**
     * How one label does.
     *
     * @param texts how many have it
     */
    public record ClassResult(String label, Score score, long texts) {}

    /** How often a label was told where another one was right. */
    public record Confusion(String right, String told, long times) {}

    /**
     * Labels that were told with about the same confidence.
     *
     * @param from the lowest confidence, inclusive
     * @param confidence the mean; 0 where nothing was told
     */
    public record Bin(double from, long told, long right, double confidence) {}

    /**
     * A label that is wrong.
     *
     * @param text without personal data
     * @param right the labels that are not
     */
    public record Mistake(long line, String text, Set<String> right, String told, double confidence) {
        public Mistake {
            right = Set.copyOf(right);
        }

        private Mistake redacted() {
            return new Mistake(line, Redactor.redact(text).text(), right, told, confidence);
        }
    }

    public ClassificationReport {
        classes = List.copyOf(classes);
        confusions = List.copyOf(confusions);
        calibration = List.copyOf(calibration);
        mistakes = List.copyOf(mistakes);
    }

    public static ClassificationReport of(List<Judged> judged) {
        return new ClassificationReport(
                judged.size(),
                judged.stream()
                        .filter(one -> one.ranked().toldLabels().equals(one.labels()))
                        .count(),
                classes(judged),
                confusions(judged),
                IntStream.range(0, BINS).mapToObj(bin -> bin(judged, bin)).toList(),
                mistakes(judged));
    }

    /** The share of texts of which exactly the right labels were told; 1 when there is no text. */
    public double accuracy() {
        return texts == 0 ? 1 : right / (double) texts;
    }

    /** The mean F1 of the labels: rare ones count as much as frequent ones. */
    public double macroF1() {
        return classes.stream().mapToDouble(one -> one.score().f1()).average().orElse(1);
    }

    /** The mean distance between how sure it was and how often it was right (Naeini et al., AAAI 2015), in [0, 1]. */
    public double calibrationError() {
        long told = calibration.stream().mapToLong(Bin::told).sum();
        double sum = calibration.stream()
                .mapToDouble(bin -> Math.abs(bin.confidence() * bin.told() - bin.right()))
                .sum();
        return told == 0 ? 0 : sum / told;
    }

    private static List<ClassResult> classes(List<Judged> judged) {
        var scores = new TreeMap<String, Score>();
        for (Judged one : judged) {
            Set<String> told = one.ranked().toldLabels();
            var either = new TreeSet<>(told);
            either.addAll(one.labels());
            either.forEach(label ->
                    scores.merge(label, score(told.contains(label), one.labels().contains(label)), Score::plus));
        }
        return scores.entrySet().stream()
                .map(entry -> new ClassResult(
                        entry.getKey(),
                        entry.getValue(),
                        entry.getValue().hits() + entry.getValue().misses()))
                .toList();
    }

    private static Score score(boolean told, boolean right) {
        return new Score(told && right ? 1 : 0, told && !right ? 1 : 0, right && !told ? 1 : 0);
    }

    private static List<Confusion> confusions(List<Judged> judged) {
        Map<List<String>, Long> times = new HashMap<>();
        for (Judged one : judged) {
            Set<String> told = one.ranked().toldLabels();
            for (String missed : without(one.labels(), told)) {
                for (String alarm : without(told, one.labels())) {
                    times.merge(List.of(missed, alarm), 1L, Long::sum);
                }
            }
        }
        return times.entrySet().stream()
                .map(entry ->
                        new Confusion(entry.getKey().getFirst(), entry.getKey().getLast(), entry.getValue()))
                .filter(pair -> !pair.right().equals(pair.told()))
                .sorted(Comparator.comparingLong(Confusion::times)
                        .reversed()
                        .thenComparing(Confusion::right)
                        .thenComparing(Confusion::told))
                .limit(CONFUSIONS_MAX)
                .toList();
    }

    /** The labels that the others are not, or {@link #NOTHING}. */
    private static Set<String> without(Set<String> labels, Set<String> others) {
        var left = new TreeSet<>(labels);
        left.removeAll(others);
        return left.isEmpty() ? Set.of(NOTHING) : left;
    }

    private static Bin bin(List<Judged> judged, int bin) {
        long told = 0;
        long right = 0;
        double confidence = 0;
        for (Judged one : judged) {
            for (Ranked.Share share : one.ranked().told()) {
                if (Math.min(BINS - 1, (int) (share.share() * BINS)) == bin) {
                    told++;
                    right += one.labels().contains(share.label()) ? 1 : 0;
                    confidence += share.share();
                }
            }
        }
        return new Bin(bin / (double) BINS, told, right, told == 0 ? 0 : confidence / told);
    }

    private static List<Mistake> mistakes(List<Judged> judged) {
        var mistakes = new ArrayList<Mistake>();
        for (Judged one : judged) {
            one.ranked().told().stream()
                    .filter(share -> !one.labels().contains(share.label()))
                    .map(share -> new Mistake(one.line(), one.text(), one.labels(), share.label(), share.share()))
                    .forEach(mistakes::add);
        }
        return mistakes.stream()
                .sorted(Comparator.comparingDouble(Mistake::confidence)
                        .reversed()
                        .thenComparingLong(Mistake::line))
                .limit(MISTAKES_MAX)
                .map(Mistake::redacted)
                .toList();
    }
}
