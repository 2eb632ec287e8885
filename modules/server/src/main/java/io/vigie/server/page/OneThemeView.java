package io.vigie.server.page;

import java.util.List;

/**
 * How a theme is recognised, and how well that works.
 *
 * @param code its id in the taxonomy
 * @param lead what was looked at
 * @param rules empty where the engine is not at hand
 */
public record OneThemeView(Frame frame, String code, String lead, List<Fact> facts, List<Rules> rules) {
    public OneThemeView {
        facts = List.copyOf(facts);
        rules = List.copyOf(rules);
    }

    /**
     * What the taxonomy says of it.
     *
     * @param cues each with how often it hits
     */
    public record Rules(Table cues, List<String> unless, List<String> examples, List<String> counterExamples) {
        public Rules {
            unless = List.copyOf(unless);
            examples = List.copyOf(examples);
            counterExamples = List.copyOf(counterExamples);
        }
    }
}
