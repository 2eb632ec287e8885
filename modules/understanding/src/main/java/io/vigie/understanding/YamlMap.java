package io.vigie.understanding;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A mapping of a YAML file, read key by key. What is wrong is noted with its line and answered with an empty value, so
 * that reading goes on and all problems are found at once.
 */
final class YamlMap {
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<String> problems;

    private YamlMap(Node node, List<String> problems) {
        this.node = node;
        this.problems = problems;
        if (!(node instanceof MappingNode mapping)) {
            problem(node, "expected keys and values");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            put(tuple);
        }
    }

    static YamlMap of(Node node, List<String> problems) {
        return new YamlMap(node, problems);
    }

    /** Notes every key that is not one of these. */
    YamlMap only(Set<String> known) {
        values.forEach((key, value) -> {
            if (!known.contains(key)) {
                problem(value, "unknown key '" + key + "'");
            }
        });
        return this;
    }

    /** A text that must be there. */
    String text(String key) {
        String text = scalar(key);
        if (text == null || text.isBlank()) {
            problem("'" + key + "' is missing");
            return "";
        }
        return text;
    }

    /** A number that must be there, and within bounds. */
    double number(String key, double least, double most) {
        String text = text(key);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers that are out of bounds.
        }
        if (!text.isEmpty()) {
            problem("'" + key + "' is " + text + " but must be a number from " + least + " to " + most);
        }
        return least;
    }

    /** The mappings of a list; an absent list is empty. */
    List<YamlMap> maps(String key) {
        return items(key).stream().map(item -> new YamlMap(item, problems)).toList();
    }

    /** Whether there is a list with anything in it. */
    boolean lists(String key) {
        return values.get(key) instanceof SequenceNode sequence
                && !sequence.getValue().isEmpty();
    }

    /** A mapping; an absent one is null. */
    @Nullable
    YamlMap map(String key) {
        Node value = values.get(key);
        return value == null ? null : new YamlMap(value, problems);
    }

    /** A text that may be absent. */
    Optional<String> optional(String key) {
        return Optional.ofNullable(scalar(key));
    }

    /** The line where it begins, from 1. */
    int line() {
        return line(node);
    }

    /** The line where a value begins; that of the whole for a key that is not there. */
    int line(String key) {
        return line(values.getOrDefault(key, node));
    }

    List<Taxonomy.WrittenCue> cues(String key, Language language) {
        var cues = new ArrayList<Taxonomy.WrittenCue>();
        for (Node item : items(key)) {
            cue(key, item, language, cues);
        }
        return cues;
    }

    /** For a file of our own, where a problem is a broken build. */
    void requireNoProblems() {
        if (!problems.isEmpty()) {
            throw new IllegalStateException("broken resource: " + problems);
        }
    }

    void problem(String message) {
        problem(node, message);
    }

    private void cue(String key, Node item, Language language, List<Taxonomy.WrittenCue> cues) {
        if (!(item instanceof ScalarNode scalar)) {
            problem(item, "an item of '" + key + "' must be a text");
            return;
        }
        try {
            Cue cue = CueParser.parse(scalar.getValue(), language);
            cues.add(new Taxonomy.WrittenCue(cue, scalar.getValue(), line(item)));
        } catch (CueSyntaxException e) {
            problem(item, "cue <" + scalar.getValue() + "> of '" + key + "': " + e.getMessage());
        }
    }

    private List<Node> items(String key) {
        Node value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problem(value, "'" + key + "' must be a list");
        return List.of();
    }

    private @Nullable String scalar(String key) {
        Node value = values.get(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        problem(value, "'" + key + "' must be a text");
        return null;
    }

    private void put(NodeTuple tuple) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problem(tuple.getKeyNode(), "a key must be a text");
        } else if (values.put(key.getValue(), tuple.getValueNode()) != null) {
            problem(key, "'" + key.getValue() + "' is given twice");
        }
    }

    private void problem(Node at, String message) {
        problems.add("line " + line(at) + ": " + message);
    }

    private static int line(Node at) {
        return at.getStartMark().getLine() + 1;
    }
}
