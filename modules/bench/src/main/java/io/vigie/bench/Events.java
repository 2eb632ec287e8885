package io.vigie.bench;

import io.vigie.events.Answer;
import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Direction;
import io.vigie.events.Speaker;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Events as contact centres send them, each with exactly one verbatim, so that counting verbatims counts events. Two of
 * four are tickets, one is a call, one a survey; four of five are French. The seed decides; one thread.
 */
final class Events {
    static final String SOURCE = "bench";
    static final List<String> OFFER_NAMES = List.of(
            "Fibre Essentielle",
            "Fibre Pro",
            "Mobile 20",
            "Mobile Illimité",
            "Box Azur",
            "Cloud Atelier",
            "Standard Virtuel",
            "Lien Dédié");

    private static final double NO_OFFER = 0.2;
    private static final double FRENCH = 0.8;
    private static final int CUSTOMERS = 20_000;

    private final String run;
    private final RandomGenerator random;
    private final Speech speech;
    private int made;

    /** @param run starts every id: the ids of two runs never meet */
    Events(String run, long seed) {
        this.run = run;
        this.random = new SplittableRandom(seed);
        this.speech = new Speech(random);
    }

    /** The id of an offer of {@link #OFFER_NAMES}. */
    static String offerId(String name) {
        return "bench-" + name.toLowerCase(Locale.ROOT).replace(' ', '-').replace("é", "e");
    }

    /** The next event, about any offer or none. */
    Event next(Instant occurredAt) {
        String offer = random.nextDouble() < NO_OFFER ? null : OFFER_NAMES.get(random.nextInt(OFFER_NAMES.size()));
        return event(run + "-" + made, offer, occurredAt);
    }

    /** An event with this id about this offer. */
    Event event(String id, @Nullable String offer, Instant occurredAt) {
        String language = random.nextDouble() < FRENCH ? Speech.FRENCH : Speech.ENGLISH;
        String text = speech.say(language, sentences());
        String customer = "customer-" + random.nextInt(CUSTOMERS);
        return switch (made++ % 4) {
            case 0, 1 -> ticket(id, offer, occurredAt, text, customer);
            case 2 -> call(id, offer, occurredAt, text, customer);
            default -> survey(id, offer, occurredAt, text, customer);
        };
    }

    /** Most texts have two to four sentences, some one, a few are long. */
    private int sentences() {
        int draw = random.nextInt(20);
        if (draw < 4) {
            return 1;
        }
        return draw < 18 ? 2 + draw % 3 : 10;
    }

    private Event ticket(String id, @Nullable String offer, Instant occurredAt, String text, String customer) {
        return new Event(TicketEvent.newBuilder()
                .setEventId(id)
                .setSource(SOURCE)
                .setOccurredAt(occurredAt)
                .setCustomerId(customer)
                .setOffer(offer)
                .setChannel(Channel.EMAIL)
                .setTicketId("ticket-" + id)
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody(text)
                .build());
    }

    private Event call(String id, @Nullable String offer, Instant occurredAt, String text, String customer) {
        var turns = List.of(
                new Turn(Speaker.AGENT, 0L, "Bonjour, que puis-je faire pour vous ?"),
                new Turn(Speaker.CUSTOMER, 4_000L, text),
                new Turn(Speaker.AGENT, 40_000L, "Je regarde cela tout de suite."));
        return new Event(CallEvent.newBuilder()
                .setEventId(id)
                .setSource(SOURCE)
                .setOccurredAt(occurredAt)
                .setCustomerId(customer)
                .setOffer(offer)
                .setChannel(Channel.PHONE)
                .setCallId("call-" + id)
                .setDirection(Direction.INBOUND)
                .setDurationMs(180_000L)
                .setTurns(turns)
                .build());
    }

    private Event survey(String id, @Nullable String offer, Instant occurredAt, String text, String customer) {
        return new Event(SurveyEvent.newBuilder()
                .setEventId(id)
                .setSource(SOURCE)
                .setOccurredAt(occurredAt)
                .setCustomerId(customer)
                .setOffer(offer)
                .setChannel(Channel.WEB)
                .setAttributes(Map.of("wave", "2"))
                .setSurveyId("survey")
                .setResponseId("response-" + id)
                .setNps(random.nextInt(11))
                .setAnswers(List.of(new Answer("why", null, text)))
                .build());
    }
}
