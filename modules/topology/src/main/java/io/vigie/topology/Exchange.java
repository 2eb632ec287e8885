package io.vigie.topology;

import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.ContactAuthor;
import io.vigie.events.ContactDirection;
import io.vigie.events.Direction;
import io.vigie.events.Speaker;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Turn;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who turned to whom in one event, and what an agent said.
 *
 * @param direction empty when nobody turned to anybody, as when a system closes a ticket or an agent files one
 * @param answered whether it is an outbound call in which the customer spoke
 * @param agentWords empty when no agent said anything
 */
record Exchange(
        Optional<ContactDirection> direction,
        ContactAuthor author,
        boolean call,
        Optional<TicketAction> ticketAction,
        Optional<Long> durationMs,
        boolean answered,
        String agentWords) {
    static Exchange in(TicketEvent event) {
        String words = event.getAuthor() == Author.AGENT
                ? joined(Stream.of(event.getSubject(), event.getBody().map(QuotedReply::without))
                        .flatMap(Optional::stream))
                : "";
        return new Exchange(
                direction(event, words),
                ContactAuthor.valueOf(event.getAuthor().name()),
                false,
                Optional.of(event.getAction()),
                Optional.empty(),
                false,
                words);
    }

    static Exchange in(CallEvent event) {
        boolean outbound = event.getDirection() == Direction.OUTBOUND;
        return new Exchange(
                Optional.of(outbound ? ContactDirection.OUTBOUND : ContactDirection.INBOUND),
                outbound ? ContactAuthor.AGENT : ContactAuthor.CUSTOMER,
                true,
                Optional.empty(),
                Optional.of(event.getDurationMs()),
                outbound && !words(event, Speaker.CUSTOMER).isEmpty(),
                words(event, Speaker.AGENT));
    }

    /** A survey is what the customer sends back. */
    static Exchange ofSurvey() {
        return new Exchange(
                Optional.of(ContactDirection.INBOUND),
                ContactAuthor.CUSTOMER,
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                "");
    }

    /** Whether the company said something to the customer. */
    boolean answers() {
        return direction.equals(Optional.of(ContactDirection.OUTBOUND)) && (call ? answered : !agentWords.isEmpty());
    }

    /** An agent who creates a ticket notes down what a customer told him; it is what he adds later that goes out. */
    private static Optional<ContactDirection> direction(TicketEvent event, String agentWords) {
        return switch (event.getAuthor()) {
            case CUSTOMER -> Optional.of(ContactDirection.INBOUND);
            case AGENT ->
                agentWords.isEmpty() || event.getAction() == TicketAction.CREATED
                        ? Optional.empty()
                        : Optional.of(ContactDirection.OUTBOUND);
            case SYSTEM -> Optional.empty();
        };
    }

    private static String words(CallEvent event, Speaker speaker) {
        return joined(event.getTurns().stream()
                .filter(turn -> turn.getSpeaker() == speaker)
                .map(Turn::getText));
    }

    private static String joined(Stream<String> words) {
        return words.filter(word -> !word.isBlank()).collect(Collectors.joining("\n"));
    }
}
