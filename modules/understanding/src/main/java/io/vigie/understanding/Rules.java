package io.vigie.understanding;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** All cues of a taxonomy and the engine's own, compiled, and what each of them is for. Immutable. */
final class Rules {
    /** What a cue that matches says about its sentence. */
    enum Role {
        LEAF,
        UNLESS,
        SEVERITY,
        INTENSITY,
        CHURN,
        CHANNEL,
        QUESTION,
        REQUEST,
        INQUIRY,
        CALLS,
        CONTRAST
    }

    /**
     * What a cue is for.
     *
     * @param index which leaf, level, churn score or channel preference of the taxonomy
     * @param weight how much one match says
     * @param written the cue as its author wrote it
     */
    record Purpose(Role role, int index, double weight, String written) {}

    /** The cues of one language; the purposes go by the numbers of the cues. */
    record Compiled(CueMatcher matcher, List<Purpose> purposes) {
        public Compiled {
            purposes = List.copyOf(purposes);
        }
    }

    private final Taxonomy.Contents taxonomy;
    private final Map<Language, Compiled> compiled = new EnumMap<>(Language.class);

    Rules(Taxonomy taxonomy) {
        this.taxonomy = taxonomy.contents();
        YamlMap own = ownCues();
        for (Language language : Language.values()) {
            compiled.put(language, compile(language, own));
        }
    }

    Taxonomy.Contents taxonomy() {
        return taxonomy;
    }

    Compiled in(Language language) {
        Compiled cues = compiled.get(language);
        if (cues == null) {
            throw new IllegalStateException("no cues for " + language);
        }
        return cues;
    }

    private Compiled compile(Language language, YamlMap own) {
        var set = new CueSet(language);
        for (int i = 0; i < taxonomy.leaves().size(); i++) {
            set.add(Role.LEAF, i, taxonomy.leaves().get(i).cues());
            set.add(Role.UNLESS, i, taxonomy.leaves().get(i).unless());
        }
        for (Taxonomy.SeverityLevel severity : taxonomy.severities()) {
            set.add(Role.SEVERITY, severity.level(), severity.cues());
        }
        set.add(Role.INTENSITY, 0, taxonomy.intensity().cues());
        for (int i = 0; i < taxonomy.churn().size(); i++) {
            set.add(Role.CHURN, i, taxonomy.churn().get(i).cues());
        }
        for (int i = 0; i < taxonomy.channels().size(); i++) {
            set.add(Role.CHANNEL, i, taxonomy.channels().get(i).cues());
        }
        set.add(Role.QUESTION, 0, taxonomy.question());
        set.add(Role.QUESTION, own.map("question"));
        set.add(Role.REQUEST, own.map("request"));
        set.add(Role.INQUIRY, own.map("inquiry"));
        set.add(Role.CALLS, own.map("calls"));
        set.add(Role.CONTRAST, own.map("contrast"));
        return set.compile();
    }

    private static YamlMap ownCues() {
        var problems = new ArrayList<String>();
        try (var reader = new InputStreamReader(Resources.open("engine.yaml"), StandardCharsets.UTF_8)) {
            return YamlMap.of(new Yaml(new LoaderOptions()).compose(reader), problems);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the engine's own cues", e);
        }
    }

    private static final class CueSet {
        private final Language language;
        private final CueMatcher.Builder builder;
        private final List<Purpose> purposes = new ArrayList<>();

        CueSet(Language language) {
            this.language = language;
            this.builder = new CueMatcher.Builder(language);
        }

        void add(Role role, int index, Taxonomy.Cues cues) {
            cues.in(language).forEach(cue -> add(role, index, cue));
        }

        void add(Role role, @Nullable YamlMap own) {
            if (own == null) {
                throw new IllegalStateException("the engine has no cues for " + role);
            }
            own.cues("cues_" + language.tag(), language).forEach(cue -> add(role, 0, cue));
            own.requireNoProblems();
        }

        Compiled compile() {
            return new Compiled(builder.build(), purposes);
        }

        private void add(Role role, int index, Taxonomy.WrittenCue written) {
            builder.add(written.cue());
            purposes.add(new Purpose(role, index, written.cue().weight(), written.text()));
        }
    }
}
