package io.vigie.index;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The characters of the text that is being analysed, with every sign that people type for an apostrophe as one. The
 * tokenizer throws signs away; this is where a word finds those that belong to it. One character stays one, so offsets
 * are those of the text.
 */
final class WrittenText {
    /** Longest run of signs that is taken for part of a name: {@code C++}, but not {@code génial++++++}. */
    private static final int SIGNS_MAX = 3;

    /** French has it before a question mark; Unicode's word break rules take it for a letter like the underscore. */
    private static final char NARROW_SPACE = '\u202f';

    private char[] chars = new char[1_024];
    private int length;

    /** Takes a text in, and gives it back to be read with plain apostrophes and spaces. */
    Reader open(Reader text) {
        try (text) {
            length = 0;
            for (int read = 0; read >= 0; read = text.read(chars, length, chars.length - length)) {
                length += read;
                if (length == chars.length) {
                    chars = Arrays.copyOf(chars, 2 * length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a text in memory", e);
        }
        plainSigns();
        return new CharArrayReader(chars, 0, length);
    }

    private void plainSigns() {
        for (int i = 0; i < length; i++) {
            char c = chars[i];
            if (c >= 0x80 || c == '`') {
                chars[i] = isApostrophe(c) ? '\'' : c == NARROW_SPACE ? ' ' : c;
            }
        }
    }

    /** Quotes, the modifier letter, primes, accents without a letter, and Windows' quotes read as Latin-1. */
    private static boolean isApostrophe(char c) {
        return switch (c) {
            case '`',
                    '\u00b4',
                    '\u0091',
                    '\u0092',
                    '\u02b9',
                    '\u02bc',
                    '\u2018',
                    '\u2019',
                    '\u201b',
                    '\u2032',
                    '\uff07' -> true;
            default -> false;
        };
    }

    char[] chars() {
        return chars;
    }

    /**
     * Where the plusses or sharps end that belong to the word before them, or that word's end when there are none:
     * {@code C++}, {@code C#}, {@code 4G+}, {@code Cloud ++}. A sum ({@code 1+1}, {@code box + TV}) has none.
     */
    int signsEnd(int wordEnd) {
        boolean apart = isSpace(wordEnd) && is('+', wordEnd + 1) && is('+', wordEnd + 2);
        int start = apart ? wordEnd + 1 : wordEnd;
        if (start >= length
                || !(chars[start] == '+' || (chars[start] == '#' && Character.isLetter(chars[wordEnd - 1])))) {
            return wordEnd;
        }
        int end = start;
        while (is(chars[start], end) && end - start <= SIGNS_MAX) {
            end++;
        }
        boolean sum = isWord(end) && (end - start == 1 || !Character.isDigit(chars[end]));
        return end - start > SIGNS_MAX || sum ? wordEnd : end;
    }

    /** Whether a word begins with a full stop that ends no sentence: {@code .NET}, {@code .fr}. */
    boolean hasDotBefore(int wordStart) {
        return is('.', wordStart - 1) && Character.isLetter(chars[wordStart]) && !isInText(wordStart - 2);
    }

    /** A full stop after a word or another sign ends a sentence; after a space or an opening sign it begins a name. */
    private boolean isInText(int i) {
        return i >= 0
                && !Character.isWhitespace(chars[i])
                && !Character.isSpaceChar(chars[i])
                && "(['\"«“/".indexOf(chars[i]) < 0;
    }

    boolean isHyphen(int i) {
        return is('-', i) || is('\u2010', i) || is('\u2011', i);
    }

    boolean is(char c, int i) {
        return i >= 0 && i < length && chars[i] == c;
    }

    private boolean isSpace(int i) {
        return is(' ', i) || is('\u00a0', i);
    }

    String between(int start, int end) {
        return start < end ? new String(chars, start, end - start) : "";
    }

    boolean hasDigit(int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isDigit(chars[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a letter, an accent of its own or a digit stands there; the halves of a surrogate pair are none. */
    boolean isWord(int i) {
        return i >= 0
                && i < length
                && (Character.isLetterOrDigit(chars[i]) || Character.getType(chars[i]) == Character.NON_SPACING_MARK);
    }

    /** Where the letters and digits end that start here. */
    int wordEnd(int start) {
        int end = start;
        while (isWord(end)) {
            end++;
        }
        return end;
    }
}
