package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final List<String> KINDS = List.of("tickets", "calls", "surveys");
    private static final List<String> TEXTS = List.of(
            "Ma facture est fausse, prélevé deux fois, c'est inadmissible.",
            "Plus d'internet depuis hier matin, je vais résilier.",
            "Merci à la conseillère, tout est réglé.",
            "Le routeur gère-t-il l'IPv6 ?",
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
    private int made;

    Ledger(Random random) {
        this.random = random;
        KINDS.forEach(kind -> sent.put(kind, new ArrayList<>()));
    }

    /** What is known of one verbatim that must be there. */
    record Entry(String offerId, String kind) {}

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
        for (JsonNode event : batch.events()) {
            String id =
                    event.path("source").asText() + ":" + event.path("eventId").asText();
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

    private ObjectNode event(String kind) {
        String id = "e" + made++;
        String text = TEXTS.get(random.nextInt(TEXTS.size())) + " Dossier " + id;
        String offer = offer();
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
        if (kind.equals("tickets")) {
            event.put("ticketId", "ticket-" + random.nextInt(200));
        }
        return event.put("occurredAt", millis);
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
        if (OFFERS.containsKey(offer)) {
            return offer;
        }
        return OFFERS.entrySet().stream()
                .filter(known -> known.getValue().equals(offer))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Topics.UNASSIGNED);
    }
}
