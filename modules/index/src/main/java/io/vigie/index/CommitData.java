package io.vigie.index;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a commit point says about itself: the checkpoint, and what must be the same for its documents to be read. */
final class CommitData {
    private static final String FORMAT = "format";
    private static final String SCHEMA = "schema";
    private static final String TOPIC = "topic";
    private static final String OFFSET = "offset.";
    private static final String TIME = "time";
    private static final String ERASED = "erased";
    private static final String RETENTION = "retention";
    private static final String EXPIRED = "expired";

    private CommitData() {}

    static Map<String, String> of(Checkpoint checkpoint, Instant committedAt, UpkeepState upkeep) {
        var data = new HashMap<String, String>();
        data.put(FORMAT, Integer.toString(VerbatimDocument.FORMAT));
        data.put(SCHEMA, StoredVerbatim.schemaFingerprint());
        data.put(TOPIC, checkpoint.topicId());
        data.put(TIME, Long.toString(committedAt.toEpochMilli()));
        upkeep.erasedSince().ifPresent(since -> data.put(ERASED, Long.toString(since.toEpochMilli())));
        upkeep.retention().ifPresent(retention -> data.put(RETENTION, Long.toString(retention.toSeconds())));
        data.put(EXPIRED, Long.toString(upkeep.expired()));
        checkpoint.nextOffsets().forEach((partition, next) -> data.put(OFFSET + partition, Long.toString(next)));
        return data;
    }

    /** Refuses documents that this version would read wrongly. */
    static void check(Map<String, String> data, String place) throws IndexUnusableException {
        check("format", data.get(FORMAT), Integer.toString(VerbatimDocument.FORMAT), place);
        check("schema", data.get(SCHEMA), StoredVerbatim.schemaFingerprint(), place);
    }

    private static void check(String what, @Nullable String found, String expected, String place)
            throws IndexUnusableException {
        if (!expected.equals(found)) {
            throw new IndexOutdatedException("the index in " + place + " has " + what + " " + found
                    + " and this version reads " + what + " " + expected + "; delete the directory " + place
                    + " to build it anew from Kafka");
        }
    }

    static String format(Map<String, String> data) {
        return data.getOrDefault(FORMAT, "");
    }

    static String schema(Map<String, String> data) {
        return data.getOrDefault(SCHEMA, "");
    }

    /** When it was committed; earlier versions did not say. */
    static Optional<Instant> committedAt(Map<String, String> data) {
        return instant(data, TIME);
    }

    static UpkeepState upkeep(Map<String, String> data) {
        var retention =
                Optional.ofNullable(data.get(RETENTION)).map(Long::valueOf).map(Duration::ofSeconds);
        return new UpkeepState(instant(data, ERASED), retention, Long.parseLong(data.getOrDefault(EXPIRED, "0")));
    }

    private static Optional<Instant> instant(Map<String, String> data, String key) {
        return Optional.ofNullable(data.get(key)).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    static Checkpoint checkpoint(Map<String, String> data) {
        var offsets = new TreeMap<Integer, Long>();
        data.forEach((key, value) -> {
            if (key.startsWith(OFFSET)) {
                offsets.put(Integer.valueOf(key.substring(OFFSET.length())), Long.valueOf(value));
            }
        });
        return new Checkpoint(data.getOrDefault(TOPIC, Checkpoint.NONE.topicId()), offsets);
    }
}
