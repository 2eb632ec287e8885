package io.vigie.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.ArrayUtil;

/**
 * Words as they were said, without accents, capitals and articles, and with the stem of each beside it.
 *
 * <p>Stems share positions and offsets with their words in one field: a second field would cost a second analysis, and
 * analysis is 40 % of the work of indexing. They carry a mark that no word can, so that prefixes and phrases never meet
 * them; a stem that equals its word is left out. There are no stop words: "pas" and "not" matter most. Other forms of a
 * word ({@link WordFilter}) share its place too.
 */
final class TextAnalyzer extends Analyzer {
    static final TextAnalyzer FRENCH = new TextAnalyzer(false);
    static final TextAnalyzer ENGLISH = new TextAnalyzer(true);

    /** First character of an indexed stem; the tokenizer breaks at it, so no word has it. */
    static final char STEM_MARK = '\u0001';

    private final boolean english;

    private TextAnalyzer(boolean english) {
        this.english = english;
    }

    /** For texts of a language; those of an unknown one are taken for French. */
    static TextAnalyzer of(String language) {
        return language.startsWith("en") ? ENGLISH : FRENCH;
    }

    /** The words of a query in order, each as exactly as it is written, with their stems in every language. */
    static List<Word> words(String text) {
        var french = FRENCH.analyze(text);
        var english = ENGLISH.analyze(text);
        for (int i = 0; i < french.size(); i++) {
            french.get(i).stems().addAll(english.get(i).stems());
        }
        return french;
    }

    /** All forms a text is found by but the stems: {@code c++} and {@code c}. */
    static List<Word> forms(String text) {
        return FRENCH.analyze(text, true);
    }

    /** A compound and nothing else, as the one word many write it as: {@code wifi} for {@code Wi-Fi}. */
    static Optional<Word> inOneWord(String text) {
        var words = words(text);
        if (words.size() != 2) {
            return Optional.empty();
        }
        int start = words.getFirst().start();
        int end = words.getLast().end();
        return forms(text).stream()
                .filter(form -> form.start() == start && form.end() == end)
                .flatMap(form -> words(form.text()).stream())
                .findFirst();
    }

    /** One word of a text: its range in UTF-16 units and its stems that differ from it, without their mark. */
    record Word(String text, Set<String> stems, int position, int start, int end) {}

    /** The words of a text in order, as they were written, with the stems they are indexed with. */
    List<Word> analyze(String text) {
        return analyze(text, false);
    }

    private List<Word> analyze(String text, boolean allForms) {
        var words = new ArrayList<Word>();
        try (var stream = tokenStream(VerbatimDocument.TEXT, text)) {
            var term = stream.getAttribute(CharTermAttribute.class);
            var offset = stream.getAttribute(OffsetAttribute.class);
            var increment = stream.getAttribute(PositionIncrementAttribute.class);
            int position = -1;
            int after = 0;
            boolean taken = false;
            stream.reset();
            while (stream.incrementToken()) {
                position += increment.getPositionIncrement();
                if (term.charAt(0) != STEM_MARK) {
                    // The first form in a place is the one that was written; r&d also stands where its d does.
                    taken = allForms || (increment.getPositionIncrement() > 0 && offset.startOffset() >= after);
                    if (taken) {
                        after = offset.endOffset();
                        words.add(new Word(
                                term.toString(), new LinkedHashSet<>(), position, offset.startOffset(), after));
                    }
                } else if (taken) {
                    words.getLast()
                            .stems()
                            .add(term.subSequence(1, term.length()).toString());
                }
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a text in memory", e);
        }
        return words;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        var tokenizer = new StandardTokenizer();
        var text = new WrittenText();
        var twice = new Twice(new WordFilter(tokenizer, text));
        var stemmed = english ? new KStemFilter(twice) : new FrenchLightStemFilter(twice);
        return new TokenStreamComponents(
                reader -> tokenizer.setReader(text.open(reader)), new StemFilter(stemmed, twice, !english));
    }

    /**
     * Each word as it is, and once more to be stemmed unless it can have no stem: codes, numbers and names with a sign. As
     * Lucene's KeywordRepeatFilter, which copies all that is known of each word.
     */
    private static final class Twice extends TokenFilter {
        private static final int USUAL_LENGTH = 32;

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
        private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);
        private char[] word = new char[USUAL_LENGTH];
        private int length;
        private boolean again;

        Twice(TokenStream input) {
            super(input);
        }

        @Override
        public boolean incrementToken() throws IOException {
            if (again) {
                again = false;
                term.copyBuffer(word, 0, length);
                increment.setPositionIncrement(0);
                keyword.setKeyword(false);
                return true;
            }
            if (!input.incrementToken()) {
                return false;
            }
            length = term.length();
            word = ArrayUtil.grow(word, length);
            System.arraycopy(term.buffer(), 0, word, 0, length);
            keyword.setKeyword(true);
            again = !isCode();
            return true;
        }

        @Override
        public void reset() throws IOException {
            super.reset();
            again = false;
        }

        private boolean isCode() {
            for (int i = 0; i < length; i++) {
                char c = word[i];
                boolean letter = (c >= 'a' && c <= 'z') || c == '\'';
                if (!letter && (c < 0x80 || Character.isDigit(c))) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the last word is written like this. */
        boolean isWord(CharTermAttribute other) {
            return Arrays.equals(word, 0, length, other.buffer(), 0, other.length());
        }
    }

    /** Marks the stems, and leaves out those that say no more than their words or too little. */
    private static final class StemFilter extends TokenFilter {
        private static final int LENGTH_WITHOUT_I_MIN = 4;
        /** Words that are no stem of another: that word would find nearly every text. */
        private static final CharArraySet FREQUENT = frequent();

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);
        private final Twice words;
        private final boolean french;

        StemFilter(TokenStream input, Twice words, boolean french) {
            super(input);
            this.words = words;
            this.french = french;
        }

        @Override
        public boolean incrementToken() throws IOException {
            while (input.incrementToken()) {
                if (keyword.isKeyword()) {
                    return true;
                }
                if (french) {
                    cutFinalI();
                }
                if (!words.isWord(term) && !isFrequent()) {
                    mark();
                    return true;
                }
            }
            return false;
        }

        private static CharArraySet frequent() {
            var words = new CharArraySet(List.of("pas", "plus", "jamais", "rien", "sans", "non", "never"), true);
            words.addAll(FrenchAnalyzer.getDefaultStopSet());
            words.addAll(EnglishAnalyzer.getDefaultStopSet());
            return CharArraySet.unmodifiableSet(words);
        }

        /** The light stemmer leaves resili of résilier and of résiliation, but resil of résilié. */
        private void cutFinalI() {
            int last = term.length() - 1;
            if (last >= LENGTH_WITHOUT_I_MIN && term.charAt(last) == 'i') {
                term.setLength(last);
            }
        }

        /** The stem of the offer's name Pass is pas. */
        private boolean isFrequent() {
            return FREQUENT.contains(term.buffer(), 0, term.length());
        }

        private void mark() {
            int length = term.length();
            char[] buffer = term.resizeBuffer(length + 1);
            System.arraycopy(buffer, 0, buffer, 1, length);
            buffer[0] = STEM_MARK;
            term.setLength(length + 1);
        }
    }
}
