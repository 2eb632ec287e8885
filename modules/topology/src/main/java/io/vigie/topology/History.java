package io.vigie.topology;

import io.vigie.events.Contact;
import io.vigie.events.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The contacts of each account, in the order in which they happened. An account is a customer, or a conversation with nobody
 * known. When nothing was heard of an account for {@link Sweep#KEPT}, its history is gone, but for the contacts in which a
 * promise was made that was due since.
 */
final class History {
    /** Key: account, time, event. */
    static final String STORE = "customer-contacts";
    /** Contacts kept of one account; the oldest go first, but those that state the wishes that hold now. */
    static final int CONTACTS_MAX = 200;

    private static final char SEPARATOR = '\0';

    private final TimestampedKeyValueStore<String, Contact> store;

    History(TimestampedKeyValueStore<String, Contact> store) {
        this.store = store;
    }

    /** The contacts of an account, oldest first. */
    List<Contact> of(String account) {
        return contacts(entries(account));
    }

    static boolean namesOffer(Contact contact) {
        return !contact.getOfferId().equals(Topics.UNASSIGNED);
    }

    static boolean isInConversation(Contact contact, String source, String conversationId) {
        return contact.getConversationId().equals(conversationId)
                && contact.getSource().equals(source);
    }

    static boolean isSameConversation(Contact one, Contact other) {
        return isInConversation(one, other.getSource(), other.getConversationId());
    }

    /**
     * What a contact is about. An agent seldom names the offer that the whole ticket is about: it is the one that was named
     * last in the conversation, or else is named first afterwards. A call is mostly a conversation of its own, and then about
     * what the customer had named last.
     */
    static String offerOf(Contact contact, List<Contact> history) {
        if (namesOffer(contact)) {
            return contact.getOfferId();
        }
        List<Contact> naming = history.stream().filter(History::namesOffer).toList();
        List<Contact> inConversation = naming.stream()
                .filter(other -> isSameConversation(other, contact))
                .toList();
        return lastUntil(contact, inConversation)
                .or(() -> inConversation.stream().findFirst())
                .or(() -> contact.getCall() ? lastUntil(contact, naming) : Optional.empty())
                .map(Contact::getOfferId)
                .orElse(Topics.UNASSIGNED);
    }

    private static Optional<Contact> lastUntil(Contact contact, List<Contact> others) {
        return others.stream()
                .filter(other -> !other.getOccurredAt().isAfter(contact.getOccurredAt()))
                .reduce((first, last) -> last);
    }

    /**
     * Puts a contact into the history of its account.
     *
     * @param left told of each contact that there is no room for any more, and when it had arrived
     * @return the history, oldest first; without the contact when it is older than all for which there is room
     */
    List<Contact> put(String account, Contact contact, long arrivedAt, ObjLongConsumer<Contact> left) {
        store.put(key(account, contact), ValueAndTimestamp.make(contact, arrivedAt));
        var entries = entries(account);
        if (entries.size() > CONTACTS_MAX) {
            List<Contact> stated = Wishes.after(contacts(entries)).statements();
            var leaving = entries.stream()
                    .filter(entry -> !stated.contains(entry.value.value()))
                    .limit(entries.size() - CONTACTS_MAX)
                    .toList();
            leaving.forEach(entry -> {
                store.delete(entry.key);
                left.accept(entry.value.value(), entry.value.timestamp());
            });
            entries.removeAll(leaving);
        }
        // A history is kept as a whole: what arrived long ago would be swept away while its account is in use.
        for (var entry : entries) {
            if (entry.value.timestamp() < arrivedAt - Sweep.KEPT.toMillis() / 2) {
                store.put(entry.key, ValueAndTimestamp.make(entry.value.value(), arrivedAt));
            }
        }
        return contacts(entries);
    }

    /** Takes out all contacts of an account, and gives them with the time of their arrival, oldest first. */
    List<ValueAndTimestamp<Contact>> takeAll(String account) {
        var entries = entries(account);
        entries.forEach(entry -> store.delete(entry.key));
        return entries.stream().map(entry -> entry.value).toList();
    }

    /** Takes out what falls under an erasure of the account, and gives it. */
    List<Contact> erase(String account, Instant requestedAt) {
        var covered = entries(account).stream()
                .filter(entry -> ErasedCustomers.covers(
                        requestedAt,
                        entry.value.value().getOccurredAt(),
                        Instant.ofEpochMilli(entry.value.timestamp())))
                .toList();
        covered.forEach(entry -> store.delete(entry.key));
        return contacts(covered);
    }

    private List<KeyValue<String, ValueAndTimestamp<Contact>>> entries(String account) {
        var found = new ArrayList<KeyValue<String, ValueAndTimestamp<Contact>>>();
        try (var entries = store.range(prefix(account), prefix(account) + '\uFFFF')) {
            entries.forEachRemaining(found::add);
        }
        return found;
    }

    private static List<Contact> contacts(List<KeyValue<String, ValueAndTimestamp<Contact>>> entries) {
        return entries.stream().map(entry -> entry.value.value()).toList();
    }

    private static String key(String account, Contact contact) {
        return prefix(account) + sortable(contact.getOccurredAt()) + SEPARATOR + Contacts.eventKey(contact);
    }

    private static String prefix(String account) {
        return account.replace(SEPARATOR, '\uFFFD') + SEPARATOR;
    }

    /** Texts of times sort as the times do; none is before 1970. */
    static String sortable(Instant time) {
        return String.format(Locale.ROOT, "%020d", Math.max(0, time.toEpochMilli()));
    }

    /**
     * A contact as it was put into the history of its account. The history is read once for all that is made of it.
     *
     * @param history oldest first; without the contact when it is older than all for which there is room
     */
    record Heard(Contact contact, List<Contact> history) {}

    /** Puts each contact into the history of its account and hands it on. */
    static final class Keeper extends ContextualProcessor<String, Contact, String, Heard> {
        @Override
        public void init(ProcessorContext<String, Heard> context) {
            super.init(context);
            var sweep = new Sweep<Contact>(context.getStateStore(STORE), (key, contact) -> {}, Keeper::keptUntil);
            context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
        }

        /** An answer keeps only the promises of contacts that are there. */
        private static long keptUntil(String key, Contact contact, long heardAt) {
            return Sweep.after(contact.getPromises().stream()
                    .mapToLong(promise -> promise.getDueAt().toEpochMilli())
                    .reduce(heardAt, Math::max));
        }

        @Override
        public void process(Record<String, Contact> contact) {
            var records = new AccountRecords(context().getStateStore(AccountRecords.STORE));
            List<Contact> history = new History(context().getStateStore(STORE))
                    .put(
                            contact.key(),
                            contact.value(),
                            contact.timestamp(),
                            (left, arrivedAt) -> records.note(
                                    contact.key(),
                                    new AccountRecords.Entry(
                                            AccountRecords.Kind.CONTACT,
                                            ContactKey.of(left).text()),
                                    left.getOccurredAt(),
                                    arrivedAt));
            context().forward(contact.withValue(new Heard(contact.value(), history)));
        }
    }
}
