package io.vigie.bench;

import io.vigie.understanding.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.LowerCaseFilter;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.queryparser.flexible.core.QueryNodeException;
import org.apache.lucene.queryparser.flexible.standard.StandardQueryParser;
import org.apache.lucene.search.Query;
import org.yaml.snakeyaml.Yaml;

/** The cues of the shipped taxonomy as Lucene queries, held one by one against a text that is indexed in memory. */
final class LuceneCues {
    private static final String FIELD = "text";

    private final Analyzer analyzer = new CueAnalyzer();
    private final List<Query> queries = new ArrayList<>();

    private LuceneCues(List<String> cues) throws QueryNodeException {
        var parser = new StandardQueryParser(analyzer);
        for (String cue : cues) {
            queries.add(parser.parse(cue, FIELD));
        }
    }

    static LuceneCues ofTaxonomy(String language) {
        try (InputStream in = Objects.requireNonNull(Engine.class.getResourceAsStream("taxonomy.yaml"))) {
            var cues = new ArrayList<String>();
            collect(new Yaml().load(in), "_" + language, cues);
            return new LuceneCues(cues);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the taxonomy", e);
        } catch (QueryNodeException e) {
            throw new IllegalStateException("a cue of the taxonomy is no query of Lucene's", e);
        }
    }

    /** How many cues match. */
    int matching(String text) {
        var index = new MemoryIndex();
        index.addField(FIELD, text, analyzer);
        int matching = 0;
        for (Query query : queries) {
            matching += index.search(query) > 0 ? 1 : 0;
        }
        return matching;
    }

    private static void collect(Object node, String suffix, List<String> cues) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = key.toString();
                boolean ofCues = name.startsWith("cues") || name.startsWith("unless");
                if (!ofCues) {
                    collect(value, suffix, cues);
                } else if (name.endsWith(suffix) && value instanceof List<?> list) {
                    list.forEach(cue -> cues.add(cue.toString()));
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, suffix, cues));
        }
    }

    /** As the taxonomy declares it, but for its apostrophes: the texts here have only plain ones. */
    private static final class CueAnalyzer extends Analyzer {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            var tokenizer = new StandardTokenizer();
            var elided = new ElisionFilter(tokenizer, FrenchAnalyzer.DEFAULT_ARTICLES);
            return new TokenStreamComponents(tokenizer, normalize(field, elided));
        }

        @Override
        protected TokenStream normalize(String field, TokenStream in) {
            return new ASCIIFoldingFilter(new LowerCaseFilter(in));
        }
    }
}
