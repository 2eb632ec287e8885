package io.vigie.understanding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Gathers what speaks for one leaf over the sentences of a text. */
final class ThemeBuilder {
    /** Sentences come in the order of the text: once this many spans are in, later ones cannot be among the first. */
    private static final int GATHERED_MAX = 200;

    private final Leaf leaf;
    private final List<Span> spans = new ArrayList<>();
    private final Map<Language, BitSet> cues = new EnumMap<>(Language.class);
    private double doubt = 1;
    private double learned;

    ThemeBuilder(Leaf leaf) {
        this.leaf = leaf;
    }

    Leaf leaf() {
        return leaf;
    }

    /** Counts a cue once, however often it matches: repetition is emphasis, not another reason. */
    void add(Language language, int cue, double weight) {
        BitSet counted = cues.computeIfAbsent(language, l -> new BitSet());
        if (!counted.get(cue)) {
            counted.set(cue);
            doubt *= 1 - weight;
        }
    }

    /** Counts what was learned as one more reason. */
    void addLearned(double probability) {
        doubt *= 1 - probability;
        learned = probability;
    }

    /** How likely what was learned makes it; 0 when it had no say. */
    double learned() {
        return learned;
    }

    /** The numbers of the cues that were counted. */
    BitSet cues(Language language) {
        return cues.getOrDefault(language, new BitSet());
    }

    boolean wantsEvidence() {
        return spans.size() < GATHERED_MAX;
    }

    void addEvidence(Span span) {
        spans.add(span);
    }

    Theme build() {
        return new Theme(leaf.id(), score(), merged());
    }

    double score() {
        return 1 - doubt;
    }

    private List<Span> merged() {
        spans.sort(Comparator.comparingInt(Span::start).thenComparingInt(Span::end));
        var merged = new ArrayList<Span>();
        for (Span span : spans) {
            if (!merged.isEmpty() && span.start() < merged.getLast().end()) {
                Span last = merged.removeLast();
                merged.add(new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return merged.size() > Theme.EVIDENCE_MAX ? merged.subList(0, Theme.EVIDENCE_MAX) : merged;
    }
}
