package io.vigie.understanding;

import java.util.List;

/** What a sentence must say, as an expression over its words. */
sealed interface Cue {
    /** What one word by itself says. */
    double WORD_WEIGHT = 0.6;

    /**
     * A word, folded.
     *
     * @param beginning whether any word that begins like this will do
     */
    record Word(String letters, boolean beginning) implements Cue {}

    /**
     * Words in a row.
     *
     * @param slop how far they may be moved: with each word's position taken relative to its place in the phrase, the
     *     largest and the smallest may differ by this much
     */
    record Phrase(List<Word> words, int slop) implements Cue {
        public Phrase {
            words = List.copyOf(words);
        }
    }

    /** Everything that is required, and nothing that is prohibited. */
    record All(List<Cue> required, List<Cue> prohibited) implements Cue {
        public All {
            required = List.copyOf(required);
            prohibited = List.copyOf(prohibited);
        }
    }

    /** At least one of the options, and nothing that is prohibited. */
    record Any(List<Cue> options, List<Cue> prohibited) implements Cue {
        public Any {
            options = List.copyOf(options);
            prohibited = List.copyOf(prohibited);
        }
    }

    /** How much one match says: a phrase or a combination is rarely there by chance, a single word sometimes is. */
    default double weight() {
        return switch (this) {
            case Word word -> WORD_WEIGHT;
            case Phrase phrase -> 0.8;
            case All all -> 0.75;
            case Any any ->
                any.options().stream().mapToDouble(Cue::weight).min().orElseThrow();
        };
    }
}
