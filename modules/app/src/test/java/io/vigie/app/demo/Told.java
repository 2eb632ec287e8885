package io.vigie.app.demo;

import io.vigie.events.Author;
import io.vigie.events.Speaker;
import io.vigie.events.Turn;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the tests look at in an event of any kind. */
record Told(
        Optional<String> offer,
        Optional<String> language,
        Map<String, String> attributes,
        String customerText,
        String allText) {
    static Told of(DemoEvent event) {
        return switch (event) {
            case DemoEvent.Ticket(var ticket) -> {
                var text =
                        ticket.getSubject().orElse("") + "\n" + ticket.getBody().orElse("");
                var byCustomer = ticket.getAuthor() == Author.CUSTOMER ? text : "";
                yield new Told(ticket.getOffer(), ticket.getLanguage(), ticket.getAttributes(), byCustomer, text);
            }
            case DemoEvent.Call(var call) ->
                new Told(
                        call.getOffer(),
                        call.getLanguage(),
                        call.getAttributes(),
                        joined(call.getTurns().stream().filter(turn -> turn.getSpeaker() == Speaker.CUSTOMER)),
                        joined(call.getTurns().stream()));
            case DemoEvent.Survey(var survey) -> {
                var text = survey.getAnswers().getFirst().getText();
                yield new Told(survey.getOffer(), survey.getLanguage(), survey.getAttributes(), text, text);
            }
        };
    }

    String scene() {
        return attributes.getOrDefault("scene", "");
    }

    private static String joined(Stream<Turn> turns) {
        return String.join("\n", turns.map(Turn::getText).toList());
    }
}
