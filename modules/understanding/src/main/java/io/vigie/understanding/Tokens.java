package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of a text, sentence by sentence, folded into one buffer; no string is made for a word.
 *
 * <p>Each word can be read whole (« l'offre ») or elided (« offre »): French cues see the second, English cues the
 * first. Owned by one thread.
 */
final class Tokens {
    /**
     * A stretch of words that cues are held against.
     *
     * @param from its first word
     * @param until behind its last word
     * @param mark what ended it: {@code ?}, {@code !} or {@code .}
     */
    record Sentence(int from, int until, char mark) {
        boolean asks() {
            return mark == '?';
        }
    }

    /** A longer run without a full stop is cut here: words so far apart say nothing together, and time stays linear. */
    static final int SENTENCE_WORDS_MAX = 200;

    private char[] chars;
    private int[] offset = new int[64];
    private int[] whole = new int[64];
    private int[] elided = new int[64];
    private int[] start = new int[64];
    private int[] end = new int[64];
    private boolean[] paused = new boolean[64];
    private int count;
    private final List<Sentence> sentences = new ArrayList<>();
    private int sentenceFrom;

    Tokens(int textLength) {
        chars = new char[textLength + textLength / 8 + 16];
    }

    int count() {
        return count;
    }

    List<Sentence> sentences() {
        return sentences;
    }

    char[] chars() {
        return chars;
    }

    /** Where the folded chars of a word begin in {@link #chars()}. */
    int from(int token, boolean elide) {
        return elide ? elided[token] : whole[token];
    }

    /** Where they end. */
    int until(int token) {
        return offset[token + 1];
    }

    /** The word itself, for messages and tests. */
    String word(int token, boolean elide) {
        int from = from(token, elide);
        return new String(chars, from, until(token) - from);
    }

    /** UTF-16 offset of the word in the text, behind the elided article if there is one. */
    int start(int token, boolean elide) {
        return elide ? start[token] + elided[token] - whole[token] : start[token];
    }

    int end(int token) {
        return end[token];
    }

    /** Whether a comma or the like stands between this word and the one before. */
    boolean pausedBefore(int token) {
        return paused[token];
    }

    /** Whether this word is « ne », or « n' » was elided from it. */
    boolean saysNe(int token) {
        int from = whole[token];
        boolean ne = until(token) - from == 2 && chars[from + 1] == 'e';
        return chars[from] == 'n' && (ne || elided[token] == from + 2);
    }

    /** Room for a word of so many code points; returns the buffer. */
    char[] room(int codePoints) {
        int needed = offset[count] + codePoints * Folding.EXPANSION_MAX;
        if (needed > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(needed, chars.length * 2));
        }
        return chars;
    }

    /** Where the next word goes in the buffer. */
    int next() {
        return offset[count];
    }

    /** Adds the word whose folded chars were written from {@link #next()} to {@code until}. */
    void add(int until, int articleLength, int textStart, int textEnd, boolean pausedBefore) {
        if (count + 2 > offset.length) {
            grow();
        }
        whole[count] = offset[count];
        elided[count] = offset[count] + articleLength;
        start[count] = textStart;
        end[count] = textEnd;
        paused[count] = pausedBefore;
        offset[++count] = until;
    }

    /** Ends the sentence that the words since the last call make up; without words, only a question mark counts. */
    void endSentence(char mark) {
        if (count == sentenceFrom) {
            askLast(mark);
            return;
        }
        while (count - sentenceFrom > SENTENCE_WORDS_MAX) {
            sentences.add(new Sentence(sentenceFrom, sentenceFrom + SENTENCE_WORDS_MAX, '.'));
            sentenceFrom += SENTENCE_WORDS_MAX;
        }
        sentences.add(new Sentence(sentenceFrom, count, mark));
        sentenceFrom = count;
    }

    private void askLast(char mark) {
        if (mark == '?' && !sentences.isEmpty()) {
            var last = sentences.removeLast();
            sentences.add(new Sentence(last.from(), last.until(), mark));
        }
    }

    private void grow() {
        int size = offset.length * 2;
        offset = Arrays.copyOf(offset, size);
        whole = Arrays.copyOf(whole, size);
        elided = Arrays.copyOf(elided, size);
        start = Arrays.copyOf(start, size);
        end = Arrays.copyOf(end, size);
        paused = Arrays.copyOf(paused, size);
    }
}
