package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.topology.VerbatimStream.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of nothing but a global thread, which reads a topic in memory. */
class VerbatimStreamTest {
    private static final TopicPartition OFFERS = new TopicPartition("offers", 0);

    @TempDir
    private Path directory;

    private final MockConsumer<byte[], byte[]> offers = new MockConsumer<>("earliest");
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Test
    void whenTheGlobalThreadFailsTheStreamSaysSoOnce() throws InterruptedException {
        try (var stream = start()) {
            offers.addRecord(new ConsumerRecord<>(OFFERS.topic(), 0, 0, bytes("fibre"), bytes("poison")));

            assertThat(told.poll(30, TimeUnit.SECONDS)).contains("cannot be replaced", "start again");
            assertThat(stream.state()).isEqualTo("ERROR");
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aStreamThatIsClosedTellsNobody() {
        var stream = start();

        stream.close();

        assertThat(stream.state()).isEqualTo("NOT_RUNNING");
        assertThat(told).isEmpty();
    }

    private VerbatimStream start() {
        offers.updatePartitions(
                OFFERS.topic(), List.of(new PartitionInfo(OFFERS.topic(), 0, Node.noNode(), new Node[0], new Node[0])));
        offers.updateBeginningOffsets(Map.of(OFFERS, 0L));
        offers.updateEndOffsets(Map.of(OFFERS, 0L));
        var settings = new Settings(
                "vigie",
                Optional.empty(),
                1,
                Duration.ofMillis(50),
                directory,
                8 << 20,
                Map.of("bootstrap.servers", "127.0.0.1:1"));
        return VerbatimStream.start(
                properties -> new KafkaStreams(topology(), properties, new Clients()),
                new LostRecords("vigie", Set.of(), new SimpleMeterRegistry()),
                settings,
                InstantSource.system(),
                new SimpleMeterRegistry(),
                told::add);
    }

    private static Topology topology() {
        var builder = new StreamsBuilder();
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("offers"), Serdes.String(), Serdes.String()),
                OFFERS.topic(),
                Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("offer-catalogue"),
                Failing::new);
        return builder.build();
    }

    private static final class Failing extends ContextualProcessor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            throw new IllegalStateException("fault met at " + record.timestamp());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** No other thread than the global one has work, so nothing else is asked for. */
    private final class Clients implements KafkaClientSupplier {
        @Override
        public Admin getAdmin(Map<String, Object> config) {
            return Admin.create(config);
        }

        @Override
        public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
            return offers;
        }

        @Override
        public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
            throw new UnsupportedOperationException();
        }
    }
}
