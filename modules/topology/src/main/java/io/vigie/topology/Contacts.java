package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.SpokenPromise;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.understanding.AgentSpeech;
import io.vigie.understanding.ContactWish;
import io.vigie.understanding.OfferCatalogue;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Makes the contact of one event. It keeps no words but an agent's promises, redacted, and no customer but by key. */
final class Contacts {
    /** Where « vendredi » and « après 18 h » are meant: that of the customers, wherever the program runs. */
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private static final int DAY_MINUTES = 24 * 60;

    private final OfferCatalogue offers;
    private final CustomerKeys customers;
    private final AgentSpeech speech = new AgentSpeech(ZONE);

    Contacts(OfferCatalogue offers, CustomerKeys customers) {
        this.offers = offers;
        this.customers = customers;
    }

    /** Identifies the event of a contact over all sources. */
    static String eventKey(Contact contact) {
        return eventKey(contact.getSource(), contact.getEventId());
    }

    static String eventKey(String source, String eventId) {
        return Said.escaped(source) + ":" + Said.escaped(eventId);
    }

    /** @param verbatims what the customer said in the event */
    Contact contact(Said said, List<Verbatim> verbatims) {
        Exchange exchange = said.exchange();
        var spoken = speech.listen(exchange.agentWords(), said.occurredAt());
        var wish = wish(verbatims);
        var channel = wish.flatMap(ContactWish::channel);
        var window = wish.flatMap(ContactWish::window);
        return Contact.newBuilder()
                .setEventId(said.eventId())
                .setSource(said.source())
                .setConversationId(said.key())
                .setOccurredAt(said.occurredAt())
                .setCustomerKey(said.customerId().map(customers::keyOf).orElse(null))
                .setOfferId(offerId(said, verbatims))
                .setChannel(said.channel())
                .setDirection(exchange.direction().orElse(null))
                .setAuthor(exchange.author())
                .setCall(exchange.call())
                .setTicketAction(exchange.ticketAction().map(Enum::name).orElse(null))
                .setAgentId(said.agentId().orElse(null))
                .setDurationMs(exchange.durationMs().orElse(null))
                .setAnswered(exchange.answered())
                .setAnswers(exchange.answers())
                .setPromises(spoken.promises().stream()
                        .map(promise -> new SpokenPromise(promise.text(), promise.dueAt()))
                        .toList())
                .setVagueAnswer(spoken.vague())
                .setWishedChannel(channel.flatMap(Contacts::channel).orElse(null))
                .setWishedWriting(channel.equals(Optional.of(ContactWish.Wanted.WRITING)))
                .setProfileChannel(said.preferredChannel().orElse(null))
                .setWindowFrom(window.map(hours -> minute(hours.from())).orElse(null))
                .setWindowTo(
                        window.map(hours -> hours.to().equals(LocalTime.MIDNIGHT) ? DAY_MINUTES : minute(hours.to()))
                                .orElse(null))
                .build();
    }

    private String offerId(Said said, List<Verbatim> verbatims) {
        return verbatims.isEmpty()
                ? offers.resolve(said.offer().orElse(null), said.exchange().agentWords())
                        .offerId()
                        .orElse(Topics.UNASSIGNED)
                : verbatims.getFirst().getOfferId();
    }

    /** The answers of a survey, which are several verbatims, are read as one text. */
    private static Optional<ContactWish> wish(List<Verbatim> verbatims) {
        return switch (verbatims.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(ContactWish.in(verbatims.getFirst().getText()));
            default ->
                Optional.of(ContactWish.in(String.join(
                        "\n", verbatims.stream().map(Verbatim::getText).toList())));
        };
    }

    private static Optional<Channel> channel(ContactWish.Wanted wanted) {
        return switch (wanted) {
            case WRITING -> Optional.empty();
            case EMAIL, SMS, LETTER, CHAT, PHONE -> Optional.of(Channel.valueOf(wanted.name()));
        };
    }

    private static int minute(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }
}
