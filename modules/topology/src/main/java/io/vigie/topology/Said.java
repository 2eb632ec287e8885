package io.vigie.topology;

import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Kind;
import io.vigie.events.Speaker;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import io.vigie.events.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the customer said in one event, and around it what every kind of event knows.
 *
 * @param key the key that the contract wants for the record
 * @param parts the customer's own words, one part for each verbatim; empty when the customer said nothing
 * @param exchange who turned to whom, and what an agent said
 */
record Said(
        Kind kind,
        String key,
        String source,
        String eventId,
        Instant occurredAt,
        Optional<String> customerId,
        Optional<String> offer,
        Channel channel,
        Optional<Channel> preferredChannel,
        Optional<String> language,
        Optional<String> agentId,
        Optional<Integer> nps,
        Optional<Integer> csat,
        Optional<Integer> ces,
        List<Part> parts,
        Exchange exchange) {
    /**
     * The words of one verbatim.
     *
     * @param name tells the parts of one event apart; empty when there is only one by nature
     */
    record Part(String name, String text) {}

    static Said in(TicketEvent event) {
        var words = event.getAuthor() == Author.CUSTOMER
                ? Stream.of(event.getSubject(), event.getBody().map(QuotedReply::without))
                : Stream.<Optional<String>>empty();
        return new Said(
                Kind.TICKET,
                event.getTicketId(),
                event.getSource(),
                event.getEventId(),
                event.getOccurredAt(),
                event.getCustomerId(),
                event.getOffer(),
                event.getChannel(),
                event.getPreferredChannel(),
                event.getLanguage(),
                event.getAgentId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                whole(words.flatMap(Optional::stream)),
                Exchange.in(event));
    }

    static Said in(CallEvent event) {
        var words = event.getTurns().stream()
                .filter(turn -> turn.getSpeaker() == Speaker.CUSTOMER)
                .map(Turn::getText);
        return new Said(
                Kind.CALL,
                event.getCallId(),
                event.getSource(),
                event.getEventId(),
                event.getOccurredAt(),
                event.getCustomerId(),
                event.getOffer(),
                event.getChannel(),
                event.getPreferredChannel(),
                event.getLanguage(),
                event.getAgentId(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                whole(words),
                Exchange.in(event));
    }

    static Said in(SurveyEvent event) {
        var parts = event.getAnswers().stream()
                .filter(answer -> !answer.getText().isBlank())
                .map(answer -> new Part(answer.getQuestionId(), answer.getText()))
                .toList();
        return new Said(
                Kind.SURVEY,
                event.getResponseId(),
                event.getSource(),
                event.getEventId(),
                event.getOccurredAt(),
                event.getCustomerId(),
                event.getOffer(),
                event.getChannel(),
                event.getPreferredChannel(),
                event.getLanguage(),
                event.getAgentId(),
                event.getNps(),
                event.getCsat(),
                event.getCes(),
                parts,
                Exchange.ofSurvey());
    }

    /** The same event gives the same ids for ever; the separator cannot occur inside a part, so no two events share one. */
    String verbatimId(Part part) {
        String id = escaped(source) + ":" + escaped(eventId);
        return part.name().isEmpty() ? id : id + ":" + escaped(part.name());
    }

    /** Identifies the event for deduplication: unique over all sources. */
    String eventKey() {
        return escaped(source) + ":" + escaped(eventId);
    }

    static String escaped(String id) {
        return id.replace("%", "%25").replace(":", "%3A");
    }

    private static List<Part> whole(Stream<String> words) {
        String text = words.filter(word -> !word.isBlank()).collect(Collectors.joining("\n"));
        return text.isEmpty() ? List.of() : List.of(new Part("", text));
    }
}
