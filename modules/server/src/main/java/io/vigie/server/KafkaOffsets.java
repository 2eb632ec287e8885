package io.vigie.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks a cluster. */
public final class KafkaOffsets implements Offsets {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Admin admin;
    private final String group;

    /**
     * Asks when it is asked.
     *
     * @param admin stays the caller's to close
     * @param group turns events into verbatims, exactly once: its offsets and what it writes are in one transaction
     */
    public KafkaOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    @Override
    public Map<TopicPartition, Long> committed() {
        return answer(
                "how far group " + group + " has read",
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                OffsetAndMetadata::offset);
    }

    /**
     * Not the end of what is committed: the commit of a transaction reaches the group's offsets and the topic's partitions
     * one after the other, so that offsets may be seen to be committed a moment before the records.
     */
    @Override
    public Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
        return answer(
                "where its topics end",
                admin.listOffsets(wanted).all(),
                ListOffsetsResult.ListOffsetsResultInfo::offset);
    }

    private static <T> Map<TopicPartition, Long> answer(
            String what, KafkaFuture<Map<TopicPartition, T>> asked, Function<T, Long> offset) {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            asked.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS).forEach((partition, found) -> {
                // A group that has not read a partition yet has nothing to say of it.
                if (found != null) {
                    offsets.put(partition, offset.apply(found));
                }
            });
            return offsets;
        } catch (ExecutionException e) {
            throw new UnknownOffsetsException(
                    "Kafka does not say " + what + ": "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (TimeoutException e) {
            throw new UnknownOffsetsException(
                    "Kafka does not say " + what + " within " + ANSWER_MAX.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownOffsetsException("interrupted", e);
        }
    }
}
