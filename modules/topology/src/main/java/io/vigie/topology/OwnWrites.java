package io.vigie.topology;

import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The writes to {@code voc.verbatims} that were decided here and have not been read back: the last one of each verbatim. A partition
 * is read in order, so a record of somebody else that is met while one of ours is on its way was written before ours, and
 * ours was decided without knowing it. (Or ours was written first, and compaction took it before it was read: then it is gone
 * for good, and nothing is lost by writing the other one again.)
 */
final class OwnWrites {
    /** Key: verbatimId. Value: {@link #ERASURE} and when, or {@link #VERSION}; then which writing it is. */
    static final String STORE = "verbatims-in-revision";

    /** A tombstone that has not been read back after that long was taken by compaction, behind something newer. */
    static final Duration ERASURE_MAX = Duration.ofDays(1);

    private static final char ERASURE = '-';
    private static final char VERSION = '+';
    private static final char END_OF_TIME = ' ';

    private final KeyValueStore<String, String> store;

    OwnWrites(KeyValueStore<String, String> store) {
        this.store = store;
    }

    /** How a record that is read stands to ours. */
    enum Standing {
        /** It is what there is of the verbatim now. */
        CURRENT,
        /** It is ours, and was decided anew since: another one follows. */
        OVERTAKEN,
        /** It is somebody else's, and ours, which follows, was made from what there was before. */
        CROSSED
    }

    /** Whether one is on its way: what is known of the verbatim is not what there will be. */
    boolean underWay(String id) {
        return store.get(id) != null;
    }

    /** One that stands for what somebody has said, or withdrawn: whatever is newer takes its place. */
    void version(String id, String writing) {
        store.put(id, VERSION + writing);
    }

    /** The tombstone of an erasure, which erases what came before it, known or not. */
    void erasure(String id, String writing, long now) {
        store.put(id, String.valueOf(ERASURE) + now + END_OF_TIME + writing);
    }

    /**
     * Takes notice of a record that was read back.
     *
     * @param writing which of ours it is, if it is ours
     */
    Standing met(String id, Optional<String> writing, long now) {
        String last = store.get(id);
        if (last == null) {
            return Standing.CURRENT;
        }
        int name = last.charAt(0) == ERASURE ? last.indexOf(END_OF_TIME) : 0;
        if (writing.isEmpty()) {
            if (last.charAt(0) == VERSION) {
                return Standing.CROSSED;
            }
            if (now - Long.parseLong(last.substring(1, name)) > ERASURE_MAX.toMillis()) {
                store.delete(id);
            }
            return Standing.CURRENT;
        }
        if (!last.substring(name + 1).equals(writing.get())) {
            return Standing.OVERTAKEN;
        }
        store.delete(id);
        return Standing.CURRENT;
    }
}
