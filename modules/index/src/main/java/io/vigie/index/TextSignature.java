package io.vigie.index;

import java.util.Arrays;
import java.util.HexFormat;
import org.apache.lucene.util.BytesRef;

/**
 * A name for a text that texts which are nearly the same have too, so that copies are found without comparing anything:
 * capitals, accents, punctuation, spaces and everything with a digit (amounts, dates, numbers of orders) do not matter, nor
 * words that stand beside such or for them ({@link PassingWords}). A short text is named by all its words in order; which
 * short texts are one word apart, {@link WordsApart} tells. A longer one is named by the smallest hashes of its pairs of neighbouring
 * words, and so it mostly keeps its name when some words change: that two texts have the same {@value #PAIRS} smallest is
 * about as likely as their resemblance to the power of {@value #PAIRS}. (A super-shingle: A. Z. Broder and others,
 * "Syntactic clustering of the Web", 1997.)
 *
 * <p>One name and not several of which one must agree: having the same name is an equivalence, so every verbatim is in
 * exactly one group, the group can be asked for, and no chain of look-alikes ties different texts together.
 */
final class TextSignature {
    /** Longest text, in words, that is named by all of them. */
    static final int SHORT_WORDS_MAX = 16;

    static final int PAIRS = 6;

    private static final long SHORT = 0x51;
    private static final long LONG = 0x52;
    private static final long WORDLESS = 0x53;

    private static final int PLAIN_CHARS = 0x180;
    /** Letters of Western languages without accents and capitals, one for one; 0 where folding is not as simple. */
    private static final char[] PLAIN = plain();

    private final Folding folding = new Folding();
    private final long[] smallest = new long[PAIRS];
    private long inOrder = SHORT;
    private final byte[] shortWords = new byte[2 * SHORT_WORDS_MAX];
    private long last;
    private int words;

    private TextSignature() {
        // No hash is above it; a long text has more pairs than places, and equal ones are taken once.
        Arrays.fill(smallest, Long.MAX_VALUE);
    }

    /** Of a text in any language and normal form. */
    static long of(String text) {
        return read(text).name();
    }

    /**
     * What is kept of a text.
     *
     * @param words two bytes for each word of a short text, its hash and whether it denies; empty of others
     */
    record Signed(long name, BytesRef words) {}

    static Signed read(String text) {
        var signature = new TextSignature();
        signature.read(text.toCharArray());
        return signature.words == 0
                ? new Signed(wordless(text), new BytesRef())
                : new Signed(signature.value(), signature.shortWords());
    }

    /** As it is written in a query. */
    static String text(long signature) {
        return HexFormat.of().toHexDigits(signature);
    }

    /** Of its text; throws {@link NumberFormatException} for any other. */
    static long parse(String text) {
        if (text.length() != 2 * Long.BYTES) {
            throw new NumberFormatException("a signature has " + 2 * Long.BYTES + " digits");
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    private static long wordless(String text) {
        long hash = WORDLESS;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            hash = QueryLexer.isSpace(c) ? hash : mixed(hash + c);
        }
        return hash;
    }

    private void read(char[] text) {
        int start = -1;
        boolean digit = false;
        for (int i = 0; i <= text.length; i++) {
            if (i < text.length && isInWord(text[i])) {
                start = start < 0 ? i : start;
                digit |= Character.isDigit(text[i]);
            } else if (start >= 0) {
                if (!digit) {
                    add(text, start, i);
                }
                start = -1;
                digit = false;
            }
        }
    }

    /** Letters and digits, accents of their own and characters that nobody sees, such as the soft hyphen. */
    private static boolean isInWord(char c) {
        if (c < 0x80) {
            return PLAIN[c] != 0 || QueryLexer.isAsciiDigit(c);
        }
        int type = Character.getType(c);
        return Character.isLetterOrDigit(c) || type == Character.NON_SPACING_MARK || type == Character.FORMAT;
    }

    private void add(char[] text, int start, int end) {
        long hash = 0;
        boolean known = true;
        for (int i = start; i < end && known; i++) {
            char plain = text[i] < PLAIN.length ? PLAIN[text[i]] : 0;
            known = plain != 0;
            hash = 31 * hash + plain;
        }
        if (known) {
            addWord(mixed(hash));
        } else {
            addFolded(folding.fold(text, start, end, false));
        }
    }

    private void addFolded(int length) {
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + folding.chars()[i];
        }
        if (length > 0) {
            addWord(mixed(hash));
        }
    }

    private void addWord(long word) {
        if (PassingWords.NUMBERS.has(word)) {
            return;
        }
        if (words < SHORT_WORDS_MAX) {
            int hash = WordsApart.kept(word);
            shortWords[2 * words] = (byte) (hash >> Byte.SIZE);
            shortWords[2 * words + 1] = (byte) hash;
        }
        inOrder = mixed(inOrder + word);
        if (words > 0) {
            keep(mixed(Long.rotateLeft(last, 1) + word));
        }
        last = word;
        words++;
    }

    private void keep(long pair) {
        if (pair >= smallest[PAIRS - 1]) {
            return;
        }
        int at = PAIRS - 1;
        while (at > 0 && smallest[at - 1] > pair) {
            at--;
        }
        if (at == 0 || smallest[at - 1] != pair) {
            System.arraycopy(smallest, at, smallest, at + 1, PAIRS - 1 - at);
            smallest[at] = pair;
        }
    }

    private BytesRef shortWords() {
        return words <= SHORT_WORDS_MAX ? new BytesRef(shortWords, 0, 2 * words) : new BytesRef();
    }

    private long value() {
        if (words <= SHORT_WORDS_MAX) {
            return inOrder;
        }
        long hash = LONG;
        for (long pair : smallest) {
            hash = mixed(hash + pair);
        }
        return hash;
    }

    private static char[] plain() {
        char[] plain = new char[PLAIN_CHARS];
        var folding = new Folding();
        for (char c = 0; c < PLAIN_CHARS; c++) {
            if (Character.isLetter(c) && folding.fold(new char[] {c}, 0, 1, false) == 1) {
                plain[c] = folding.chars()[0];
            }
        }
        return plain;
    }

    /** A word's hash, as it is when it stands in a text. */
    static long word(String word) {
        var signature = new TextSignature();
        int length = signature.folding.fold(word.toCharArray(), 0, word.length(), false);
        long hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + signature.folding.chars()[i];
        }
        return mixed(hash);
    }

    /** Spreads every bit over all others; the last step of S. Vigna's SplitMix64. */
    static long mixed(long bits) {
        long mixed = bits + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
