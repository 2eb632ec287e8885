package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * What a proposed taxonomy would change.
 *
 * @param text that was sent, to be mended and sent again
 * @param problem why nothing is shown of it, if so
 * @param findings what is wrong with it, or may be
 * @param result empty before anything was sent
 */
public record TrialView(
        Frame frame, String text, Optional<String> problem, List<Finding> findings, Optional<Result> result) {
    public TrialView {
        findings = List.copyOf(findings);
    }

    /**
     * Something about a line.
     *
     * @param place which line
     * @param message in English
     * @param source the line itself; empty when it has no line
     */
    public record Finding(String place, String message, String source) {}

    /**
     * What would change.
     *
     * @param verdict in one sentence
     * @param facts about all of it
     * @param changed theme by theme
     * @param examples of the themes that change
     * @param same how many themes stay as they are
     */
    public record Result(
            String verdict, List<Fact> facts, Optional<Table> changed, List<Example> examples, String same) {
        public Result {
            facts = List.copyOf(facts);
            examples = List.copyOf(examples);
        }
    }

    /** Verbatims that gain or lose a theme. */
    public record Example(String theme, String code, List<Quote> gained, List<Quote> lost) {
        public Example {
            gained = List.copyOf(gained);
            lost = List.copyOf(lost);
        }
    }
}
