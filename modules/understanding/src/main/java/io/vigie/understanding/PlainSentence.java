package io.vigie.understanding;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A sentence in the plain form that patterns of whole phrases are held against: folded, one blank around each word, a
 * comma between blanks for every pause, French elisions apart (« d'ici » is {@code d' ici}). « 18:30 » and « 12/03 » stay.
 *
 * @param start UTF-16 offset of its first char in the text
 * @param end UTF-16 offset behind its last char, the mark that ends it included
 * @param plain begins and ends with a blank
 */
record PlainSentence(int start, int end, boolean asks, String plain) {
    /** A sentence is read up to here, so that no pattern has much to go back over. */
    private static final int CHARS_MAX = 1_000;

    private static final String PAUSES = ",;:()«»\"“”–—[]|";
    private static final Set<String> ELIDED =
            Set.of("j", "l", "m", "d", "n", "s", "c", "t", "qu", "jusqu", "lorsqu", "puisqu", "quelqu", "presqu");

    /** The sentences of a text, without those that are empty or quoted. */
    static List<PlainSentence> of(String text) {
        var sentences = new ArrayList<PlainSentence>();
        SentenceSplitter.split(text, (from, until, mark) -> {
            int start = from;
            int end = until;
            while (start < end && Character.isWhitespace(text.charAt(start))) {
                start++;
            }
            while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            String plain = plain(text.substring(start, Math.min(end, start + CHARS_MAX)));
            if (!plain.isBlank()) {
                sentences.add(new PlainSentence(start, end, mark == '?', plain));
            }
        });
        return sentences;
    }

    /** Whether one of its words is as asked for; pauses are none. */
    boolean anyWord(Predicate<String> asked) {
        int from = 1;
        for (int blank = plain.indexOf(' ', from); blank > 0; blank = plain.indexOf(' ', from)) {
            if (asked.test(plain.substring(from, blank))) {
                return true;
            }
            from = blank + 1;
        }
        return false;
    }

    private static String plain(String written) {
        String folded = Folding.fold(written);
        var plain = new StringBuilder(folded.length() + 16).append(' ');
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                plain.append(c);
            } else if (c == '\'') {
                apostrophe(plain);
            } else if ((c == ':' || c == '/') && isDigit(folded, i - 1) && isDigit(folded, i + 1)) {
                plain.append(c);
            } else if (PAUSES.indexOf(c) >= 0 || isDash(folded, i)) {
                blank(plain);
                plain.append(", ");
            } else {
                blank(plain);
            }
        }
        blank(plain);
        return plain.toString();
    }

    private static void apostrophe(StringBuilder plain) {
        String before = plain.substring(plain.lastIndexOf(" ") + 1);
        plain.append(ELIDED.contains(before) ? "' " : "'");
    }

    /** « demain - au plus tard », not « rendez-vous ». */
    private static boolean isDash(String text, int at) {
        return text.charAt(at) == '-' && at > 0 && text.charAt(at - 1) == ' ' && text.startsWith(" ", at + 1);
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && Character.isDigit(text.charAt(at));
    }

    private static void blank(StringBuilder plain) {
        if (plain.charAt(plain.length() - 1) != ' ') {
            plain.append(' ');
        }
    }
}
