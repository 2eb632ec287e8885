package io.vigie.index;

import io.vigie.events.Verbatim;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two words that follow each other, both of which say something by themselves, as they are indexed: without accents and in
 * small letters. An article that is written as part of its word stands between none: {@code résilier l’abonnement} is one.
 */
record WordPair(String first, String second) {
    /** Most words of a text that are looked at; of a transcript these are its first minutes. */
    static final int TEXT_WORDS_MAX = SignificantWord.LOOKED_UP_MAX;

    /** The pairs of a verbatim, each as it is first written in it; no sign and no line break stands between its words. */
    static Map<WordPair, String> of(Verbatim verbatim) {
        var pairs = new LinkedHashMap<WordPair, String>();
        String text = verbatim.getText();
        var words = SignificantWord.words(verbatim);
        for (int i = 1; i < words.size() && i < TEXT_WORDS_MAX; i++) {
            var one = words.get(i - 1);
            var other = words.get(i);
            if (other.position() == one.position() + 1
                    && tells(one.text(), other.text())
                    && isOneBreath(text, one.end(), other.start())) {
                pairs.computeIfAbsent(
                        new WordPair(one.text(), other.text()), _ -> written(text, one.start(), other.end()));
            }
        }
        return pairs;
    }

    /** A bare number leads no pair: of {@code 3 semaines} the word tells it all. */
    private static boolean tells(String first, String second) {
        return SignificantWord.isSignificant(first)
                && SignificantWord.isSignificant(second)
                && first.chars().anyMatch(Character::isLetter);
    }

    /** What stands between may be a space, a hyphen, or an article with its apostrophe. */
    private static boolean isOneBreath(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean space = Character.isSpaceChar(c) || c == '\t';
            if (!space && !Character.isLetter(c) && "-'’\u2010\u2011".indexOf(c) < 0) {
                return false;
            }
        }
        return from < to;
    }

    private static String written(String text, int start, int end) {
        return Normalizer.normalize(text.substring(start, end), Normalizer.Form.NFC)
                .replaceAll("[\\h\\s]+", " ");
    }

    /** As it can be typed. */
    String plain() {
        return first + ' ' + second;
    }

    /** Whether a query with a text in quotes asks for this pair and nothing else. */
    boolean isAskedBy(String typed) {
        var words = TextAnalyzer.words(typed);
        return typed.length() <= Narrowing.CONDITION_LENGTH_MAX - 2
                && typed.indexOf('"') < 0
                && words.size() == 2
                && words.getFirst().text().equals(first)
                && words.getLast().text().equals(second)
                && words.getLast().position() == words.getFirst().position() + 1;
    }
}
