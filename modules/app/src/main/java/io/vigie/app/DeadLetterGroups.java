package io.vigie.app;

import io.vigie.events.DeadLetter;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts dead letters by reason, stage and topic. */
final class DeadLetterGroups {
    /** Reasons are few; whoever writes his own into the topic must not fill the memory. */
    static final int GROUPS_MAX = 1_000;

    private static final Key OTHERS = new Key("(others)", "", "");

    private final Map<Key, Group> groups = new HashMap<>();

    private record Key(String reason, String stage, String topic) {}

    /**
     * What is known of one group.
     *
     * @param sentBack how many of them were sent back
     * @param newest the one that was written last
     */
    record Group(
            String reason,
            String stage,
            String topic,
            long count,
            long sentBack,
            Instant first,
            Instant last,
            Position newest) {
        private Group and(Instant time, boolean wasSentBack, Position position) {
            boolean later = !time.isBefore(last);
            return new Group(
                    reason,
                    stage,
                    topic,
                    count + 1,
                    sentBack + (wasSentBack ? 1 : 0),
                    time.isBefore(first) ? time : first,
                    later ? time : last,
                    later ? position : newest);
        }
    }

    void add(DeadLetter letter, long timestamp, Position position, boolean sentBack) {
        var key = new Key(letter.reason(), letter.stage(), letter.topic());
        if (!groups.containsKey(key) && groups.size() >= GROUPS_MAX) {
            key = OTHERS;
        }
        Instant time = Instant.ofEpochMilli(timestamp);
        var group = groups.getOrDefault(
                key, new Group(key.reason, key.stage, key.topic, 0, 0, time, Instant.MIN, position));
        groups.put(key, group.and(time, sentBack, position));
    }

    /** The largest first. */
    List<Group> largest(int max) {
        return groups.values().stream()
                .sorted(Comparator.comparingLong(Group::count)
                        .reversed()
                        .thenComparing(Group::reason)
                        .thenComparing(Group::topic))
                .limit(max)
                .toList();
    }

    int size() {
        return groups.size();
    }
}
