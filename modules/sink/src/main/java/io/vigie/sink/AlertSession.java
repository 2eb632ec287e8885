package io.vigie.sink;

import io.vigie.events.Alert;
import io.vigie.events.RevisionHeader;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.index.Percolation;
import io.vigie.index.SearchRequest;
import io.vigie.sink.WatchedSearches.Watched;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From joining the group to the first failure. The alerts of a batch and the offsets behind it are one transaction, so
 * whatever ends the session, the next one goes on behind exactly those verbatims whose alerts are written. One thread.
 */
final class AlertSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AlertSession.class);

    private static final Duration POLL = Duration.ofMillis(200);
    /** Longest time that offsets without alerts stay uncommitted; what is read again finds nothing again. */
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(5);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final RecentAlerts recent;
    private final Topics topics;
    private final AvroDecoder<Verbatim> decoder;
    private final Serializer<Alert> serializer;
    private final WatchedSearches searches;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final AlertMetrics metrics;

    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private Set<String> refused = Set.of();
    private long lastCommit;
    /** Others may have written alerts for the partitions that are ours now. */
    private boolean assigned;

    private boolean asleep;

    AlertSession(
            AlertClients clients,
            Topics topics,
            AvroDecoder<Verbatim> decoder,
            Serializer<Alert> serializer,
            WatchedSearches searches,
            InstantSource clock,
            LongSupplier nanoTime,
            AlertMetrics metrics) {
        this.consumer = clients.verbatims();
        this.producer = clients.producer();
        this.recent = new RecentAlerts(clients.alerts(), new TopicPartition(topics.alerts(), 0), clients::written);
        this.topics = topics;
        this.decoder = decoder;
        this.serializer = serializer;
        this.searches = searches;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.lastCommit = nanoTime.getAsLong();
    }

    /** Joins the group. */
    void open() {
        producer.initTransactions();
        consumer.subscribe(List.of(topics.verbatims()), new Rebalance());
    }

    /** Any thread: makes a step that waits end with a WakeupException. */
    void wakeup() {
        consumer.wakeup();
    }

    /** Polls once, and writes the alerts of what came. */
    void step() throws IOException {
        if (asleep) {
            sleepOn();
        }
        var records = consumer.poll(POLL);
        if (assigned) {
            recent.catchUp();
            assigned = false;
        }
        if (!records.isEmpty()) {
            apply(records);
        } else if (!asleep && watched().isEmpty()) {
            asleep = true;
        }
        if (nanoTime.getAsLong() - lastCommit >= COMMIT_EVERY.toNanos() && !uncommitted.isEmpty()) {
            write(List.of());
        }
        metrics.lag(consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum());
    }

    /**
     * While nobody watches, nothing is fetched: the position follows the end. The end is asked for first, so whatever is
     * before it was written before a search that is saved later.
     */
    private void sleepOn() {
        var ours = consumer.assignment();
        var ends = consumer.endOffsets(ours);
        asleep = watched().isEmpty();
        if (asleep) {
            consumer.pause(ours);
            ends.forEach((partition, end) -> {
                if (consumer.position(partition) < end) {
                    consumer.seek(partition, end);
                    uncommitted.put(partition, new OffsetAndMetadata(end));
                }
            });
        } else {
            consumer.resume(ours);
        }
    }

    private List<Watched> watched() {
        var current = searches.current();
        metrics.searches(current.size());
        return current;
    }

    private void apply(ConsumerRecords<byte[], byte[]> records) throws IOException {
        // Not the offset of the last record: transaction markers and compaction leave holes behind it.
        uncommitted.putAll(records.nextOffsets());
        var watched = watched();
        asleep = watched.isEmpty();
        if (!asleep) {
            var alerts = alerts(verbatims(records, earliest(watched)), watched);
            if (!alerts.isEmpty()) {
                write(alerts);
            }
        }
    }

    private static Instant earliest(List<Watched> watched) {
        return watched.stream().map(Watched::since).min(Instant::compareTo).orElse(Instant.MAX);
    }

    /**
     * The last version of each verbatim that is new. What is only written anew, such as all of them by a reclassification,
     * was matched when it was new. What cannot be read is the index's to bury.
     */
    private List<Verbatim> verbatims(ConsumerRecords<byte[], byte[]> records, Instant since) {
        var verbatims = new LinkedHashMap<String, Verbatim>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.key() == null) {
                continue;
            }
            String id = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                verbatims.remove(id);
            } else if (RevisionHeader.on(record.headers()) && !verbatims.containsKey(id)) {
                metrics.revised();
            } else if (decoder.decode(record.value()) instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)
                    && verbatim.getVerbatimId().equals(id)
                    && !verbatim.getClassifiedAt().isBefore(since)) {
                verbatims.put(id, verbatim);
            }
        }
        return List.copyOf(verbatims.values());
    }

    private List<Alert> alerts(List<Verbatim> verbatims, List<Watched> watched) throws IOException {
        var requests = new HashMap<String, SearchRequest>();
        watched.forEach(search -> requests.put(search.id(), search.request()));
        var alerts = new ArrayList<Alert>();
        for (int from = 0; from < verbatims.size(); from += Percolation.BATCH_MAX) {
            var batch = verbatims.subList(from, Math.min(verbatims.size(), from + Percolation.BATCH_MAX));
            var started = metrics.start();
            var matches = Percolation.match(batch, requests, clock.instant());
            metrics.matched(started, batch.size(), matches.refused().size());
            tell(matches.refused().keySet());
            for (Watched search : watched) {
                for (Verbatim verbatim : matches.found().getOrDefault(search.id(), List.of())) {
                    addNew(alerts, search, verbatim);
                }
            }
        }
        return alerts;
    }

    private void addNew(List<Alert> alerts, Watched search, Verbatim verbatim) {
        if (verbatim.getClassifiedAt().isBefore(search.since())) {
            return;
        }
        if (recent.contains(RecentAlerts.key(search.id(), verbatim.getVerbatimId()))) {
            metrics.repeated();
            return;
        }
        alerts.add(new Alert(search.id(), verbatim.getVerbatimId(), verbatim.getOccurredAt(), clock.instant()));
    }

    private void tell(Set<String> unable) {
        if (!unable.equals(refused)) {
            refused = Set.copyOf(unable);
            log.warn("saved searches cannot be run and do not alert, save them anew; searches={}", refused);
        }
    }

    private void write(List<Alert> alerts) {
        producer.beginTransaction();
        try {
            for (Alert alert : alerts) {
                var key = RecentAlerts.key(alert.getSearchId(), alert.getVerbatimId());
                // A send that fails is told by the commit.
                var _ = producer.send(new ProducerRecord<>(
                        topics.alerts(),
                        key.getBytes(StandardCharsets.UTF_8),
                        serializer.serialize(topics.alerts(), alert)));
            }
            producer.sendOffsetsToTransaction(uncommitted, consumer.groupMetadata());
            producer.commitTransaction();
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
        alerts.forEach(alert -> recent.add(RecentAlerts.key(alert.getSearchId(), alert.getVerbatimId())));
        metrics.written(alerts.size());
        uncommitted.clear();
        lastCommit = nanoTime.getAsLong();
    }

    /** An open transaction keeps every reader of alerts waiting until it times out. */
    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            // Illegal state: the commit had ended, and only its answer was lost.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        try (consumer;
                recent) {
            producer.close(CLOSE_MAX);
        }
    }

    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            assigned |= !partitions.isEmpty();
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            uncommitted.keySet().removeAll(partitions);
        }
    }
}
