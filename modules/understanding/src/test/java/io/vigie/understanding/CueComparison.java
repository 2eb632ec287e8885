package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.search.Query;
import org.yaml.snakeyaml.Yaml;

/** Every cue of one language, compiled by us and by Lucene. */
final class CueComparison {
    private final LuceneCues lucene;
    private final List<String> cues;
    private final List<Query> queries = new ArrayList<>();
    private final CueMatcher matcher;
    private int matches;

    private CueComparison(Language language, List<String> cues) throws CueSyntaxException {
        this.cues = cues;
        lucene = new LuceneCues(language);
        var builder = new CueMatcher.Builder(language);
        for (String cue : cues) {
            builder.add(CueParser.parse(cue, language));
            queries.add(lucene.query(cue));
        }
        matcher = builder.build();
    }

    static CueComparison of(Language language) throws IOException, CueSyntaxException {
        return new CueComparison(language, cues(language));
    }

    List<String> cues() {
        return cues;
    }

    /** How many cues have matched so far. */
    int matches() {
        return matches;
    }

    /** Fails where one of the two finds a cue in a sentence and the other does not. */
    void compare(String text) {
        var ours = new TreeSet<String>();
        Tokens tokens = Tokenizer.words(text);
        for (Tokens.Sentence sentence : tokens.sentences()) {
            matcher.match(tokens, sentence, matcher.hits(), cue -> ours.add(cues.get(cue)));
        }
        var theirs = new TreeSet<String>();
        LuceneCues.Sentence sentence = lucene.sentence(text);
        for (int cue = 0; cue < cues.size(); cue++) {
            if (sentence.matches(queries.get(cue))) {
                theirs.add(cues.get(cue));
            }
        }
        matches += ours.size();

        assertThat(ours).as(text).isEqualTo(theirs);
    }

    /** Every cue of the taxonomy file as it is written there, whatever it is for. */
    private static List<String> cues(Language language) throws IOException {
        var cues = new ArrayList<String>();
        try (InputStream in = Resources.open("taxonomy.yaml")) {
            collect(new Yaml().load(new String(in.readAllBytes(), StandardCharsets.UTF_8)), "_" + language.tag(), cues);
        }
        assertThat(cues).hasSizeGreaterThan(500);
        cues.add("facture AND NOT (payée OR réglée)");
        cues.add("box routeur NOT fibre");
        cues.add("box AND (routeur modem)");
        cues.add("fibre OR box AND panne");
        cues.add("\"box fibre box\"~2");
        cues.add("\"la box la fibre\"~3");
        return cues;
    }

    private static void collect(Object node, String suffix, List<String> cues) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                String name = key.toString();
                if ((name.startsWith("cues") || name.startsWith("unless")) && value instanceof List<?> list) {
                    list.stream().filter(x -> name.endsWith(suffix)).forEach(cue -> cues.add(cue.toString()));
                } else {
                    collect(value, suffix, cues);
                }
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, suffix, cues));
        }
    }
}
