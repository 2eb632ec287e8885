package io.vigie.app;

import io.vigie.topology.StreamShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a stream application start only on state that is its own: made by a topology that keeps the same things in the same
 * forms, in topics of as many partitions as it reads, with the settings that it depends on. Anything else would be read
 * wrongly, or silently be left behind. On demand it resets an application first.
 */
final class StreamAdmission {
    private static final Logger log = LoggerFactory.getLogger(StreamAdmission.class);

    /** An instance that was killed is a member of its group until its session times out. */
    private static final Duration LEAVES_WITHIN = Duration.ofSeconds(30);

    private static final Duration ASK_EVERY = Duration.ofMillis(500);

    private final KeptState kafka;
    private final Path directory;

    /** @param directory holds one of each application's, with its state on disk */
    StreamAdmission(KeptState kafka, Path directory) {
        this.kafka = kafka;
        this.directory = directory;
    }

    /**
     * An application that is about to start.
     *
     * @param settings those that what it makes depends on, by key; no secret in clear
     * @param reset what an operator calls it in {@code --reset}
     */
    record Applicant(String id, StreamShape shape, Map<String, String> settings, Reset reset) {
        Applicant {
            settings = Map.copyOf(settings);
        }

        private String prefix() {
            return id + "-";
        }
    }

    /**
     * Returns when the application may start.
     *
     * @throws CommandFailedException when it may not; says why and what to do
     */
    void admit(Applicant applicant) {
        var topics = internalTopics(applicant);
        var made = kafka.record(applicant.id());
        var reasons = reasons(applicant, topics, made);
        if (!reasons.isEmpty()) {
            throw new CommandFailedException("the state of the stream " + applicant.id()
                    + " is not of this version: " + String.join("; ", reasons) + ". Add --reset "
                    + applicant.reset().word() + " to the command once, which "
                    + applicant.reset().effect()
                    + ", or go on with the version that made it (docs/upgrades.md)");
        }
        made.ifPresent(record -> requireSettings(applicant, record));
        var record = made.orElseGet(() -> fresh(applicant)).with(applicant.settings());
        if (!made.equals(Optional.of(record))) {
            kafka.write(applicant.id(), record);
        }
        dropForeignFiles(applicant, record);
    }

    /**
     * Takes all state from an application, so that it makes it anew. Whatever it is killed in, it can be run again; until it
     * was run to its end no start is let through.
     *
     * @throws CommandFailedException when an instance of it runs
     */
    void reset(Applicant applicant) throws InterruptedException {
        awaitEnd(applicant.id());
        // Nothing that a topology keeps is called so: until the end no start takes what is left for its own.
        kafka.write(
                applicant.id(),
                new StateRecord("being reset", new TreeMap<>(), new TreeMap<>(Map.of("reset", "unfinished"))));
        var topics = internalTopics(applicant).keySet().stream()
                .map(name -> applicant.prefix() + name)
                .collect(Collectors.toSet());
        kafka.deleteTopics(topics);
        if (applicant.reset() == Reset.INSIGHTS) {
            kafka.forgetOffsets(applicant.id());
        }
        kafka.write(applicant.id(), fresh(applicant));
        log.info("a stream was reset: application={} topics={}", applicant.id(), topics.size());
    }

    private void awaitEnd(String id) throws InterruptedException {
        long deadline = System.nanoTime() + LEAVES_WITHIN.toNanos();
        while (kafka.isInUse(id)) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException(
                        "the stream " + id + " runs; stop every vigie that streams, then reset it");
            }
            Thread.sleep(ASK_EVERY);
        }
    }

    private static StateRecord fresh(Applicant applicant) {
        return new StateRecord(
                UUID.randomUUID().toString(),
                new TreeMap<>(applicant.settings()),
                applicant.shape().kept());
    }

    /** A setting that a record does not name was written down by nobody yet. */
    private static void requireSettings(Applicant applicant, StateRecord made) {
        var changed = new ArrayList<String>();
        new TreeMap<>(applicant.settings()).forEach((key, own) -> {
            String former = made.settings().getOrDefault(key, own);
            if (!own.equals(former)) {
                changed.add(key + " was \"" + former + "\" and is \"" + own + "\"");
            }
        });
        if (!changed.isEmpty()) {
            throw new CommandFailedException("what the stream " + applicant.id()
                    + " has made so far depends on a setting that has changed: " + String.join("; ", changed)
                    + ". Set it back, or go on with it: add --reset "
                    + applicant.reset().word() + " to the command once, which "
                    + applicant.reset().effect() + "; docs/upgrades.md says what that cannot mend");
        }
    }

    /** Without the application's id before their names. */
    private Map<String, Integer> internalTopics(Applicant applicant) {
        var topics = new HashMap<String, Integer>();
        kafka.topics(applicant.prefix()).forEach((name, partitions) -> {
            String own = name.substring(applicant.prefix().length());
            // Another application's id may begin with this one's.
            boolean another = applicant.reset() == Reset.SEEN && own.startsWith("insights-");
            if (!another && (own.endsWith("-changelog") || own.endsWith("-repartition"))) {
                topics.put(own, partitions);
            }
        });
        return topics;
    }

    private List<String> reasons(Applicant applicant, Map<String, Integer> topics, Optional<StateRecord> made) {
        var shape = applicant.shape();
        if (made.isPresent()) {
            var reasons = differences(made.get().kept(), shape.kept());
            return reasons.isEmpty() ? otherPartitions(shape, topics) : reasons;
        }
        // Nobody wrote down who made it: a version from before that was done, or nobody at all.
        return topics.isEmpty() ? List.of() : differencesOfNames(topics, shape);
    }

    private static List<String> differences(Map<String, String> made, Map<String, String> wanted) {
        var names = new TreeSet<>(made.keySet());
        names.addAll(wanted.keySet());
        var reasons = new ArrayList<String>();
        for (String name : names) {
            String former = made.get(name);
            String own = wanted.get(name);
            if (former == null) {
                reasons.add(name + " is new");
            } else if (own == null) {
                reasons.add(name + " is no more");
            } else if (!former.equals(own)) {
                reasons.add(name + " was \"" + former + "\" and is \"" + own + "\"");
            }
        }
        return reasons;
    }

    private List<String> differencesOfNames(Map<String, Integer> topics, StreamShape shape) {
        var present = topics.keySet().stream().collect(Collectors.toMap(name -> name, _ -> ""));
        var wanted = shape.kept().keySet().stream().collect(Collectors.toMap(name -> name, _ -> ""));
        var reasons = differences(present, wanted);
        return reasons.isEmpty() ? otherPartitions(shape, topics) : reasons;
    }

    /** Keys move when a topic gets more partitions; what was kept of them does not. */
    private List<String> otherPartitions(StreamShape shape, Map<String, Integer> topics) {
        var sources = kafka.topics(shape.sources());
        if (sources.isEmpty() || topics.isEmpty()) {
            return List.of();
        }
        int most = Collections.max(sources.values());
        String largest = sources.entrySet().stream()
                .filter(source -> source.getValue() == most)
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return topics.entrySet().stream()
                .filter(topic -> topic.getValue() != most)
                .sorted(Map.Entry.comparingByKey())
                .map(topic ->
                        topic.getKey() + " has " + topic.getValue() + " partitions and " + largest + " has " + most)
                .toList();
    }

    /** Files of another incarnation, or of other tasks, would be taken for an older state of this one. */
    private void dropForeignFiles(Applicant applicant, StateRecord record) {
        Path marker = directory.resolve(applicant.id() + ".made");
        Path files = directory.resolve(applicant.id());
        String own = record.incarnation() + "\n" + applicant.shape().tasks() + "\n";
        try {
            Files.createDirectories(directory);
            if (Files.exists(marker) && Files.readString(marker).equals(own)) {
                return;
            }
            if (Files.exists(files)) {
                log.info("state on disk is of another version and is restored from Kafka: directory={}", files);
                delete(files);
            }
            Files.writeString(marker, own);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make ready the state in " + files.toAbsolutePath(), e);
        }
    }

    private static void delete(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
