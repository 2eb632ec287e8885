package io.vigie.understanding;

import java.io.Reader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a taxonomy file ({@code voc-taxonomy/1}). Only nodes are composed: a file can name no class to be made. */
final class TaxonomyFile {
    static final int FILE_CHARS_MAX = 4_000_000;
    static final int NESTING_MAX = 20;

    private static final String SCHEMA = "voc-taxonomy/1";
    private static final int SEVERITY_MAX = 4;
    private static final Set<String> TOP = Set.of(
            "schema",
            "version",
            "languages",
            "syntax",
            "categories",
            "severity",
            "intensity",
            "churn",
            "channel_preference",
            "question",
            "promise",
            "negation_pitfalls");
    private static final Set<String> LEAF = Set.of(
            "id", "fr", "en", "kind", "severity", "cues_fr", "cues_en", "unless_fr", "unless_en", "examples", "note");
    private static final Set<String> CUES = Set.of("cues_fr", "cues_en", "note");

    private final List<String> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int cueCount;

    private TaxonomyFile() {}

    static Taxonomy read(Reader in) throws TaxonomyException {
        var file = new TaxonomyFile();
        Node root = compose(in);
        if (root == null) {
            throw new TaxonomyException(List.of("the file is empty"));
        }
        Taxonomy.Contents contents = file.contents(YamlMap.of(root, file.problems));
        file.checkLimits(contents);
        if (!file.problems.isEmpty()) {
            throw new TaxonomyException(file.problems);
        }
        return new Taxonomy(contents);
    }

    private static @Nullable Node compose(Reader in) throws TaxonomyException {
        var options = new LoaderOptions();
        options.setCodePointLimit(FILE_CHARS_MAX);
        options.setNestingDepthLimit(NESTING_MAX);
        options.setMaxAliasesForCollections(0);
        try {
            return new Yaml(options).compose(in);
        } catch (YAMLException e) {
            throw new TaxonomyException(List.of("not readable as YAML: " + e.getMessage()));
        }
    }

    private Taxonomy.Contents contents(YamlMap top) {
        if (!top.only(TOP).text("schema").equals(SCHEMA)) {
            top.problem("'schema' must be " + SCHEMA);
        }
        var categories = new ArrayList<Taxonomy.Category>();
        var leaves = new ArrayList<Taxonomy.LeafCues>();
        for (YamlMap category : top.maps("categories")) {
            categories.add(category(category, leaves));
        }
        return new Taxonomy.Contents(
                top.text("version"),
                categories,
                leaves,
                top.maps("severity").stream().map(this::severity).toList(),
                intensity(top.map("intensity")),
                top.maps("churn").stream().map(this::churn).toList(),
                top.maps("channel_preference").stream().map(this::channel).toList(),
                optional(top.map("question")),
                optional(top.map("promise")));
    }

    private Taxonomy.Category category(YamlMap category, List<Taxonomy.LeafCues> leaves) {
        category.only(Set.of("id", "fr", "en", "leaves", "note"));
        String id = id(category);
        category.maps("leaves").forEach(leaf -> leaves.add(leaf(leaf, id)));
        return new Taxonomy.Category(id, category.text("fr"), category.text("en"));
    }

    private Taxonomy.LeafCues leaf(YamlMap map, String category) {
        map.only(LEAF);
        var leaf = new Leaf(id(map), category, map.text("fr"), map.text("en"), kind(map), (int)
                map.number("severity", 0, SEVERITY_MAX));
        Taxonomy.Cues cues = cues(map, "cues");
        if (!map.lists("cues_fr") && !map.lists("cues_en")) {
            map.problem("leaf '" + leaf.id() + "' has no cues");
        }
        return new Taxonomy.LeafCues(leaf, cues, cues(map, "unless"), examples(map.map("examples")), map.line());
    }

    private static List<Taxonomy.Example> examples(@Nullable YamlMap map) {
        var examples = new ArrayList<Taxonomy.Example>();
        if (map != null) {
            map.only(Set.of("fr_match", "en_match", "fr_no_match", "en_no_match"));
            for (Language language : Language.values()) {
                example(map, language, true).ifPresent(examples::add);
                example(map, language, false).ifPresent(examples::add);
            }
        }
        return examples;
    }

    private static Optional<Taxonomy.Example> example(YamlMap map, Language language, boolean matches) {
        String key = language.tag() + (matches ? "_match" : "_no_match");
        return map.optional(key).map(text -> new Taxonomy.Example(language, text, matches, map.line(key)));
    }

    private static Leaf.Kind kind(YamlMap leaf) {
        return switch (leaf.text("kind")) {
            case "complaint" -> Leaf.Kind.COMPLAINT;
            case "question" -> Leaf.Kind.QUESTION;
            case "praise" -> Leaf.Kind.PRAISE;
            default -> {
                leaf.problem("'kind' must be complaint, question or praise");
                yield Leaf.Kind.COMPLAINT;
            }
        };
    }

    private Taxonomy.SeverityLevel severity(YamlMap map) {
        map.only(Set.of("level", "name_fr", "name_en", "cues_fr", "cues_en", "note"));
        return new Taxonomy.SeverityLevel((int) map.number("level", 0, SEVERITY_MAX), cues(map, "cues"));
    }

    private Taxonomy.Intensity intensity(@Nullable YamlMap map) {
        if (map == null) {
            return new Taxonomy.Intensity(0, Taxonomy.Cues.NONE);
        }
        map.only(Set.of("weight_add", "cues_fr", "cues_en", "note"));
        return new Taxonomy.Intensity((int) map.number("weight_add", 0, SEVERITY_MAX), cues(map, "cues"));
    }

    private Taxonomy.Churn churn(YamlMap map) {
        map.only(Set.of("id", "score", "cues_fr", "cues_en", "note"));
        return new Taxonomy.Churn(map.text("id"), map.number("score", -1, 1), cues(map, "cues"));
    }

    private Taxonomy.ChannelPreference channel(YamlMap map) {
        map.only(Set.of("id", "cues_fr", "cues_en", "note"));
        return new Taxonomy.ChannelPreference(map.text("id"), cues(map, "cues"));
    }

    private Taxonomy.Cues optional(@Nullable YamlMap map) {
        return map == null ? Taxonomy.Cues.NONE : cues(map.only(CUES), "cues");
    }

    private Taxonomy.Cues cues(YamlMap map, String key) {
        List<Taxonomy.WrittenCue> french = map.cues(key + "_fr", Language.FRENCH);
        List<Taxonomy.WrittenCue> english = map.cues(key + "_en", Language.ENGLISH);
        cueCount += french.size() + english.size();
        return new Taxonomy.Cues(Map.of(Language.FRENCH, french, Language.ENGLISH, english));
    }

    private String id(YamlMap map) {
        String id = map.text("id");
        if (!id.isEmpty() && !ids.add(id)) {
            map.problem("the id '" + id + "' is given twice");
        }
        return id;
    }

    private void checkLimits(Taxonomy.Contents contents) {
        if (contents.leaves().isEmpty()) {
            problems.add("there are no leaves");
        }
        if (contents.leaves().size() > Taxonomy.LEAVES_MAX) {
            problems.add("there are more than " + Taxonomy.LEAVES_MAX + " leaves");
        }
        if (cueCount > Taxonomy.CUES_MAX) {
            problems.add("there are more than " + Taxonomy.CUES_MAX + " cues");
        }
    }
}
