package io.vigie.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds the transactions that have been open for so long that whatever reads only what is committed waits behind them: in
 * their partitions nothing that came after them is understood, counted or found.
 */
final class OpenTransactions {
    /** Much longer than the streams need for theirs. */
    static final Duration OPEN_MAX = Duration.ofMinutes(1);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final Admin admin;
    private final Clock clock;

    OpenTransactions(Admin admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    /**
     * One that holds readers up.
     *
     * @param from its first record there
     * @param waiting offsets from there to the end, which no reader of committed records gets to
     * @param lastWritten when its producer last wrote there
     * @param ends what its coordinator knows of it; null when none does, and so nobody ends it
     */
    record Open(
            TopicPartition partition,
            long producerId,
            int producerEpoch,
            long from,
            long waiting,
            Instant lastWritten,
            @Nullable Coordinated ends) {
        /**
         * In one sentence, with what to do.
         *
         * @param bootstrapServers where Kafka is
         */
        String told(String bootstrapServers) {
            String abort = "kafka-transactions.sh --bootstrap-server " + bootstrapServers + " abort --topic "
                    + partition.topic() + " --partition " + partition.partition() + " --start-offset " + from;
            String which = "an open transaction holds up " + partition + ": " + waiting + " offsets from " + from
                    + " on are read by nobody; producer id " + producerId + ", epoch " + producerEpoch
                    + ", which last wrote there at " + lastWritten;
            return ends == null
                    ? which + "; no coordinator tells of it, so it does not end by itself: " + abort
                    : which + "; its transactional.id is " + ends.transactionalId() + ", open since " + ends.since()
                            + ": have the program end it, or stop the program, and Kafka gives it up after "
                            + ends.timeout().toSeconds() + " s; if it does not, " + abort;
        }
    }

    /** What the coordinator of a transaction knows of it. */
    record Coordinated(String transactionalId, Instant since, Duration timeout) {}

    /**
     * Those that have been open for {@link #OPEN_MAX}, by partition.
     *
     * @param wanted topics to look at, by name
     */
    List<Open> in(Predicate<String> wanted) {
        var topics = new HashSet<>(answer(admin.listTopics().names()));
        topics.removeIf(wanted.negate());
        Map<TopicPartition, Long> held = held(partitions(topics));
        if (held.isEmpty()) {
            return List.of();
        }
        Instant latest = clock.instant().minus(OPEN_MAX);
        var open = coordinated(opened(held)).stream()
                .filter(one ->
                        !(one.ends() == null ? one.lastWritten() : one.ends().since()).isAfter(latest))
                .toList();
        return stillOpen(open, held).stream()
                .sorted(Comparator.comparing((Open one) -> one.partition().toString())
                        .thenComparingLong(Open::from))
                .toList();
    }

    private List<Open> opened(Map<TopicPartition, Long> ends) {
        var opened = new ArrayList<Open>();
        answer(admin.describeProducers(ends.keySet()).all())
                .forEach((partition, producers) -> producers.activeProducers().stream()
                        .filter(producer ->
                                producer.currentTransactionStartOffset().isPresent())
                        .forEach(producer -> opened.add(open(partition, producer, ends.getOrDefault(partition, 0L)))));
        return opened;
    }

    /** One that ended between two questions is known to no coordinator either. */
    private List<Open> stillOpen(List<Open> open, Map<TopicPartition, Long> ends) {
        var asked = new HashMap<>(ends);
        asked.keySet().retainAll(open.stream().map(Open::partition).collect(Collectors.toSet()));
        if (asked.isEmpty()) {
            return List.of();
        }
        List<Open> now = opened(asked);
        return open.stream()
                .filter(one -> now.stream()
                        .anyMatch(other -> other.partition().equals(one.partition())
                                && other.producerId() == one.producerId()
                                && other.from() == one.from()))
                .toList();
    }

    private Set<TopicPartition> partitions(Collection<String> topics) {
        return answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toSet());
    }

    /** The ends of the partitions that readers of committed records cannot read to. */
    private Map<TopicPartition, Long> held(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> stable =
                answer(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all());
        var held = new HashMap<TopicPartition, Long>();
        answer(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                        .all())
                .forEach((partition, end) -> {
                    var committed = stable.get(partition);
                    if (committed != null && committed.offset() < end.offset()) {
                        held.put(partition, end.offset());
                    }
                });
        return held;
    }

    private static Open open(TopicPartition partition, ProducerState producer, long end) {
        long from = producer.currentTransactionStartOffset().orElseThrow();
        return new Open(
                partition,
                producer.producerId(),
                producer.producerEpoch(),
                from,
                end - from,
                lastWritten(producer),
                null);
    }

    private static Instant lastWritten(ProducerState producer) {
        return Instant.ofEpochMilli(producer.lastTimestamp());
    }

    /** With what their coordinators know. */
    private List<Open> coordinated(List<Open> opened) {
        if (opened.isEmpty()) {
            return opened;
        }
        Set<Long> producers = opened.stream().map(Open::producerId).collect(Collectors.toSet());
        Set<String> ids =
                answer(admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers))
                                .all())
                        .stream()
                        .map(TransactionListing::transactionalId)
                        .collect(Collectors.toSet());
        Map<String, TransactionDescription> known =
                answer(admin.describeTransactions(ids).all());
        return opened.stream()
                .map(one -> new Open(
                        one.partition,
                        one.producerId,
                        one.producerEpoch,
                        one.from,
                        one.waiting,
                        one.lastWritten,
                        coordinated(one, known)))
                .toList();
    }

    private static @Nullable Coordinated coordinated(Open one, Map<String, TransactionDescription> known) {
        for (var transaction : known.entrySet()) {
            TransactionDescription description = transaction.getValue();
            if (description.producerId() == one.producerId
                    && description.topicPartitions().contains(one.partition)
                    && description.transactionStartTimeMs().isPresent()) {
                return new Coordinated(
                        transaction.getKey(),
                        Instant.ofEpochMilli(
                                description.transactionStartTimeMs().getAsLong()),
                        Duration.ofMillis(description.transactionTimeoutMs()));
            }
        }
        return null;
    }

    private static <T> T answer(Future<T> asked) {
        try {
            return asked.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("cannot ask for open transactions", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for open transactions", e);
        }
    }
}
