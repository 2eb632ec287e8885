package io.vigie.topology;

import io.vigie.events.TopicSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Which records the topics hold of each account beyond what the ledgers still know of it: every promise and breach, and the
 * contacts that its history had no room for. An entry is kept as long as its topic keeps the record, so that an erasure
 * finds it.
 */
final class AccountRecords {
    /** Key: account, kind, id. Value: when it was said and when it was first received, in milliseconds. */
    static final String STORE = "customer-records";

    private static final char SEPARATOR = '\0';

    private final TimestampedKeyValueStore<String, String> store;

    AccountRecords(TimestampedKeyValueStore<String, String> store) {
        this.store = store;
    }

    /** What a record is, and how long its topic keeps it. */
    enum Kind {
        CONTACT('c', TopicSpec.CONTACT_GONE_AFTER),
        PROMISE('p', TopicSpec.LEDGER_GONE_AFTER),
        BREACH('b', TopicSpec.LEDGER_GONE_AFTER);

        private final char letter;
        private final Duration kept;

        Kind(char letter, Duration kept) {
            this.letter = letter;
            this.kept = kept;
        }

        char letter() {
            return letter;
        }

        /** Throws for a letter of no kind, which only a fault of ours can write. */
        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of record: " + letter);
        }
    }

    /** @param id the record's key in its topic */
    record Entry(Kind kind, String id) {}

    /** Of one that is noted again, the first time of receipt stays. */
    void note(String account, Entry entry, Instant saidAt, long receivedAt) {
        String key = key(account, entry);
        var known = store.get(key);
        String value = known == null ? saidAt.toEpochMilli() + " " + receivedAt : known.value();
        store.put(key, ValueAndTimestamp.make(value, receivedAt));
    }

    void remove(String account, Entry entry) {
        store.delete(key(account, entry));
    }

    /** What falls under an erasure of the account. */
    List<Entry> covered(String account, Instant requestedAt) {
        var covered = new ArrayList<Entry>();
        String prefix = prefix(account);
        try (var entries = store.range(prefix, prefix + '\uFFFF')) {
            entries.forEachRemaining(found -> {
                String[] times = found.value.value().split(" ", 2);
                if (ErasedCustomers.covers(requestedAt, time(times[0]), time(times[1]))) {
                    String rest = found.key.substring(prefix.length());
                    covered.add(new Entry(Kind.of(rest.charAt(0)), rest.substring(2)));
                }
            });
        }
        return covered;
    }

    /** As long as its topic keeps the record. */
    static long keptUntil(String key, String times, long heardAt) {
        return heardAt + Kind.of(key.charAt(key.indexOf(SEPARATOR) + 1)).kept.toMillis();
    }

    private static Instant time(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    private static String key(String account, Entry entry) {
        return prefix(account) + entry.kind().letter + SEPARATOR + entry.id();
    }

    private static String prefix(String account) {
        return account.replace(SEPARATOR, '\uFFFD') + SEPARATOR;
    }
}
