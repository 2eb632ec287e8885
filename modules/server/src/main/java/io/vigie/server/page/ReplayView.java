package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Dead letters of one cause, to be sent back.
 *
 * @param reason in words
 * @param code the reason as machines know it
 * @param topic where their records go
 * @param done how many were just sent, if any were asked for
 * @param problem why they cannot be
 * @param facts how many there are
 * @param limit says that not all go at once
 * @param button what it does; empty when there is nothing to send
 */
public record ReplayView(
        Frame frame,
        String reason,
        String code,
        String topic,
        Optional<String> done,
        Optional<Notice> problem,
        List<Fact> facts,
        Optional<String> limit,
        Optional<String> button) {
    public ReplayView {
        facts = List.copyOf(facts);
    }
}
