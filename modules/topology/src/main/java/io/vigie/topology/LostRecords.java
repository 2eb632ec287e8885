package io.vigie.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of records that a stream can read no more, because their topics had removed them before: it goes on behind the gap,
 * and Kafka itself would say so to nobody. Safe for several threads.
 */
final class LostRecords {
    private static final Logger log = LoggerFactory.getLogger(LostRecords.class);

    /** A gap in each of hundreds of partitions has one cause. */
    private static final int TOLD_MAX = 5;

    private final String applicationId;
    private final MeterRegistry meters;
    private final List<String> told = new ArrayList<>();
    private int gaps;

    /** @param topics that the stream reads */
    LostRecords(String applicationId, Set<String> topics, MeterRegistry meters) {
        this.applicationId = applicationId;
        this.meters = meters;
        // There from the start: what rises from nothing to one is seen only by whoever has seen the nothing.
        topics.forEach(this::counter);
    }

    /**
     * Reads, and hears of what is missing where the consumer wanted to read on.
     *
     * @param consumer of a stream, without a place of its own to go on from: the stream moves it behind the gap
     */
    <T> T watched(Consumer<?, ?> consumer, Supplier<T> poll) {
        try {
            return poll.get();
        } catch (OffsetOutOfRangeException e) {
            Map<TopicPartition, Long> starts = starts(consumer, e.partitions());
            e.offsetOutOfRangePartitions().forEach((partition, wanted) -> missing(partition, wanted, starts));
            throw e;
        } catch (NoOffsetForPartitionException e) {
            starts(consumer, e.partitions()).forEach(this::begun);
            throw e;
        }
    }

    /** What was lost since the start, for an operator; empty when nothing was. */
    synchronized Optional<String> told() {
        if (told.isEmpty()) {
            return Optional.empty();
        }
        String more = gaps > told.size() ? "; and in " + (gaps - told.size()) + " other places, see the log" : "";
        return Optional.of("records were removed before " + applicationId + " had read them: " + String.join("; ", told)
                + more + ". Send again what their sources still have, and see docs/faults.md");
    }

    /** Where each partition begins; nothing of one that cannot be asked. */
    private static Map<TopicPartition, Long> starts(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            return consumer.beginningOffsets(partitions);
        } catch (KafkaException e) {
            log.warn("cannot ask where these begin, so it is not known how much of them is lost: {}", partitions, e);
            return Map.of();
        }
    }

    private void missing(TopicPartition partition, long wanted, Map<TopicPartition, Long> starts) {
        Long start = starts.get(partition);
        if (start == null) {
            tell("an unknown number of " + partition + " from offset " + wanted + " on");
        } else if (start > wanted) {
            counter(partition.topic()).increment((double) (start - wanted));
            log.error(
                    "records were removed before they were read and are lost; send them again, and keep them longer than"
                            + " the stream is ever down: application={} topic={} partition={} records={} from={} to={}",
                    applicationId,
                    partition.topic(),
                    partition.partition(),
                    start - wanted,
                    wanted,
                    start - 1);
            tell((start - wanted) + " of " + partition + ", offsets " + wanted + " to " + (start - 1));
        } else {
            // Nobody removes what is newest: this is another topic of the name, or a broker that has lost its disk.
            log.error(
                    "a topic ends before what was read of it, and is read from its beginning: it was made anew, or has"
                            + " lost records: application={} topic={} partition={} read={}",
                    applicationId,
                    partition.topic(),
                    partition.partition(),
                    wanted);
            tell("an unknown number of " + partition + ", which ends before offset " + wanted);
        }
    }

    /** Kafka forgets how far a group was when it was away for long, as a rule before it removes the first records. */
    private void begun(TopicPartition partition, long start) {
        if (start == 0 || partition.topic().startsWith(applicationId + "-")) {
            // Nothing is missing; or it is a topic of its own, of which it removes itself what it has read.
            return;
        }
        log.warn(
                "a topic is read from where it begins now: this application is new or was reset, or it was away for so"
                        + " long that Kafka has forgotten how far it was (offsets.retention.minutes), and what came and"
                        + " was removed meanwhile is lost: application={} topic={} partition={} from={}",
                applicationId,
                partition.topic(),
                partition.partition(),
                start);
        tell("all of " + partition + " before offset " + start
                + " that it had not read when Kafka forgot how far it was, if it had ever read any");
    }

    private Counter counter(String topic) {
        return Counter.builder("vigie.records.lost")
                .description("Records that a stream had not read when their topic removed them")
                .tag("topic", topic)
                .register(meters);
    }

    private synchronized void tell(String gap) {
        gaps++;
        if (told.size() < TOLD_MAX) {
            told.add(gap);
        }
    }
}
