package io.vigie.understanding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells French from English by the words only one of them has, and where there are none by accents, elisions and the
 * ends of words. Two languages need no n-gram model: this is right as often and a thousand times faster.
 */
final class LanguageDetector {
    /** What stands further on does not change the language. */
    private static final int WORDS_MAX = 150;

    /** With less than this the cues of both languages are worth trying. */
    private static final double EVIDENCE_MIN = 1;

    private static final double ACCENT = 2;
    private static final double ELISION = 2;
    private static final double CONTRACTION = 3;
    private static final double ENDING = 0.6;
    private static final double SPELLING = 0.4;
    private static final int ASCII_END = 128;

    private static final String[][] FRENCH_ENDINGS = byLastChar(
            "eux", "euse", "ez", "aux", "eau", "oir", "oire", "ais", "ait", "aient", "ent", "elle", "ette", "eur",
            "iere", "ique", "ite", "ees", "ee", "ant", "aire", "isse", "ier", "ux");
    private static final String[][] ENGLISH_ENDINGS = byLastChar(
            "ing", "ed", "ly", "ness", "ght", "ck", "sh", "th", "ay", "ow", "ey", "ful", "less", "ity", "ould", "ook",
            "all", "ss", "y");
    private static final String[][] CONTRACTIONS = byLastChar("'s", "'t", "'ll", "'ve", "'re", "'d", "'m");

    private static final String ACCENTED = "éèêëàâçùûîïôœÉÈÊËÀÂÇÙÛÎÏÔŒ\u0300\u0301\u0302\u0327";
    private static final char ACCENTED_FIRST = '\u00C0';

    private final Trie words;
    private final double[] weights;

    LanguageDetector() {
        var french = new HashMap<String, Double>();
        for (String line : Resources.lines("languages.txt")) {
            String[] fields = line.split(" ", -1);
            double sign = fields[0].equals(Language.FRENCH.tag()) ? 1 : -1;
            for (int i = 2; i < fields.length; i++) {
                french.merge(Folding.fold(fields[i]), sign * Double.parseDouble(fields[1]), Double::sum);
            }
        }
        var builder = new Trie.Builder();
        weights = new double[french.size()];
        int next = 0;
        for (Map.Entry<String, Double> entry : french.entrySet()) {
            weights[next] = entry.getValue();
            builder.word(entry.getKey(), next++);
        }
        words = builder.build();
    }

    /** The language of the words: what the source says, where it says French or English; otherwise what they look like. */
    String language(Tokens tokens, String text, @Nullable String hint) {
        if (hint != null) {
            String primary = primary(hint);
            switch (primary) {
                case "fr", "en" -> {
                    return primary;
                }
                case "", Language.UNDETERMINED, "mul", "zxx" -> {}
                default -> {
                    return Language.UNDETERMINED;
                }
            }
        }
        double french = frenchness(tokens, text);
        if (Math.abs(french) < EVIDENCE_MIN) {
            return Language.UNDETERMINED;
        }
        return french > 0 ? Language.FRENCH.tag() : Language.ENGLISH.tag();
    }

    private static String primary(String hint) {
        String tag = hint.strip().toLowerCase(Locale.ROOT);
        int end = 0;
        while (end < tag.length() && Character.isLetter(tag.charAt(end))) {
            end++;
        }
        return tag.substring(0, end);
    }

    /** Above zero for French, below for English. */
    private double frenchness(Tokens tokens, String text) {
        double sum = 0;
        for (int token = 0; token < Math.min(tokens.count(), WORDS_MAX); token++) {
            sum += word(tokens, text, token);
        }
        return sum;
    }

    private double word(Tokens tokens, String text, int token) {
        int node = words.next(Trie.ROOT, tokens.chars(), tokens.from(token, false), tokens.until(token));
        if (node != Trie.NONE && words.word(node) != Trie.NONE) {
            return weights[words.word(node)];
        }
        double sum = tokens.from(token, true) > tokens.from(token, false) ? ELISION : 0;
        node = words.next(Trie.ROOT, tokens.chars(), tokens.from(token, true), tokens.until(token));
        if (sum > 0 && node != Trie.NONE && words.word(node) != Trie.NONE) {
            return sum + weights[words.word(node)];
        }
        return sum + shape(tokens, token) + (isAccented(tokens, text, token) ? ACCENT : 0);
    }

    private static double shape(Tokens tokens, int token) {
        char[] chars = tokens.chars();
        int from = tokens.from(token, false);
        int until = tokens.until(token);
        if (!Character.isLetter(chars[from])) {
            return 0;
        }
        double sum = endsWithAny(CONTRACTIONS, chars, from, until) ? -CONTRACTION : 0;
        sum += endsWithAny(FRENCH_ENDINGS, chars, from, until) ? ENDING : 0;
        sum -= endsWithAny(ENGLISH_ENDINGS, chars, from, until) ? ENDING : 0;
        for (int i = from; i < until; i++) {
            sum -= chars[i] == 'w' || chars[i] == 'k' ? SPELLING : 0;
        }
        return sum;
    }

    /** Only the endings whose last char a word has need a look. */
    private static String[][] byLastChar(String... endings) {
        return IntStream.range(0, ASCII_END)
                .mapToObj(last -> Arrays.stream(endings)
                        .filter(ending -> ending.charAt(ending.length() - 1) == last)
                        .toArray(String[]::new))
                .toArray(String[][]::new);
    }

    private static boolean endsWithAny(String[][] endings, char[] chars, int from, int until) {
        char last = chars[until - 1];
        if (last >= ASCII_END) {
            return false;
        }
        for (String ending : endings[last]) {
            if (until - from > ending.length() && endsWith(ending, chars, until)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(String ending, char[] chars, int until) {
        for (int i = 0; i < ending.length(); i++) {
            if (chars[until - ending.length() + i] != ending.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAccented(Tokens tokens, String text, int token) {
        for (int i = tokens.start(token, false); i < tokens.end(token); i++) {
            char c = text.charAt(i);
            if (c >= ACCENTED_FIRST && ACCENTED.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }
}
