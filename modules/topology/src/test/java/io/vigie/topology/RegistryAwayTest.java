package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Topics;
import io.vigie.events.serde.RegistryException;
import io.vigie.events.serde.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

/** A registry that is away says nothing about a record: it is no reason to bury it. */
class RegistryAwayTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");

    @Test
    void anEventWhoseSchemaCannotBeAskedForStopsItsThreadAndIsNotBuried() throws IOException {
        try (var registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "http://127.0.0.1:" + closedPort()))) {
            var driver = new TopologyTestDriver(
                    VerbatimTopology.build(
                            TOPICS,
                            registry,
                            new VerbatimTopology.Parts(
                                    Understandings::nothing,
                                    new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                                    _ -> {},
                                    new OffersSeen(),
                                    Duration.ofDays(2),
                                    () -> NOW),
                            new SimpleMeterRegistry()),
                    new Properties(),
                    NOW);
            var tickets =
                    driver.createInputTopic(TOPICS.tickets(), new ByteArraySerializer(), new ByteArraySerializer());
            byte[] value = ByteBuffer.allocate(20).put((byte) 0).putInt(7).array();
            // It would be asked for a minute.
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> tickets.pipeInput(new byte[] {'t'}, value))
                    .hasRootCauseInstanceOf(InterruptedException.class)
                    .satisfies(failure -> assertThat(failure.getCause()).isInstanceOf(RegistryException.class));

            assertThat(Thread.interrupted()).isTrue();
            assertThat(driver.producedTopicNames()).doesNotContain(TOPICS.deadLetters());
            driver.close();
        }
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
