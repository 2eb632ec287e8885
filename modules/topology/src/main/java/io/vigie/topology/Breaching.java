package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import io.vigie.events.Contact;
import io.vigie.events.ContactDirection;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds the breaches in one account's contacts, oldest first: a function of them and of nothing else. */
final class Breaching {
    /** The unanswered calls within a week from which on they are pressure. */
    static final int CALLS_MAX = 5;

    static final Duration WEEK = Duration.ofDays(7);

    private final Wishes wishes = new Wishes();
    private final List<Breach> breaches = new ArrayList<>();
    /** Unanswered calls of the last week, oldest first. */
    private final Deque<Contact> calls = new ArrayDeque<>();

    private final List<Contact> history;
    private boolean alerted;

    private Breaching(List<Contact> history) {
        this.history = history;
    }

    static List<Breach> in(List<Contact> history) {
        var breaching = new Breaching(history);
        history.forEach(breaching::hear);
        return breaching.breaches;
    }

    /** Nobody breaches a wish by being called. */
    static boolean mayBreach(Contact contact) {
        return contact.getDirection().equals(Optional.of(ContactDirection.OUTBOUND));
    }

    /** Of the breach of that kind that a contact may be. */
    static String id(BreachKind kind, Contact contact) {
        return kind + ":" + Contacts.eventKey(contact);
    }

    private void hear(Contact contact) {
        wishes.hearProfile(contact);
        if (mayBreach(contact)) {
            channel(contact);
            if (contact.getCall()) {
                window(contact);
                pressure(contact);
            }
        }
        wishes.hearWords(contact);
    }

    private void channel(Contact contact) {
        wishes.channel()
                .filter(wish -> !wish.isMetBy(contact.getChannel()))
                .ifPresent(wish -> breaches.add(stated(contact, BreachKind.CHANNEL, wish.stated())
                        .setWishedChannel(wish.channel().orElse(null))
                        .build()));
    }

    private void window(Contact contact) {
        ZonedDateTime at = contact.getOccurredAt().atZone(Contacts.ZONE);
        int minute = at.getHour() * 60 + at.getMinute();
        wishes.window()
                .filter(stated -> !holds(stated, minute))
                .ifPresent(stated -> breaches.add(stated(contact, BreachKind.WINDOW, stated)
                        .setWindowFrom(stated.getWindowFrom().orElse(null))
                        .setWindowTo(stated.getWindowTo().orElse(null))
                        .build()));
    }

    /** « Entre 22 h et 6 h » goes over midnight. */
    private static boolean holds(Contact stated, int minute) {
        int from = stated.getWindowFrom().orElse(0);
        int to = stated.getWindowTo().orElse(Integer.MAX_VALUE);
        return from < to ? minute >= from && minute < to : minute >= from || minute < to;
    }

    /** One alert, and no other until a week has gone by without an unanswered call. */
    private void pressure(Contact contact) {
        if (contact.getAnswered()) {
            return;
        }
        if (!calls.isEmpty() && isWeekBefore(calls.getLast(), contact)) {
            alerted = false;
        }
        while (!calls.isEmpty() && isWeekBefore(calls.getFirst(), contact)) {
            calls.removeFirst();
        }
        calls.addLast(contact);
        if (calls.size() >= CALLS_MAX && !alerted) {
            alerted = true;
            breaches.add(breach(contact, BreachKind.PRESSURE)
                    .setCalls(calls.stream().map(Contacts::eventKey).toList())
                    .build());
        }
    }

    private static boolean isWeekBefore(Contact earlier, Contact contact) {
        return !earlier.getOccurredAt().plus(WEEK).isAfter(contact.getOccurredAt());
    }

    private Breach.Builder stated(Contact contact, BreachKind kind, Contact stated) {
        return breach(contact, kind)
                .setStatementSource(stated.getSource())
                .setStatementEventId(stated.getEventId())
                .setStatedAt(stated.getOccurredAt());
    }

    private Breach.Builder breach(Contact contact, BreachKind kind) {
        return Breach.newBuilder()
                .setBreachId(id(kind, contact))
                .setKind(kind)
                .setOfferId(History.offerOf(contact, history))
                .setSource(contact.getSource())
                .setEventId(contact.getEventId())
                .setConversationId(contact.getConversationId())
                .setCustomerKey(contact.getCustomerKey().orElse(null))
                .setOccurredAt(contact.getOccurredAt())
                .setChannel(contact.getChannel());
    }
}
