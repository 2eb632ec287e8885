package io.vigie.topology.signals;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A word of a text, or two that follow each other with at most one stop word between them.
 *
 * @param key what it is counted as: without accents, plural endings and what lies between the two words
 * @param written as the customer wrote it, in small letters
 * @param first of a pair: the key of its first word; null for a word, and for a number, which is never counted by itself
 * @param second as {@code first}
 */
public record Term(
        String key,
        String written,
        boolean isPair,
        @Nullable String first,
        @Nullable String second) {
    /** A long text says its news in the beginning, or several times. */
    private static final int TERMS_MAX = 96;

    private static final int WORD_MIN = 3;
    private static final int WORD_MAX = 40;
    private static final int NUMBER_MAX = 4;
    private static final int PLURAL_MIN = 4;
    /** A placeholder of what was redacted, a word with its article cut off, or a mark that ends a thought. */
    private static final Pattern TOKEN = Pattern.compile("\\[[A-Z]+]|[\\p{L}\\p{N}]+|[.!?;:,()\\[\\]\\n\"«»]");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private record Word(String key, int start, int end, boolean number) {
        @Nullable
        String counted() {
            return number ? null : key;
        }
    }

    /** The terms of a redacted text, each once, words and pairs in the order of the text. */
    public static List<Term> of(String text) {
        Map<String, Term> terms = new LinkedHashMap<>();
        Word last = null;
        int stopsSince = 0;
        Matcher tokens = TOKEN.matcher(text);
        while (tokens.find() && terms.size() < TERMS_MAX) {
            String token = tokens.group();
            if (!Character.isLetterOrDigit(token.charAt(0))) {
                last = null;
                continue;
            }
            Word word = word(token, tokens.start(), tokens.end());
            if (word == null) {
                stopsSince++;
                continue;
            }
            if (!word.number()) {
                terms.putIfAbsent(word.key(), new Term(word.key(), small(token), false, null, null));
            }
            if (last != null && stopsSince <= 1 && !last.key().equals(word.key())) {
                Term pair = pair(last, word, text);
                terms.putIfAbsent(pair.key(), pair);
            }
            last = word;
            stopsSince = 0;
        }
        return new ArrayList<>(terms.values());
    }

    private static Term pair(Word first, Word second, String text) {
        String written = small(text.substring(first.start(), second.end())).replaceAll("\\s+", " ");
        return new Term(first.key() + " " + second.key(), written, true, first.counted(), second.counted());
    }

    /** Null for a stop word and for what is no word. */
    private static @Nullable Word word(String token, int start, int end) {
        String folded = MARKS.matcher(Normalizer.normalize(small(token), Normalizer.Form.NFD))
                .replaceAll("");
        boolean number = folded.chars().allMatch(Character::isDigit);
        boolean mixed = !number && folded.chars().anyMatch(Character::isDigit);
        int least = mixed ? 2 : WORD_MIN;
        if (number ? folded.length() > NUMBER_MAX : folded.length() < least || folded.length() > WORD_MAX) {
            return null;
        }
        return StopWords.has(folded) ? null : new Word(number ? folded : singular(folded), start, end, number);
    }

    private static String singular(String folded) {
        char ending = folded.charAt(folded.length() - 1);
        boolean plural = folded.length() >= PLURAL_MIN && (ending == 's' || ending == 'x');
        return plural ? folded.substring(0, folded.length() - 1) : folded;
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
