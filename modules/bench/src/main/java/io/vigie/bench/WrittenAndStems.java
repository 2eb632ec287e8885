package io.vigie.bench;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.KeywordRepeatFilter;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.ElisionFilter;

/**
 * Lucene's own filters for what our index finds: each word as it is written and by its stem, "pas" and "ne" too. Its French
 * analyzer keeps the stems only, and drops the words that negate.
 */
final class WrittenAndStems extends Analyzer {
    @Override
    protected TokenStreamComponents createComponents(String field) {
        var tokenizer = new StandardTokenizer();
        var folded = new ASCIIFoldingFilter(
                new ElisionFilter(new LowerCaseFilter(tokenizer), FrenchAnalyzer.DEFAULT_ARTICLES));
        var stemmed = new FrenchLightStemFilter(new KeywordRepeatFilter(folded));
        return new TokenStreamComponents(tokenizer, new RemoveDuplicatesTokenFilter(stemmed));
    }
}
