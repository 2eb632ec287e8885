package io.vigie.index;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A word that tells a text from others: frequent in it and rare elsewhere (tf-idf, as Lucene's MoreLikeThis selects them;
 * own, because there the word and its stem would be two words and nothing would say which of them a hit shares).
 *
 * @param said as it is written where the text first has it
 * @param forms as it is indexed, and its stem without mark
 * @param weight above 0
 */
record SignificantWord(String said, Set<String> forms, double weight) {
    /** Most words taken of a text. */
    static final int WORDS_MAX = 25;
    /** Most different words of a text that are looked up; of a transcript these are its first minutes. */
    static final int LOOKED_UP_MAX = 500;

    /** Most forms of a word that are searched; its stem is among them and stands for the others. */
    static final int FORMS_MAX = 8;

    /** The most significant first, ties in the order of the text; without the words that bind others together. */
    static List<SignificantWord> of(Verbatim verbatim, IndexReader reader) throws IOException {
        var families = new LinkedHashMap<String, Family>();
        for (var word : words(verbatim)) {
            String stem = word.stems().stream().findFirst().orElse(word.text());
            if (isSignificant(word.text()) && (families.containsKey(stem) || families.size() < LOOKED_UP_MAX)) {
                families.computeIfAbsent(stem, _ -> new Family(said(verbatim, word)))
                        .add(word);
            }
        }
        var significant = new ArrayList<SignificantWord>();
        for (var family : families.values()) {
            significant.add(family.weighed(reader));
        }
        return significant.stream()
                .sorted(Comparator.comparingDouble(SignificantWord::weight).reversed())
                .limit(WORDS_MAX)
                .toList();
    }

    /** The words of a verbatim as they are indexed, with their stems in its language. */
    static List<TextAnalyzer.Word> words(Verbatim verbatim) {
        return TextAnalyzer.of(verbatim.getLanguage()).analyze(verbatim.getText());
    }

    /** Whether a word says something by itself: it has two letters and does not just bind others together. */
    static boolean isSignificant(String word) {
        return word.codePointCount(0, word.length()) > 1 && !FunctionWords.has(word);
    }

    private static String said(Verbatim verbatim, TextAnalyzer.Word word) {
        return verbatim.getText().substring(word.start(), word.end());
    }

    /** Texts with the word itself or one of the same stem; each text counts its best form only. */
    Query query() {
        var alternatives = terms(forms).stream().<Query>map(TermQuery::new).toList();
        return new DisjunctionMaxQuery(alternatives, 0);
    }

    boolean isSharedBy(TextAnalyzer.Word word) {
        return forms.contains(word.text()) || word.stems().stream().anyMatch(forms::contains);
    }

    private static List<Term> terms(Set<String> forms) {
        var terms = new ArrayList<Term>();
        for (String form : forms) {
            terms.add(new Term(VerbatimDocument.TEXT, form));
            terms.add(new Term(VerbatimDocument.TEXT, TextAnalyzer.STEM_MARK + form));
        }
        return terms;
    }

    /** All words of a text with one stem. */
    private static final class Family {
        private final String said;
        private final Set<String> forms = new LinkedHashSet<>();
        private int count;

        Family(String said) {
            this.said = said;
        }

        void add(TextAnalyzer.Word word) {
            count++;
            if (forms.size() + 1 + word.stems().size() <= FORMS_MAX) {
                forms.add(word.text());
                forms.addAll(word.stems());
            }
        }

        SignificantWord weighed(IndexReader reader) throws IOException {
            int frequency = 0;
            for (var term : terms(forms)) {
                frequency = Math.max(frequency, reader.docFreq(term));
            }
            double rarity = Math.log(1 + (reader.maxDoc() - frequency + 0.5) / (frequency + 0.5));
            return new SignificantWord(said, Set.copyOf(forms), count * rarity);
        }
    }
}
