package io.vigie.app.demo;

import io.vigie.events.Answer;
import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Offer;
import io.vigie.events.Speaker;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Turn;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Turns words into the event of a customer who says them. All chance comes from the {@code Random} handed in. */
final class Narrator {
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final int AGENTS = 60;
    /** Customers of a scene who come back again and again, and how often it is one of them. */
    private static final int REGULARS = 12;

    private static final double REGULARS_SHARE = 0.25;
    private static final double HASTE_SHARE = 0.3;
    /** How slowly people speak on the telephone, in milliseconds per character. */
    private static final long MILLIS_PER_CHARACTER = 62;

    private final List<Offer> offers;
    private final Cast cast;
    private final Asides asides;

    Narrator(List<Offer> offers, Cast cast, Asides asides) {
        this.offers = List.copyOf(offers);
        this.cast = cast;
        this.asides = asides;
    }

    DemoEvent tell(Scene scene, Words words, String eventId, Instant at, Random random) {
        var told = told(scene, words, eventId, at, random);
        return switch (words) {
            case Words.Written written -> new DemoEvent.Ticket(ticket(told, written, random));
            case Words.Spoken spoken -> new DemoEvent.Call(call(told, spoken, random));
            case Words.Rated rated -> new DemoEvent.Survey(survey(told, rated, random));
        };
    }

    /** An agent's answer to a ticket. */
    DemoEvent reply(TicketEvent ticket, String text, String eventId, Instant at, Random random) {
        return comment(ticket, Author.AGENT, agent(random), text, eventId, at);
    }

    /** What the customer of a ticket makes of its answer. */
    DemoEvent again(TicketEvent ticket, String text, String eventId, Instant at) {
        return comment(ticket, Author.CUSTOMER, null, text, eventId, at);
    }

    private static DemoEvent comment(
            TicketEvent ticket, Author author, @Nullable String agentId, String text, String eventId, Instant at) {
        // Field by field: a builder's deep copy loads classes by name, which Avro refuses until they are declared
        // trusted.
        return new DemoEvent.Ticket(TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource(ticket.getSource())
                .setOccurredAt(at)
                .setCustomerId(ticket.getCustomerId().orElse(null))
                .setOffer(ticket.getOffer().orElse(null))
                .setChannel(ticket.getChannel())
                .setPreferredChannel(ticket.getPreferredChannel().orElse(null))
                .setLanguage(ticket.getLanguage().orElse(null))
                .setAgentId(agentId)
                .setAttributes(ticket.getAttributes())
                .setTicketId(ticket.getTicketId())
                .setAction(TicketAction.COMMENTED)
                .setAuthor(author)
                .setBody(text)
                .build());
    }

    /** What an event of any kind is made of. */
    private record Told(
            String eventId,
            Instant at,
            Customer customer,
            @Nullable String offer,
            @Nullable Channel prefers,
            @Nullable String language,
            Map<String, String> attributes,
            Slot.Moment moment,
            boolean asides) {
        String numbered(String kind) {
            return kind + eventId.substring(eventId.indexOf('-'));
        }

        String filled(String text, Random random) {
            return Slot.fill(text, moment, random);
        }
    }

    private Told told(Scene scene, Words words, String eventId, Instant at, Random random) {
        var about = words.about();
        var offer = offerOf(about);
        var index = random.nextInt(random.nextDouble() < REGULARS_SHARE ? REGULARS : scene.customers());
        var customer = cast.customer(offers.indexOf(offer), index, scene.region());
        return new Told(
                eventId,
                at,
                customer,
                asTheSourceKnows(offer, random),
                about.prefers().orElse(null),
                random.nextInt(5) == 0 ? null : about.language(),
                Map.of(
                        "scene", scene.id(),
                        "region", customer.region().name(),
                        "segment", offer.getSegment().orElseThrow()),
                new Slot.Moment(customer, at.atZone(ZONE).toLocalDate(), Locale.of(about.language())),
                scene.asides());
    }

    private TicketEvent ticket(Told told, Words.Written words, Random random) {
        return TicketEvent.newBuilder()
                .setEventId(told.eventId())
                .setSource("B2B".equals(told.attributes().get("segment")) ? "tickets-pro" : "tickets-grand-public")
                .setOccurredAt(told.at())
                .setCustomerId(told.customer().id())
                .setOffer(told.offer())
                .setChannel(words.channel())
                .setPreferredChannel(told.prefers())
                .setLanguage(told.language())
                .setAttributes(told.attributes())
                .setTicketId(told.numbered("T"))
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setSubject(words.subject()
                        .map(subject -> told.filled(subject, random))
                        .orElse(null))
                .setBody(told.filled(body(told, words, random), random))
                .build();
    }

    private String body(Told told, Words.Written words, Random random) {
        var quick = Asides.isQuick(words.channel());
        var text = quick && random.nextDouble() < HASTE_SHARE ? Customer.plain(words.text()) : words.text();
        var aside = told.asides() ? asides.written(words, random) : Optional.<String>empty();
        return aside.map(said -> text + joint(quick, words.text()) + said).orElse(text);
    }

    /** After a signature only a postscript can follow. */
    private static String joint(boolean quick, String text) {
        if (quick) {
            return Character.isLetterOrDigit(text.charAt(text.length() - 1)) ? ", " : " ";
        }
        return text.endsWith("}") || text.endsWith("}.") ? "\nP.-S. : " : "\n";
    }

    private CallEvent call(Told told, Words.Spoken words, Random random) {
        var turns = new ArrayList<Turn>();
        var offset = 0L;
        for (var turn : withAside(told, words, random)) {
            var text = told.filled(turn.getText(), random);
            turns.add(new Turn(turn.getSpeaker(), offset, text));
            offset += 700 + random.nextInt(1_500) + text.length() * MILLIS_PER_CHARACTER;
        }
        return CallEvent.newBuilder()
                .setEventId(told.eventId())
                .setSource("telephonie")
                .setOccurredAt(told.at())
                .setCustomerId(told.customer().id())
                .setOffer(told.offer())
                .setChannel(Channel.PHONE)
                .setPreferredChannel(told.prefers())
                .setLanguage(told.language())
                .setAgentId(agent(random))
                .setAttributes(told.attributes())
                .setCallId(told.numbered("A"))
                .setDirection(words.direction())
                .setDurationMs(offset)
                .setQueue(words.queue())
                .setTurns(turns)
                .build();
    }

    private List<Turn> withAside(Told told, Words.Spoken words, Random random) {
        var turns = new ArrayList<>(words.turns());
        if (told.asides()) {
            asides.spoken(words, random).ifPresent(aside -> turns.add(new Turn(Speaker.CUSTOMER, 0L, aside)));
        }
        return turns;
    }

    private SurveyEvent survey(Told told, Words.Rated words, Random random) {
        var aside = told.asides() ? asides.survey(words, random) : Optional.<String>empty();
        var text = aside.map(said -> words.text() + " " + said).orElse(words.text());
        return SurveyEvent.newBuilder()
                .setEventId(told.eventId())
                .setSource("enquetes")
                .setOccurredAt(told.at())
                .setCustomerId(told.customer().id())
                .setOffer(told.offer())
                .setChannel(random.nextBoolean() ? Channel.EMAIL : Channel.SMS)
                .setPreferredChannel(told.prefers())
                .setLanguage(told.language())
                .setAttributes(told.attributes())
                .setSurveyId(words.nps().isPresent() ? "recommandation" : "apres-contact")
                .setResponseId(told.numbered("R"))
                .setNps(words.nps().orElse(null))
                .setCsat(words.csat().orElse(null))
                .setAnswers(List.of(new Answer("raison", question(words), told.filled(text, random))))
                .build();
    }

    private static String question(Words.Rated words) {
        return "en".equals(words.about().language())
                ? "What is the main reason for your score?"
                : "Quelle est la raison principale de votre note ?";
    }

    private Offer offerOf(Words.About about) {
        return offers.stream()
                .filter(offer -> offer.getOfferId().equals(about.offerId()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no offer " + about.offerId() + " in offers.json"));
    }

    /** Sources know an offer by its id, by its name, by some other name, or not at all. */
    private static @Nullable String asTheSourceKnows(Offer offer, Random random) {
        var chance = random.nextInt(20);
        if (chance < 12) {
            return offer.getOfferId();
        }
        if (chance < 15) {
            return offer.getName();
        }
        return chance < 18 ? Cast.pick(offer.getAliases(), random) : null;
    }

    private static String agent(Random random) {
        return "agent-" + (100 + random.nextInt(AGENTS));
    }
}
