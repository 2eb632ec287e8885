package io.vigie.bench;

import io.vigie.events.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/** How far a stream has committed, as the broker knows it, and how much the broker keeps. */
final class StreamGroup {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration DONE_MAX = Duration.ofMinutes(20);

    private final Admin admin;
    private final String id;

    StreamGroup(Admin admin, String id) {
        this.admin = admin;
        this.id = id;
    }

    /** Records of these topics that it has committed, or that a transaction's end took the place of. */
    long committed(List<String> topics) throws IOException {
        return sum(topics, offsets());
    }

    /** Waits until it has committed so many records of these topics. */
    void awaitCommitted(List<String> topics, long wanted) throws IOException {
        long deadline = System.nanoTime() + DONE_MAX.toNanos();
        while (committed(topics) < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IOException(id + " did not commit " + wanted + " records of " + topics + " in " + DONE_MAX);
            }
            Pause.of(LOOK_EVERY);
        }
    }

    /** Waits until it has committed all that is in everything it reads. */
    void awaitDrained() throws IOException {
        long deadline = System.nanoTime() + DONE_MAX.toNanos();
        while (!drained()) {
            if (System.nanoTime() > deadline) {
                throw new IOException(id + " did not come to the end of what it reads in " + DONE_MAX);
            }
            Pause.of(LOOK_EVERY);
        }
    }

    private boolean drained() throws IOException {
        var offsets = offsets();
        var ends = ends(offsets.keySet().stream().toList());
        return !offsets.isEmpty()
                && offsets.entrySet().stream()
                        // A transaction ends with a record that no reader sees, after what it committed.
                        .allMatch(read -> ends.getOrDefault(read.getKey(), 0L) - read.getValue() <= 1);
    }

    /** Bytes that the broker keeps of each topic whose name starts so. */
    static Map<String, Long> bytes(Admin admin, String prefix) throws IOException {
        var brokers =
                await(admin.describeCluster().nodes()).stream().map(Node::id).toList();
        return await(admin.describeLogDirs(brokers).allDescriptions()).values().stream()
                .flatMap(directories -> directories.values().stream())
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> replica.getKey().topic().startsWith(prefix))
                .collect(Collectors.groupingBy(
                        replica -> replica.getKey().topic(),
                        Collectors.summingLong(replica -> replica.getValue().size())));
    }

    /** How many records were ever written to these topics. */
    static long written(Admin admin, Topics topics) throws IOException {
        var names = List.of(topics.tickets(), topics.calls(), topics.surveys());
        var partitions = await(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        return ends(admin, partitions).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private static long sum(List<String> topics, Map<TopicPartition, Long> offsets) {
        return offsets.entrySet().stream()
                .filter(read -> topics.contains(read.getKey().topic()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private Map<TopicPartition, Long> offsets() throws IOException {
        return await(admin.listConsumerGroupOffsets(id).partitionsToOffsetAndMetadata()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, read -> offset(read.getValue())));
    }

    private static long offset(OffsetAndMetadata read) {
        return read.offset();
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws IOException {
        return ends(admin, partitions);
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> partitions) throws IOException {
        var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return await(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static <T> T await(KafkaFuture<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException("the broker does not answer", e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
