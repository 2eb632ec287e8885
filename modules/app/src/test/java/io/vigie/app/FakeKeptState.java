package io.vigie.app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A cluster in memory. Can be away, and can fail in the middle of its work. */
final class FakeKeptState implements KeptState {
    final Map<String, StateRecord> records = new HashMap<>();
    final Map<String, Integer> topics = new TreeMap<>();
    final Set<String> inUse = new HashSet<>();
    final Set<String> withOffsets = new HashSet<>();
    boolean away;
    /** Calls that change something, until one fails. */
    int changesLeft = Integer.MAX_VALUE;

    @Override
    public Optional<StateRecord> record(String applicationId) {
        answer();
        return Optional.ofNullable(records.get(applicationId));
    }

    @Override
    public void write(String applicationId, StateRecord record) {
        change();
        // As it comes back from the topic.
        records.put(applicationId, StateRecord.of(record.text()));
    }

    @Override
    public Map<String, Integer> topics(String prefix) {
        answer();
        var found = new HashMap<>(topics);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }

    @Override
    public Map<String, Integer> topics(Set<String> names) {
        answer();
        var found = new HashMap<>(topics);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public boolean isInUse(String applicationId) {
        answer();
        return inUse.contains(applicationId);
    }

    @Override
    public void deleteTopics(Set<String> names) {
        change();
        topics.keySet().removeAll(names);
    }

    @Override
    public void forgetOffsets(String applicationId) {
        change();
        withOffsets.remove(applicationId);
    }

    @Override
    public void close() {}

    private void answer() {
        if (away) {
            throw new KafkaAwayException("asking", new IllegalStateException("away"));
        }
    }

    private void change() {
        answer();
        if (changesLeft-- <= 0) {
            throw new KafkaAwayException("changing", new IllegalStateException("away"));
        }
    }
}
