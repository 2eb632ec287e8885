package io.vigie.topology;

import io.vigie.events.Reassignment;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What this stream has written again into the topic that it reads, and has not read back yet. Nobody can write a record to
 * Kafka on the condition that another one is still the last of its key. So each such record is known from when it is written
 * until it is read back; and when the record of somebody else is met in between, which it may have landed behind and hidden,
 * that one is written once more, behind both. The last of a key is then always the last that others wrote, or made of it.
 *
 * <p>Records of one key are written by the one task that also reads them, in order, so the marks of what is on its way are a
 * queue.
 */
final class Rewrites {
    /** Key: verbatimId. Value: the marks of its records that are on their way, in order, with blanks between them. */
    static final String ON_THEIR_WAY = "rewritten-verbatims";

    private final KeyValueStore<String, String> store;

    Rewrites(KeyValueStore<String, String> store) {
        this.store = store;
    }

    /** What a record that is read is to those that are on their way. */
    enum Met {
        /** It hides nothing and nothing hides it: of somebody else, or the last of our own. */
        CURRENT,
        /** Of somebody else; one of ours was written before it was known, and may hide it. */
        HIDDEN,
        /** Our own; another of ours comes behind it, which counts. */
        OVERTAKEN
    }

    /** Whether records of a verbatim are on their way. */
    boolean any(String verbatimId) {
        return store.get(verbatimId) != null;
    }

    /**
     * Notes that a record is written again.
     *
     * @param mark without blanks, and different from all others of this verbatim
     * @return what it must carry
     */
    Headers write(String verbatimId, String mark) {
        String before = store.get(verbatimId);
        store.put(verbatimId, before == null ? mark : before + " " + mark);
        return Reassignment.writtenAgain(mark);
    }

    /** Notes that a record was read. */
    Met read(String verbatimId, Headers headers) {
        String marks = store.get(verbatimId);
        if (marks == null) {
            return Met.CURRENT;
        }
        List<String> queue = List.of(marks.split(" "));
        // What is before it will not come any more: compaction has taken it.
        int at = queue.indexOf(Reassignment.writtenAgain(headers));
        if (at < 0) {
            return Met.HIDDEN;
        }
        if (at == queue.size() - 1) {
            store.delete(verbatimId);
            return Met.CURRENT;
        }
        store.put(verbatimId, String.join(" ", queue.subList(at + 1, queue.size())));
        return Met.OVERTAKEN;
    }
}
