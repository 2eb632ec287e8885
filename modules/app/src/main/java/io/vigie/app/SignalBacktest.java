package io.vigie.app;

import io.vigie.events.Signal;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.topology.signals.Mention;
import io.vigie.topology.signals.SignalDetector;
import io.vigie.topology.signals.SignalMemory;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Has a detector hear all verbatims of the topic in the order in which they were said. Memory is bounded: they are sorted on
 * disk, and what the detector remembers is limited to {@value #STATE_MAX} entries, some 150 MB.
 */
final class SignalBacktest {
    private static final int STATE_MAX = 1_000_000;
    private static final Duration POLL_MAX = Duration.ofMillis(500);
    /** So many polls in a row without a record or a step ahead mean that Kafka does not answer. */
    private static final int IDLE_POLLS_MAX = 60;

    private final Connections connections;
    private final SignalSettings settings;
    private final Progress progress;

    SignalBacktest(Connections connections, SignalSettings settings, boolean progressShown) {
        this.connections = connections;
        this.settings = settings;
        this.progress = new Progress(System.err, progressShown);
    }

    /** What a run has read. */
    record Run(long verbatims, long unreadable, long forgotten) {}

    /** Reads what is in the topic now; of a verbatim that is there twice, all that was said of it before compaction. */
    Run run(Consumer<Signal> signals) throws IOException {
        try (var schemas = connections.schemaRegistry();
                var reader = connections.reader(new ByteArrayDeserializer(), "earliest")) {
            return run(reader, schemas.decoder(Verbatim.class)::decode, signals);
        }
    }

    /** As {@link #run(Consumer)}, of what a reader without partitions of its own reads. */
    Run run(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader,
            Function<byte[], Decoding<Verbatim>> decode,
            Consumer<Signal> signals)
            throws IOException {
        try (var mentions = new SortedMentions()) {
            long unreadable = read(reader, decode, mentions);
            var memory = new SignalMemory(STATE_MAX);
            var detector = new SignalDetector(settings, memory);
            var hearing = Path.of("hearing");
            long[] heard = {0};
            mentions.forEachInOrder(mention -> {
                detector.hear(mention).forEach(signals);
                heard[0]++;
                progress.at(hearing, heard[0] / (double) mentions.size(), heard[0]);
            });
            progress.end(hearing, heard[0]);
            return new Run(mentions.size(), unreadable, memory.forgotten());
        }
    }

    private long read(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> reader,
            Function<byte[], Decoding<Verbatim>> decode,
            SortedMentions mentions)
            throws IOException {
        String topic = connections.topics().verbatims();
        long unreadable = 0;
        List<TopicPartition> partitions = reader.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        reader.assign(partitions);
        reader.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(reader.endOffsets(partitions));
        long total = ends.values().stream().mapToLong(Long::longValue).sum();
        var reading = Path.of(topic);
        long position = -1;
        for (int idle = 0; !ends.isEmpty(); ) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL_MAX)) {
                unreadable += add(record, decode, mentions) ? 0 : 1;
            }
            long now = partitions.stream().mapToLong(reader::position).sum();
            ends.entrySet().removeIf(end -> reader.position(end.getKey()) >= end.getValue());
            progress.at(reading, now / (double) Math.max(1, total), mentions.size());
            idle = now > position ? 0 : idle + 1;
            position = Math.max(position, now);
            if (idle > IDLE_POLLS_MAX) {
                throw new CommandFailedException("topic " + topic + " could not be read to its end; is Kafka well?");
            }
        }
        progress.end(reading, mentions.size());
        return unreadable;
    }

    private static boolean add(
            ConsumerRecord<byte[], byte[]> record, Function<byte[], Decoding<Verbatim>> decode, SortedMentions mentions)
            throws IOException {
        if (record.value() == null) {
            return true;
        }
        return switch (decode.apply(record.value())) {
            case Decoding.Undecodable<Verbatim> _ -> false;
            case Decoding.Decoded<Verbatim>(Verbatim verbatim) -> {
                // As if it had arrived when it was said.
                mentions.add(Mention.of(verbatim, verbatim.getOccurredAt()));
                yield true;
            }
        };
    }
}
