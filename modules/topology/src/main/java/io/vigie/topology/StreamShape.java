package io.vigie.topology;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What a topology keeps, and where: as much of it as a later version must find again.
 *
 * @param kept by the name of each internal topic, without the application's id before it, the form of its values
 * @param sources the topics that it reads, other than its own
 * @param tasks the stores of each task, which name the directories on disk; they are restored from Kafka when that changes
 */
public record StreamShape(SortedMap<String, String> kept, SortedSet<String> sources, String tasks) {
    private static final String CHANGELOG = "-changelog";
    private static final String REPARTITION = "-repartition";

    /**
     * What a topology keeps.
     *
     * @throws IllegalStateException when something is kept whose form nobody has described
     */
    public static StreamShape of(Topology topology) {
        var kept = new TreeMap<String, String>();
        var sources = new TreeSet<String>();
        var tasks = new TreeMap<Integer, Set<String>>();
        for (var part : topology.describe().subtopologies()) {
            var stores = new TreeSet<String>();
            for (var node : part.nodes()) {
                switch (node) {
                    case TopologyDescription.Processor processor -> stores.addAll(processor.stores());
                    case TopologyDescription.Source source -> sources.addAll(source.topicSet());
                    default -> {
                        // A sink writes to a topic that is somebody's source, or nobody's of ours.
                    }
                }
            }
            stores.forEach(store -> kept.put(store + CHANGELOG, formOfStore(store)));
            tasks.put(part.id(), stores);
        }
        for (String own : own(sources)) {
            sources.remove(own);
            kept.put(own, formOfRepartition(own));
        }
        return new StreamShape(kept, sources, text(tasks));
    }

    private static Set<String> own(Set<String> sources) {
        return sources.stream().filter(topic -> topic.endsWith(REPARTITION)).collect(Collectors.toSet());
    }

    private static String formOfStore(String store) {
        return StateForms.ofStore(store).orElseThrow(() -> undescribed(store));
    }

    private static String formOfRepartition(String topic) {
        String name = topic.substring(0, topic.length() - REPARTITION.length());
        return StateForms.ofRepartition(name).orElseThrow(() -> undescribed(topic));
    }

    private static IllegalStateException undescribed(String name) {
        return new IllegalStateException("nobody has described the form of " + name);
    }

    /** Tasks without a store leave nothing on disk. */
    private static String text(Map<Integer, Set<String>> tasks) {
        return tasks.entrySet().stream()
                .filter(task -> !task.getValue().isEmpty())
                .map(task -> task.getKey() + ": " + String.join(" ", task.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
