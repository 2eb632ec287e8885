package io.vigie.topology;

import io.vigie.events.Action;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Who asked which question, and what was done about it: what the lines of the ledger are counted from. All of one offer in
 * one ordered store; a key is a letter for what it is, the offer, and ids, of which only the last may hold anything.
 */
final class QuestionLinks {
    /** Vague answers in one conversation that are kept. */
    static final int VAGUE_MAX = 50;

    private static final char END = '\0';
    private static final byte[] MARK = {1};

    private final KeyValueStore<String, byte[]> store;
    private final Serde<Action> actions;
    private final String topic;

    /** @param topic of the actions */
    QuestionLinks(KeyValueStore<String, byte[]> store, Serde<Action> actions, String topic) {
        this.store = store;
        this.actions = actions;
        this.topic = topic;
    }

    /** The questions that a verbatim asks. */
    List<String> asked(String offerId, String verbatimId) {
        byte[] ids = store.get(key('v', offerId, verbatimId));
        return ids == null ? List.of() : List.of(new String(ids, StandardCharsets.UTF_8).split(",", -1));
    }

    void putAsked(String offerId, String verbatimId, Collection<String> questionIds) {
        String key = key('v', offerId, verbatimId);
        if (questionIds.isEmpty()) {
            store.delete(key);
        } else {
            store.put(key, String.join(",", questionIds).getBytes(StandardCharsets.UTF_8));
        }
    }

    Optional<Asker> asker(String offerId, String questionId, String verbatimId) {
        return Optional.ofNullable(store.get(key('a', offerId, questionId, verbatimId)))
                .map(Asker::of);
    }

    /** Adds one who was not there. True when it is the first of its customer. */
    boolean addAsker(String offerId, String questionId, String verbatimId, Asker asker) {
        store.put(key('a', offerId, questionId, verbatimId), asker.toBytes());
        add(key('c', offerId, asker.conversationId(), questionId), 1);
        return !asker.customerKey().isEmpty() && add(key('k', offerId, questionId, asker.customerKey()), 1) == 1;
    }

    void removeAsker(String offerId, String questionId, String verbatimId, Asker asker) {
        store.delete(key('a', offerId, questionId, verbatimId));
        add(key('c', offerId, asker.conversationId(), questionId), -1);
        if (!asker.customerKey().isEmpty()) {
            add(key('k', offerId, questionId, asker.customerKey()), -1);
        }
    }

    void askers(String offerId, String questionId, BiConsumer<String, Asker> each) {
        scan(key('a', offerId, questionId, ""), (verbatimId, bytes) -> each.accept(verbatimId, Asker.of(bytes)));
    }

    /** The questions that were asked in a conversation. */
    List<String> inConversation(String offerId, String conversationId) {
        var ids = new ArrayList<String>();
        scan(key('c', offerId, conversationId, ""), (id, _) -> {
            // Another conversation's id may go on where this one's ends.
            if (id.length() == QuestionIds.LENGTH) {
                ids.add(id);
            }
        });
        return ids;
    }

    void putVague(String offerId, String conversationId, Instant at) {
        if (vague(offerId, conversationId).size() < VAGUE_MAX) {
            store.put(key('g', offerId, conversationId, HexFormat.of().toHexDigits(at.toEpochMilli())), MARK);
        }
    }

    /** Nobody asks anything any more in a conversation. */
    void removeVague(String offerId, String conversationId) {
        String prefix = key('g', offerId, conversationId, "");
        vague(offerId, conversationId)
                .forEach(at -> store.delete(prefix + HexFormat.of().toHexDigits(at.toEpochMilli())));
    }

    /** When vague answers were given in a conversation. */
    List<Instant> vague(String offerId, String conversationId) {
        var times = new ArrayList<Instant>();
        scan(key('g', offerId, conversationId, ""), (time, _) -> {
            if (time.length() == 2 * Long.BYTES && time.indexOf(END) < 0) {
                times.add(Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(time)));
            }
        });
        return times;
    }

    /** Kept also when nobody asks the question yet, or any longer. */
    void putAction(String offerId, String questionId, Action action) {
        store.put(
                key('p', offerId, questionId, action.getActionId()),
                actions.serializer().serialize(topic, action));
    }

    /** The oldest first. */
    List<Action> actions(String offerId, String questionId) {
        var found = new ArrayList<Action>();
        scan(
                key('p', offerId, questionId, ""),
                (_, bytes) -> found.add(actions.deserializer().deserialize(topic, bytes)));
        found.sort(Comparator.comparing(Action::getAt).thenComparing(Action::getActionId));
        return found;
    }

    void putTold(String offerId, String questionId, String verbatimId) {
        store.put(key('t', offerId, questionId, verbatimId), MARK);
    }

    boolean isTold(String offerId, String questionId, String verbatimId) {
        return store.get(key('t', offerId, questionId, verbatimId)) != null;
    }

    private int add(String key, int change) {
        byte[] counted = store.get(key);
        int count = (counted == null ? 0 : ByteBuffer.wrap(counted).getInt()) + change;
        if (count > 0) {
            store.put(key, ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
        } else {
            store.delete(key);
        }
        return count;
    }

    private void scan(String prefix, BiConsumer<String, byte[]> each) {
        try (var entries = store.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                var entry = entries.next();
                each.accept(entry.key.substring(prefix.length()), entry.value);
            }
        }
    }

    private static String key(char what, String... parts) {
        return what + "" + END + String.join("" + END, parts);
    }
}
