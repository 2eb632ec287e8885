package io.vigie.understanding;

import static io.vigie.understanding.CharClass.DIGIT;
import static io.vigie.understanding.CharClass.EXTEND;
import static io.vigie.understanding.CharClass.FLAG_LETTER;
import static io.vigie.understanding.CharClass.JOINER;
import static io.vigie.understanding.CharClass.KATAKANA;
import static io.vigie.understanding.CharClass.LETTER;
import static io.vigie.understanding.CharClass.MID_BOTH;
import static io.vigie.understanding.CharClass.MID_LETTER;
import static io.vigie.understanding.CharClass.MID_NUMBER;
import static io.vigie.understanding.CharClass.PICTOGRAM;
import static io.vigie.understanding.CharClass.SINGLE;

import java.util.Locale;
import java.util.Set;

/**
 * Cuts sentences into words by the word boundary rules of Unicode Standard Annex 29, as the taxonomy's declared
 * analyzer does, with three differences that French asks for: a narrow no-break space is a space, combining accents and
 * soft hyphens leave no trace, and the placeholders of redaction are single words that no cue can name.
 */
final class Tokenizer {
    /** A longer word is cut, as Lucene does. */
    static final int WORD_CHARS_MAX = 255;

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int NARROW_NO_BREAK_SPACE = 0x202F;
    private static final Set<String> ARTICLES =
            Set.of("l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu");
    private static final int ARTICLE_MAX = 6;
    private static final String PAUSES = ",;:()—–";

    private final String text;
    private final Tokens tokens;
    private boolean paused;

    private Tokenizer(String text) {
        this.text = text;
        this.tokens = new Tokens(text.length());
    }

    /** The words of a text, in sentences. */
    static Tokens tokenize(String text) {
        var tokenizer = new Tokenizer(text);
        SentenceSplitter.split(text, tokenizer::sentence);
        return tokenizer.tokens;
    }

    /** The words of a text that is one sentence, such as a phrase of a cue. */
    static Tokens words(String text) {
        var tokenizer = new Tokenizer(text);
        tokenizer.sentence(0, text.length(), '.');
        return tokenizer.tokens;
    }

    private void sentence(int from, int until, char mark) {
        int at = from;
        while (at < until) {
            at = step(at, until);
        }
        tokens.endSentence(mark);
        paused = false;
    }

    /** Adds the word that starts here, if one does, and returns where to go on. */
    private int step(int at, int until) {
        int placeholder = Placeholder.end(text, at);
        if (placeholder > at) {
            return add(at, Math.min(placeholder, until));
        }
        int codePoint = text.codePointAt(at);
        int end = end(at, codePoint, until);
        if (end > at) {
            return add(at, end);
        }
        paused |= PAUSES.indexOf(codePoint) >= 0;
        return Math.min(until, at + Character.charCount(codePoint));
    }

    private int end(int at, int codePoint, int until) {
        return switch (classOf(codePoint)) {
            case LETTER, DIGIT, KATAKANA, JOINER -> wordEnd(at, until);
            case SINGLE -> skipExtend(at + Character.charCount(codePoint), until);
            case PICTOGRAM -> pictogramEnd(at, until);
            case FLAG_LETTER -> flagEnd(at, until);
            default -> at;
        };
    }

    private int wordEnd(int from, int until) {
        int at = from;
        boolean empty = true;
        CharClass last = JOINER;
        while (at < until && at - from < WORD_CHARS_MAX) {
            int codePoint = text.codePointAt(at);
            CharClass next = classOf(codePoint);
            int after = skipExtend(at + Character.charCount(codePoint), until);
            if (joins(last, next)) {
                empty &= next == JOINER;
                last = next;
            } else if (!bridges(last, next, after, until)) {
                break;
            }
            at = after;
        }
        return empty ? from : Math.min(at, from + cut(from));
    }

    /** WB5 to WB13b, without the Hebrew quotes. */
    private static boolean joins(CharClass last, CharClass next) {
        return switch (next) {
            case LETTER -> last == LETTER || last == DIGIT || last == JOINER;
            case DIGIT -> last == LETTER || last == DIGIT || last == JOINER;
            case KATAKANA -> last == KATAKANA || last == JOINER;
            case JOINER -> true;
            default -> false;
        };
    }

    /** WB6, WB7, WB11, WB12: a mark between two letters or two digits. */
    private boolean bridges(CharClass last, CharClass mark, int after, int until) {
        if (after >= until) {
            return false;
        }
        return switch (last) {
            case LETTER -> (mark == MID_LETTER || mark == MID_BOTH) && classOf(text.codePointAt(after)) == LETTER;
            case DIGIT -> (mark == MID_NUMBER || mark == MID_BOTH) && classOf(text.codePointAt(after)) == DIGIT;
            default -> false;
        };
    }

    private int cut(int from) {
        boolean splitsPair =
                from + WORD_CHARS_MAX < text.length() && Character.isLowSurrogate(text.charAt(from + WORD_CHARS_MAX));
        return splitsPair ? WORD_CHARS_MAX - 1 : WORD_CHARS_MAX;
    }

    private int pictogramEnd(int from, int until) {
        int at = from;
        do {
            at = skipExtend(at + Character.charCount(text.codePointAt(at)), until);
        } while (at < until
                && text.charAt(at - 1) == ZERO_WIDTH_JOINER
                && classOf(text.codePointAt(at)) == PICTOGRAM
                && at - from < WORD_CHARS_MAX);
        return at;
    }

    private int flagEnd(int at, int until) {
        int second = at + 2;
        boolean pair = second + 1 < until && classOf(text.codePointAt(second)) == FLAG_LETTER;
        return Math.min(until, pair ? second + 2 : second);
    }

    private int skipExtend(int from, int until) {
        int at = Math.min(from, until);
        while (at < until) {
            int codePoint = text.codePointAt(at);
            if (classOf(codePoint) != EXTEND) {
                break;
            }
            at += Character.charCount(codePoint);
        }
        return Math.min(at, until);
    }

    private int add(int from, int until) {
        char[] buffer = tokens.room(until - from);
        int at = tokens.next();
        int article = 0;
        for (int i = from; i < until; ) {
            int codePoint = text.codePointAt(i);
            at = Folding.fold(codePoint, buffer, at);
            i += Character.charCount(codePoint);
            if (article == 0 && i - from <= ARTICLE_MAX + 1 && Folding.isApostrophe(codePoint)) {
                article = isArticle(from, i - 1) ? i - from : -1;
            }
        }
        tokens.add(at, Math.max(article, 0), from, until, paused);
        paused = false;
        return until;
    }

    private boolean isArticle(int from, int until) {
        return ARTICLES.contains(text.substring(from, until).toLowerCase(Locale.ROOT));
    }

    private static CharClass classOf(int codePoint) {
        return codePoint == NARROW_NO_BREAK_SPACE ? CharClass.OTHER : CharClass.of(codePoint);
    }
}
