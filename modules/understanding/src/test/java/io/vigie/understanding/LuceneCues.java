package io.vigie.understanding;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.complexPhrase.ComplexPhraseQueryParser;
import org.apache.lucene.queryparser.flexible.core.QueryNodeException;
import org.apache.lucene.queryparser.flexible.standard.StandardQueryParser;
import org.apache.lucene.search.Query;

/** What Lucene makes of cues and sentences, with the analyzer that the taxonomy declares. */
final class LuceneCues {
    private static final String FIELD = "text";

    private final Analyzer analyzer;
    private final StandardQueryParser parser;
    private final ComplexPhraseQueryParser starsInPhrases;

    LuceneCues(Language language) {
        analyzer = new DeclaredAnalyzer(language);
        parser = new StandardQueryParser(analyzer);
        starsInPhrases = new ComplexPhraseQueryParser(FIELD, analyzer);
    }

    Query query(String cue) {
        try {
            // StandardQueryParser drops a star inside a phrase; Lucene's other parser keeps it.
            return cue.matches("\"[^\"]*\\*\"") ? starsInPhrases.parse(cue) : parser.parse(cue, FIELD);
        } catch (QueryNodeException | ParseException e) {
            throw new IllegalArgumentException(cue, e);
        }
    }

    Sentence sentence(String text) {
        var index = new MemoryIndex();
        index.addField(FIELD, text, analyzer);
        return query -> index.search(query) > 0;
    }

    /** Words with their offsets, written {@code start-end:word}. */
    List<String> words(String text) {
        var words = new ArrayList<String>();
        try (TokenStream stream = analyzer.tokenStream(FIELD, text)) {
            var word = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(offset.startOffset() + "-" + offset.endOffset() + ":" + word);
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a string", e);
        }
        return words;
    }

    /** A sentence that queries can be held against. */
    interface Sentence {
        boolean matches(Query query);
    }

    private static final class DeclaredAnalyzer extends Analyzer {
        private static final NormalizeCharMap APOSTROPHES = apostrophes();

        private final Language language;

        DeclaredAnalyzer(Language language) {
            this.language = language;
        }

        @Override
        protected Reader initReader(String field, Reader reader) {
            return new MappingCharFilter(APOSTROPHES, reader);
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            var tokenizer = new StandardTokenizer();
            TokenStream elided =
                    language.elides() ? new ElisionFilter(tokenizer, FrenchAnalyzer.DEFAULT_ARTICLES) : tokenizer;
            return new TokenStreamComponents(tokenizer, new ASCIIFoldingFilter(new LowerCaseFilter(elided)));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
            return new ASCIIFoldingFilter(new LowerCaseFilter(in));
        }

        private static NormalizeCharMap apostrophes() {
            var map = new NormalizeCharMap.Builder();
            map.add("’", "'");
            map.add("\u202F", " ");
            return map.build();
        }
    }
}
