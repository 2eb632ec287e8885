package io.vigie.sink;

import io.vigie.index.Checkpoint;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * The topic the index is built from.
 *
 * @param topicId Kafka's own id of this incarnation of the topic: a topic deleted and made again has another one, and
 *     offsets of the old mean nothing in the new
 * @param partitions how many it had when the sink started; more are seen after a restart
 */
public record Source(String topic, String topicId, int partitions) {
    private static final Duration ADMIN_MAX = Duration.ofSeconds(30);

    /**
     * Asks the cluster.
     *
     * @throws SinkException when the topic is missing or the cluster does not answer
     */
    public static Source of(Admin admin, String topic) {
        try {
            var description = admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS)
                    .get(topic);
            if (description == null) {
                throw new SinkException("topic " + topic + " is missing; create it with: vigie topics apply");
            }
            return new Source(
                    topic,
                    description.topicId().toString(),
                    description.partitions().size());
        } catch (ExecutionException e) {
            throw new SinkException(
                    "cannot read topic " + topic + ": " + e.getCause() + "; create it with: vigie topics apply", e);
        } catch (TimeoutException e) {
            throw new SinkException("Kafka did not describe topic " + topic + " within " + ADMIN_MAX, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SinkException("interrupted while reading topic " + topic, e);
        }
    }

    List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /**
     * Where to go on reading: a checkpoint of this topic with each of its partitions.
     *
     * @throws SinkException when the checkpoint and the topic do not belong together, or records between them are gone
     */
    Checkpoint resume(Checkpoint checkpoint, Consumer<?, ?> consumer) {
        if (!checkpoint.equals(Checkpoint.NONE) && !checkpoint.topicId().equals(topicId)) {
            throw SinkException.needingRebuild(
                    "the index was built from another incarnation of topic " + topic + " (" + checkpoint.topicId()
                            + ", now " + topicId + "); build it anew: vigie index rebuild --yes",
                    null);
        }
        var all = topicPartitions();
        var beginnings = consumer.beginningOffsets(all);
        var ends = consumer.endOffsets(all);
        var positions = new HashMap<Integer, Long>();
        for (TopicPartition partition : all) {
            Long next = checkpoint.nextOffsets().get(partition.partition());
            long beginning = beginnings.getOrDefault(partition, 0L);
            positions.put(partition.partition(), next == null ? beginning : checked(partition, next, beginning, ends));
        }
        return new Checkpoint(topicId, positions);
    }

    private static long checked(TopicPartition partition, long next, long beginning, Map<TopicPartition, Long> ends) {
        if (next < beginning) {
            throw SinkException.needingRebuild(
                    "records " + next + " to " + (beginning - 1) + " of " + partition
                            + " were removed before the index had read them; build it anew: vigie index rebuild --yes",
                    null);
        }
        long end = ends.getOrDefault(partition, 0L);
        if (next > end) {
            throw SinkException.needingRebuild(
                    partition + " ends at " + end + " but the index has read up to " + next
                            + ": Kafka has lost records; build it anew: vigie index rebuild --yes",
                    null);
        }
        return next;
    }
}
