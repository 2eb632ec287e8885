package io.vigie.understanding;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a classifier says of one text.
 *
 * @param exclusive whether exactly one label fits, or any number
 * @param labels every label it knows, the likeliest first
 */
public record Ranked(boolean exclusive, List<Share> labels) {
    private static final double LIKELY = 0.5;

    /**
     * One label.
     *
     * @param share how likely it is, in [0, 1]; those of an exclusive classifier add up to 1
     */
    public record Share(String label, double share) {}

    public Ranked {
        labels = List.copyOf(labels);
    }

    /** The likeliest label. */
    public Share best() {
        return labels.getFirst();
    }

    /** The labels it gives the text: the likeliest one, or where any number fits, those likelier than not. */
    public List<Share> told() {
        return exclusive
                ? List.of(best())
                : labels.stream().filter(label -> label.share() >= LIKELY).toList();
    }

    Set<String> toldLabels() {
        return told().stream().map(Share::label).collect(Collectors.toSet());
    }
}
