package io.vigie.understanding;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;

/**
 * A technical question about an offer, as one customer put it.
 *
 * <p>Whether two customers ask the same is decided by what the question is about, not by how much of its wording agrees:
 * a question is its rare terms (IPv6, port 25, VLAN, ONT, a size) and what is asked of them (whether, how, when, how many,
 * why, at what price), as types of questions are told apart by X. Li and D. Roth, "Learning Question Classifiers", 2002.
 * Questions with rare terms are the same when all of these agree: that is an equivalence, needs no comparison, and does not
 * depend on who asked first. Questions without any are compared by their words (the coefficient of P. Jaccard, 1912, over
 * words cut to {@value #STEM} letters, after P. McNamee and J. Mayfield, "Character N-Gram Tokenization for European
 * Language Text Retrieval", 2004). Terms have the same names in French and English, so both languages meet. How often this
 * is right is measured on judged pairs by {@code TechnicalQuestionTest}.
 *
 * @param text the words of the customer, at most {@value #CHARS_MAX} characters
 * @param terms its rare terms, or without any its common ones, by name
 * @param topic the same for all questions that may be the same: equal topics with rare terms are equal questions
 * @param rare whether it has rare terms
 * @param words the common terms and other words that say something
 */
public record TechnicalQuestion(String text, SortedSet<String> terms, String topic, boolean rare, Set<String> words) {
    /** Longest question that is kept whole; of a longer one the part that asks is kept. */
    public static final int CHARS_MAX = 300;
    /** Most questions that are taken from one text. */
    public static final int QUESTIONS_MAX = 8;

    static final int STEM = 5;
    /** Share of the words that two questions without rare terms have in common, at least. */
    static final double LIKENESS_MIN = 0.5;

    private static final int CLEAR_CHARS_MIN = 25;
    private static final int CLEAR_CHARS_MAX = 120;

    /** The clearest wording first; the same order wherever it is asked for. */
    public static final Comparator<String> CLARITY =
            Comparator.comparingInt(TechnicalQuestion::blemishes).thenComparing(Comparator.naturalOrder());

    public TechnicalQuestion {
        words = Set.copyOf(words);
    }

    /**
     * The technical questions of a text that was redacted.
     *
     * @param technical what in the text is known to be technical, such as the evidence of a theme; a question that touches it
     *     is technical also without a rare term
     */
    public static List<TechnicalQuestion> in(String text, List<Span> technical) {
        return QuestionReader.read(text, technical);
    }

    /** A text that is known to be one technical question; the answer of {@link #in} read again. */
    public static TechnicalQuestion of(String question) {
        return QuestionReader.one(question);
    }

    /**
     * The words of a question that its terms stand for, as the customer wrote them: the names of terms are of one language,
     * and a number without a word beside it says nothing to a reader. Empty when there are no others.
     */
    public static List<String> written(String question) {
        return QuestionReader.written(question);
    }

    /** Whether one answer serves both. */
    public boolean sameAs(TechnicalQuestion other) {
        if (!topic.equals(other.topic)) {
            return false;
        }
        return rare || likeness(other) >= LIKENESS_MIN;
    }

    private double likeness(TechnicalQuestion other) {
        long common = words.stream().filter(other.words::contains).count();
        long all = words.size() + other.words.size() - common;
        return all == 0 ? 1 : (double) common / all;
    }

    /** A question mark, a length that is read at a glance, nothing masked: what a reader wants to see of many wordings. */
    private static int blemishes(String text) {
        int length = text.length();
        int outside = Math.max(0, CLEAR_CHARS_MIN - length) + Math.max(0, length - CLEAR_CHARS_MAX);
        return (text.endsWith("?") ? 0 : 40)
                + (text.indexOf('[') >= 0 ? 60 : 0)
                + (!text.isEmpty() && Character.isUpperCase(text.charAt(0)) ? 0 : 20)
                + (text.equals(text.toUpperCase(Locale.ROOT)) ? 60 : 0)
                + outside;
    }
}
