package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * How the pipeline stands.
 *
 * @param verdict in a sentence
 * @param isWell whether nothing is to be done
 * @param stages from where events come in to where they are found
 * @param rebuild of the index, when there is one
 * @param deadLetters by cause; empty when there are none
 * @param deadLettersTitle how many there are
 * @param remark what is to be known of them
 * @param notice instead of them
 */
public record OperationsView(
        Frame frame,
        String verdict,
        boolean isWell,
        List<Stage> stages,
        List<Check> checks,
        Optional<Rebuild> rebuild,
        List<Fact> index,
        String deadLettersTitle,
        List<Cause> deadLetters,
        Optional<String> remark,
        Optional<Notice> notice) {
    public OperationsView {
        stages = List.copyOf(stages);
        checks = List.copyOf(checks);
        index = List.copyOf(index);
        deadLetters = List.copyOf(deadLetters);
    }

    /**
     * One stretch of the pipeline.
     *
     * @param look {@code good}, {@code bad} or nothing
     */
    public record Stage(String name, String value, String note, String look, Optional<String> address) {}

    /**
     * One check.
     *
     * @param name in words
     * @param id as machines know it
     * @param isEnglish whether the detail is, on any page
     */
    public record Check(String name, String id, String state, String look, String detail, boolean isEnglish) {}

    /**
     * How far a rebuild is.
     *
     * @param width of the bar, such as {@code 43%}
     */
    public record Rebuild(String text, String width) {}

    /**
     * Dead letters of one cause.
     *
     * @param command that sends them back; empty where they cannot be
     * @param replay where they are sent back; empty where they cannot be
     * @param advice what to do
     */
    public record Cause(
            String reason,
            String code,
            String where,
            String count,
            String address,
            String since,
            String last,
            String sentBack,
            Optional<String> command,
            Optional<String> replay,
            String advice) {}
}
