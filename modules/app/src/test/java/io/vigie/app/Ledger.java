package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.PromiseState;
import io.vigie.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random events, doubles among them, and keeps book of what was acknowledged: that must be there, each once. */
final class Ledger {
    /** Offers that are declared, by id and name. */
    static final Map<String, String> OFFERS = Map.of(
            "box-acacia", "Box Acacia",
            "fibre-bruyere", "Fibre Bruyère",
            "mobile-cedre", "Mobile Cèdre 5G",
            "tv-daphne", "TV Daphné ++");

    /** What only the customer speaks of who is erased some time. */
    static final String ERASED_OFFER = "box-effacee";

    static final String ERASED_CUSTOMER = "customer-erased";

    /** The only question that anybody asks. */
    static final String QUESTION = "Le routeur gère-t-il l'IPv6 ?";

    private static final String PROMISE = "Vous aurez une réponse sous 48 h.";
    private static final String ANSWER = "C'est fait, tout est réglé.";
    private static final Duration PROMISED = Duration.ofDays(2);
    private static final Duration IN_TIME = Duration.ofHours(1);
    private static final Duration LATE = Duration.ofHours(50);
    /** Begins the ids of the erased customer's events. */
    private static final String HIS = "his-";

    private static final List<String> KINDS = List.of("tickets", "calls", "surveys");
    private static final List<String> TEXTS = List.of(
            "Ma facture est fausse, prélevé deux fois, c'est inadmissible.",
            "Plus d'internet depuis hier matin, je vais résilier.",
            "Merci à la conseillère, tout est réglé.",
            QUESTION,
            "I was charged twice this month, this is unacceptable.",
            "Je voudrais changer d'adresse.");
    private static final int NEW_MAX = 120;
    private static final Duration SPAN = Duration.ofDays(3);
    /** Of today and yesterday there are counts of five minutes. */
    private static final Duration FRESH = Duration.ofDays(1);

    private final Instant now = Instant.now();
    /** The last night in which Paris lost or gained an hour lies behind it, and may be half a year ago. */
    private final Instant first = ZoneId.of("Europe/Paris")
            .getRules()
            .previousTransition(now)
            .getInstant()
            .minus(Duration.ofDays(1));

    private final Random random;
    private final Map<String, List<ObjectNode>> sent = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, ObjectNode> acknowledged = new LinkedHashMap<>();
    private final List<ObjectNode> unanswered = new ArrayList<>();
    private boolean erased;
    private int made;

    Ledger(Random random) {
        this.random = random;
        KINDS.forEach(kind -> sent.put(kind, new ArrayList<>()));
    }

    /** What is known of one verbatim that must be there. */
    record Entry(String offerId, String kind) {}

    /** What is known of one contact. */
    record Met(String offerId, Instant at) {}

    /** What must have become of one promise. */
    record Promised(String offerId, Instant dueAt, PromiseState state, Optional<Instant> answeredAt) {}

    /** Events of one kind for one request. */
    record Batch(String kind, List<ObjectNode> events) {}

    /** New events, and doubles of them and of older ones. */
    Batch next() {
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        var known = sent.getOrDefault(kind, List.of());
        var events = new ArrayList<ObjectNode>();
        int count = 1 + random.nextInt(NEW_MAX);
        for (int i = 0; i < count; i++) {
            var event = event(kind);
            known.add(event);
            events.add(event);
        }
        for (int i = 0; i < count / 5; i++) {
            events.add(random.nextInt(events.size()), known.get(random.nextInt(known.size())));
        }
        return new Batch(kind, events);
    }

    void acknowledged(Batch batch) {
        for (ObjectNode event : batch.events()) {
            String id = id(event);
            acknowledged.put(id, event);
            if (isAgents(event) || isGone(id)) {
                continue;
            }
            var entry = new Entry(
                    resolved(event.path("offer").asText("")),
                    batch.kind().substring(0, batch.kind().length() - 1).toUpperCase(java.util.Locale.ROOT));
            if (event.has("answers")) {
                event.path("answers")
                        .forEach(answer ->
                                entries.put(id + ":" + answer.path("questionId").asText(), entry));
            } else {
                entries.put(id, entry);
            }
        }
    }

    /** What must be there, by verbatimId. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** From now on nothing of him must be there. */
    void erased() {
        erased = true;
        entries.keySet().removeIf(Ledger::isErased);
    }

    /** Whether a key or an id is of something that he said or that was made of it. */
    static boolean isErased(String key) {
        return key.contains(":" + HIS);
    }

    /** Every contact that must be there, by its key. */
    Map<String, Met> contacts() {
        var contacts = new HashMap<String, Met>();
        left().forEach((id, event) -> contacts.put(
                conversation(event) + ":" + id,
                new Met(resolved(event.path("offer").asText("")), at(event))));
        return contacts;
    }

    /** Every promise that must be there, by its id. */
    Map<String, Promised> promises() {
        var answers = new HashMap<String, Instant>();
        left().values().stream()
                .filter(event -> isAgents(event) && !isPromise(event))
                .forEach(event -> answers.put(conversation(event), at(event)));
        var promises = new HashMap<String, Promised>();
        left().forEach((id, event) -> {
            if (isPromise(event)) {
                var answer = Optional.ofNullable(answers.get(conversation(event)));
                Instant due = at(event).plus(PROMISED);
                var state = answer.filter(at -> !at.isAfter(due)).isPresent()
                        ? PromiseState.KEPT
                        : due.isAfter(Instant.now()) ? PromiseState.OPEN : PromiseState.BROKEN;
                promises.put(
                        id + ":0", new Promised(resolved(event.path("offer").asText()), due, state, answer));
            }
        });
        return promises;
    }

    private Map<String, ObjectNode> left() {
        var left = new HashMap<>(acknowledged);
        left.keySet().removeIf(this::isGone);
        return left;
    }

    private boolean isGone(String id) {
        return erased && isErased(id);
    }

    private ObjectNode event(String kind) {
        boolean his = random.nextInt(20) == 0;
        String id = (his ? HIS : "e") + made++;
        if (kind.equals("tickets") && random.nextInt(8) == 0) {
            return agents(id, his);
        }
        String text = TEXTS.get(random.nextInt(TEXTS.size())) + " Dossier " + id;
        String offer = his ? ERASED_OFFER : offer();
        ObjectNode event = switch (kind) {
            case "tickets" -> SampleEvents.ticket(id, offer, text);
            case "calls" -> SampleEvents.call(id, offer, "Bonjour, vous voulez résilier ?", text);
            default -> SampleEvents.survey(id, offer, text, "Rien à ajouter.");
        };
        double place = random.nextDouble();
        long millis = random.nextBoolean()
                ? first.toEpochMilli() + (long) (place * SPAN.toMillis())
                : now.toEpochMilli() - (long) (place * FRESH.toMillis());
        // Several events have the same key, as the steps of one ticket do.
        if (kind.equals("tickets") && !his) {
            event.put("ticketId", "ticket-" + random.nextInt(200));
        }
        if (his) {
            event.put("customerId", ERASED_CUSTOMER);
        }
        return event.put("occurredAt", millis);
    }

    /** A promise, whose time is over or is not yet, or the answer to one, before its time or after. */
    private ObjectNode agents(String id, boolean his) {
        if (!his && !unanswered.isEmpty() && random.nextBoolean()) {
            var promise = unanswered.remove(random.nextInt(unanswered.size()));
            boolean over = at(promise).plus(PROMISED).isBefore(now);
            var answeredAt = at(promise).plus(over && random.nextBoolean() ? LATE : IN_TIME);
            return agents(id, promise.path("offer").asText(), ANSWER, answeredAt)
                    .put("ticketId", promise.path("ticketId").asText())
                    .put("customerId", promise.path("customerId").asText());
        }
        var madeAt = now.minus(Duration.ofDays(random.nextBoolean() ? 1 : 3));
        if (his) {
            return agents(id, ERASED_OFFER, PROMISE, madeAt).put("customerId", ERASED_CUSTOMER);
        }
        var promise = agents(id, "fibre-bruyere", PROMISE, madeAt);
        unanswered.add(promise);
        return promise;
    }

    private static ObjectNode agents(String id, String offer, String words, Instant at) {
        return SampleEvents.ticket(id, offer, words)
                .put("author", "AGENT")
                .put("action", "COMMENTED")
                .put("occurredAt", at.toEpochMilli());
    }

    private static boolean isAgents(JsonNode event) {
        return event.path("author").asText().equals("AGENT");
    }

    private static boolean isPromise(JsonNode event) {
        return event.path("body").asText().equals(PROMISE);
    }

    private static String id(JsonNode event) {
        return event.path("source").asText() + ":" + event.path("eventId").asText();
    }

    private static String conversation(JsonNode event) {
        return event.path("ticketId")
                .asText(event.path("callId").asText(event.path("responseId").asText()));
    }

    private static Instant at(JsonNode event) {
        return Instant.ofEpochMilli(event.path("occurredAt").asLong());
    }

    /** By id, by name, one that nobody declared, or none. */
    private @Nullable String offer() {
        var declared = List.copyOf(
                OFFERS.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList());
        var one = declared.get(random.nextInt(declared.size()));
        return switch (random.nextInt(6)) {
            case 0 -> "Offre Inconnue";
            case 1 -> null;
            case 2, 3 -> one.getValue();
            default -> one.getKey();
        };
    }

    private static String resolved(String offer) {
        if (OFFERS.containsKey(offer) || offer.equals(ERASED_OFFER)) {
            return offer;
        }
        return OFFERS.entrySet().stream()
                .filter(known -> known.getValue().equals(offer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Topics.UNASSIGNED);
    }
}
