package io.vigie.bench;

import io.vigie.events.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/** The least that a stream can do with events: exactly once, each as it is to one of many topics. */
final class IdentityStream implements AutoCloseable {
    private static final Duration CLOSE_MAX = Duration.ofSeconds(30);

    private final KafkaStreams streams;

    /**
     * Starts it.
     *
     * @param id names its group
     * @param outputs existing topics, of which the hash of the key chooses one
     * @param commitMillis how often a transaction ends
     */
    IdentityStream(
            String id, Topics topics, List<String> outputs, Map<String, String> kafka, int commitMillis, Path state) {
        var builder = new StreamsBuilder();
        builder.stream(
                        List.of(topics.tickets(), topics.calls(), topics.surveys()),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .to(
                        (key, _, _) -> outputs.get(Math.floorMod(key.hashCode(), outputs.size())),
                        Produced.with(Serdes.String(), Serdes.ByteArray()));
        var settings = new Properties();
        settings.putAll(kafka);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMillis);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        this.streams = new KafkaStreams(builder.build(), settings);
        streams.start();
    }

    @Override
    public void close() {
        streams.close(CLOSE_MAX);
    }
}
