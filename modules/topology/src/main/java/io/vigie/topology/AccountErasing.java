package io.vigie.topology;

import io.vigie.events.Breach;
import io.vigie.events.Contact;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Promise;
import io.vigie.topology.AccountRecords.Entry;
import io.vigie.topology.AccountRecords.Kind;
import io.vigie.topology.OfAccount.Forget;
import io.vigie.topology.OfAccount.Met;
import io.vigie.topology.OfAccount.Named;
import io.vigie.topology.OfAccount.Noted;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * Erases the contacts of an account, and what was made of them, from the state and from the topics, in one transaction, and
 * hands those of a conversation on to its customer when he becomes known. It goes before all that remembers an account: what
 * comes after the request, and was said or received before it, is erased as it comes and remembered by nobody.
 */
final class AccountErasing extends ContextualProcessor<String, OfAccount, String, AccountErasing.Done> {
    /** Key: account. Value: {@link Progress}. */
    static final String STORE = "erased-accounts";
    /** Of the tombstone of a contact: when its erasure was requested, and the request's id. */
    static final String HEADER = "erasure";

    /** Begins the account of a conversation with nobody known, and no customer's key. */
    private static final String CONVERSATION = "conversation ";

    /** What goes on, or is to be written. */
    sealed interface Done {
        /** Not erased; under its account. */
        record Kept(Contact contact) implements Done {}

        /** Under the contact's key. */
        record ContactGone() implements Done {}

        /** Whose it is became known after it came; under the contact's key. */
        record ContactNamed(Contact contact) implements Done {}

        /** Under the promise's id. */
        record PromiseGone() implements Done {}

        /** Under the breach's id; null when it is none any more. */
        record BreachNow(@Nullable Breach breach) implements Done {}

        record Receipt(ErasureReceipt receipt) implements Done {}
    }

    /**
     * What an erasure has taken out; kept as text: numbers with blanks between them, and the id of the request last.
     *
     * @param contacts of the topic
     * @param remembered contacts of the state
     */
    private record Progress(
            Instant requestedAt, int contacts, int remembered, int promises, int breaches, String requestId) {
        static Progress of(String text) {
            String[] fields = text.split(" ", 6);
            return new Progress(
                    Instant.ofEpochMilli(Long.parseLong(fields[0])),
                    Integer.parseInt(fields[1]),
                    Integer.parseInt(fields[2]),
                    Integer.parseInt(fields[3]),
                    Integer.parseInt(fields[4]),
                    fields[5]);
        }

        String text() {
            return requestedAt.toEpochMilli() + " " + contacts + " " + remembered + " " + promises + " " + breaches
                    + " " + requestId;
        }

        Progress oneContactMore() {
            return new Progress(requestedAt, contacts + 1, remembered, promises, breaches, requestId);
        }
    }

    /** The account of a conversation as long as its customer is not known. */
    static String ofConversation(String source, String conversationId) {
        return CONVERSATION + Contacts.eventKey(source, conversationId);
    }

    /** What the tombstone of a contact says of the erasure it is from; empty when it is from none. */
    static Optional<Forget> erasure(Headers headers) {
        return Optional.ofNullable(headers.lastHeader(HEADER)).map(header -> {
            String[] fields = new String(header.value(), StandardCharsets.UTF_8).split(" ", 2);
            return new Forget(fields[1], Instant.ofEpochMilli(Long.parseLong(fields[0])));
        });
    }

    @Override
    public void init(ProcessorContext<String, Done> context) {
        super.init(context);
        var sweep = new Sweep<String>(
                context.getStateStore(AccountRecords.STORE), (key, times) -> {}, AccountRecords::keptUntil);
        context.schedule(Sweep.EVERY, PunctuationType.WALL_CLOCK_TIME, sweep::step);
    }

    @Override
    public void process(Record<String, OfAccount> record) {
        String account = record.key();
        switch (record.value()) {
            case Met(Contact contact) -> met(account, contact, record.timestamp());
            case Noted noted -> noted(account, noted, record.timestamp());
            case Forget forget -> forget(account, forget, record.timestamp());
            case Named(String customer) -> named(account, customer, record.timestamp());
        }
    }

    private void met(String account, Contact contact, long receivedAt) {
        var progress = progress(account);
        if (progress == null || !covers(progress, contact.getOccurredAt(), receivedAt)) {
            forward(account, new Done.Kept(contact), receivedAt);
            return;
        }
        gone(ContactKey.of(contact).text(), progress);
        var further = progress.oneContactMore();
        erasures().put(account, further.text());
        receipt(account, further, "contacts", further.contacts);
    }

    /** One that was made before the request, but is read back after it, is counted already. */
    private void noted(String account, Noted noted, long receivedAt) {
        var entry = new Entry(noted.kind(), noted.id());
        if (covers(progress(account), noted.saidAt(), receivedAt)) {
            records().remove(account, entry);
            tombstone(entry);
        } else {
            records().note(account, entry, noted.saidAt(), receivedAt);
        }
    }

    /**
     * What a conversation holds goes to its customer by way of the topic of contacts, where an erasure of him finds it. What
     * was made of it here is made anew there: its promises under the same ids; its breaches, if they are any, after these
     * tombstones, since the contacts are read only when those are written.
     */
    private void named(String account, String customer, long timestamp) {
        var taken = new History(context().getStateStore(History.STORE)).takeAll(account);
        for (var met : taken) {
            Contact contact = met.value();
            Promises.ids(contact).forEach(this::dropPromise);
            var named = Contact.newBuilder(contact).setCustomerKey(customer).build();
            forward(ContactKey.of(contact).text(), new Done.ContactNamed(named), met.timestamp());
        }
        new BreachBook(context().getStateStore(Breaches.STORE))
                .forget(
                        account,
                        taken.stream().map(ValueAndTimestamp::value).toList(),
                        List.of(),
                        Instant.MAX,
                        timestamp,
                        (id, breach) -> forward(id, new Done.BreachNow(breach), timestamp));
    }

    private void forget(String account, Forget forget, long timestamp) {
        var known = progress(account);
        if (known != null
                && (forget.requestId().equals(known.requestId)
                        || forget.requestedAt().isBefore(known.requestedAt))) {
            // Read again, or overtaken by a later one, which covers it.
            return;
        }
        List<Contact> erased = new History(context().getStateStore(History.STORE)).erase(account, forget.requestedAt());
        Set<Entry> entries = new LinkedHashSet<>(records().covered(account, forget.requestedAt()));
        for (Contact contact : erased) {
            entries.add(new Entry(Kind.CONTACT, ContactKey.of(contact).text()));
            Promises.ids(contact).stream()
                    .filter(id -> promises().get(id) != null)
                    .forEach(id -> entries.add(new Entry(Kind.PROMISE, id)));
        }
        breaches(account, erased, forget.requestedAt(), entries, timestamp);
        var progress = new Progress(
                forget.requestedAt(),
                count(entries, Kind.CONTACT),
                erased.size(),
                count(entries, Kind.PROMISE),
                count(entries, Kind.BREACH),
                forget.requestId());
        erasures().put(account, progress.text());
        for (Entry entry : entries) {
            records().remove(account, entry);
            switch (entry.kind()) {
                case CONTACT -> gone(entry.id(), progress);
                case PROMISE -> forgetPromise(entry);
                case BREACH -> tombstone(entry);
            }
        }
        receipt(account, progress, "contacts", progress.contacts);
        receipt(account, progress, "contact-history", progress.remembered);
        receipt(account, progress, "promises", progress.promises);
        receipt(account, progress, "breaches", progress.breaches);
    }

    /** Those that are left are worked out from what is left: a wish that was erased is none any more. */
    private void breaches(String account, List<Contact> erased, Instant requestedAt, Set<Entry> gone, long timestamp) {
        List<Contact> left = new History(context().getStateStore(History.STORE)).of(account);
        new BreachBook(context().getStateStore(Breaches.STORE))
                .forget(account, erased, left, requestedAt, timestamp, (id, breach) -> {
                    if (breach == null) {
                        gone.add(new Entry(Kind.BREACH, id));
                    } else {
                        forward(id, new Done.BreachNow(breach), timestamp);
                    }
                });
    }

    private void forgetPromise(Entry entry) {
        dropPromise(entry.id());
        tombstone(entry);
    }

    private void dropPromise(String id) {
        var promise = promises().delete(id);
        if (promise != null) {
            KeyValueStore<String, byte[]> due = context().getStateStore(Promises.DUE);
            due.delete(Promises.dueKey(promise.value()));
        }
    }

    private void tombstone(Entry entry) {
        Done done = entry.kind() == Kind.PROMISE ? new Done.PromiseGone() : new Done.BreachNow(null);
        forward(entry.id(), done, now());
    }

    private void gone(String contactKey, Progress progress) {
        String why = progress.requestedAt.toEpochMilli() + " " + progress.requestId;
        var headers = new RecordHeaders().add(HEADER, why.getBytes(StandardCharsets.UTF_8));
        context().forward(new Record<>(contactKey, new Done.ContactGone(), now(), headers));
    }

    /** A conversation is erased along with its customer, whose receipts tell of it. */
    private void receipt(String account, Progress progress, String place, int count) {
        if (account.startsWith(CONVERSATION)) {
            return;
        }
        var receipt = Erasing.done(account, progress.requestId, progress.requestedAt, place, count, now());
        forward(Erasing.key(receipt), new Done.Receipt(receipt), now());
    }

    private void forward(String key, Done done, long timestamp) {
        context().forward(new Record<>(key, done, timestamp));
    }

    private static boolean covers(@Nullable Progress progress, Instant saidAt, long receivedAt) {
        return progress != null
                && ErasedCustomers.covers(progress.requestedAt, saidAt, Instant.ofEpochMilli(receivedAt));
    }

    private static int count(Set<Entry> entries, Kind kind) {
        return (int) entries.stream().filter(entry -> entry.kind() == kind).count();
    }

    private long now() {
        return context().currentSystemTimeMs();
    }

    private @Nullable Progress progress(String account) {
        String text = erasures().get(account);
        return text == null ? null : Progress.of(text);
    }

    private KeyValueStore<String, String> erasures() {
        return context().getStateStore(STORE);
    }

    private AccountRecords records() {
        return new AccountRecords(context().getStateStore(AccountRecords.STORE));
    }

    private TimestampedKeyValueStore<String, Promise> promises() {
        return context().getStateStore(Promises.STORE);
    }
}
