package io.vigie.understanding;

import java.util.List;

/**
 * Why a text was understood as it was: the cues that matched, and the words that the model went by.
 *
 * @param understood exactly what {@link Engine#understand} says of the text
 * @param themes the reasons of each theme, in the order of {@link Understood#themes}
 */
public record Explanation(
        Understood understood, List<OfTheme> themes, OfIntent intent, OfSentiment sentiment, OfChurn churn) {

    /** The most words that any one reason names. */
    public static final int WORDS_MAX = 5;

    public Explanation {
        themes = List.copyOf(themes);
    }

    /**
     * A word that spoke for something.
     *
     * @param span where it stands in {@link Understood#text}
     * @param weight above zero; what it adds to the odds, as a logarithm, with its part of what it says beside other words
     */
    public record Word(Span span, double weight) {}

    /**
     * Why a theme was found: by cues, by the model, or by both.
     *
     * @param id the leaf
     * @param cues those that matched, as they are written in the taxonomy
     * @param learned how likely the model makes the theme, in [0, 1]; 0 when it had no say
     * @param words what the model went by, the strongest first; empty when it had no say
     */
    public record OfTheme(String id, List<String> cues, double learned, List<Word> words) {
        public OfTheme {
            cues = List.copyOf(cues);
            words = List.copyOf(words);
        }
    }

    /**
     * Why an intent was chosen.
     *
     * @param wishIgnored whether it is a complaint because the customer is called who asked to be written to
     * @param words what speaks for it, the strongest first
     */
    public record OfIntent(boolean wishIgnored, List<Word> words) {
        public OfIntent {
            words = List.copyOf(words);
        }
    }

    /**
     * Why a text sounds good, bad or neither.
     *
     * @param lexicon the sum of the feelings that the lexicon knows, about one for each strong word, below zero for bad ones
     * @param words what speaks for the likeliest of the three, the strongest first
     */
    public record OfSentiment(double lexicon, List<Word> words) {
        public OfSentiment {
            words = List.copyOf(words);
        }
    }

    /**
     * Why a customer may leave.
     *
     * @param cues the churn cues of the taxonomy that matched, by their ids; also those by which he says that he stays
     * @param words what speaks for his leaving, the strongest first, however little it is
     */
    public record OfChurn(List<String> cues, List<Word> words) {
        public OfChurn {
            cues = List.copyOf(cues);
            words = List.copyOf(words);
        }
    }
}
