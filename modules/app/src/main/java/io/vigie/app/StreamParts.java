package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Provisioning;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.Health;
import io.vigie.topology.Courtesy;
import io.vigie.topology.CustomerKeys;
import io.vigie.topology.InsightTopology;
import io.vigie.topology.OffersSeen;
import io.vigie.topology.VerbatimStream;
import io.vigie.topology.VerbatimTopology;
import io.vigie.understanding.Engine;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The two stream applications of one process: from events to verbatims in short transactions, and from verbatims to
 * whatever is counted of them in longer ones.
 */
final class StreamParts implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Connections connections;
    private final SchemaRegistry schemas;
    private final Provisioning provisioning;
    private final Place place;
    private final Config config;
    private final Clock clock;
    private final MeterRegistry meters;

    /**
     * Where one process keeps its streams.
     *
     * @param instanceId of a process that is the same at every start, so that it need not wait for itself
     * @param state holds a directory for each application
     */
    record Place(Optional<String> instanceId, Path state) {}

    /** Starts nothing yet. */
    StreamParts(
            Connections connections,
            SchemaRegistry schemas,
            Provisioning provisioning,
            Place place,
            Config config,
            Clock clock,
            MeterRegistry meters) {
        this.connections = connections;
        this.schemas = schemas;
        this.provisioning = provisioning;
        this.place = place;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Starts both as soon as Kafka answers; looks first whether their state is theirs.
     *
     * @param engine understands the verbatims
     * @param reset which state is made anew before
     * @param checks takes their health under {@code stream} and {@code insights}
     * @param onStopped called with a reason when one of them gives up
     * @throws CommandFailedException when the state of one is of another version; says what to do
     */
    void start(
            Engine engine,
            CustomerKeys customers,
            OffersSeen offersSeen,
            Set<Reset> reset,
            Map<String, Supplier<Health.State>> checks,
            Consumer<String> onStopped) {
        Courtesy.compilers();
        provisioning.requireRevisions();
        var understanding = new VerbatimTopology.Parts(
                engine::understand,
                customers,
                provisioning::ensureComplaints,
                offersSeen,
                config.stream().seenFor(),
                clock);
        var counting =
                new InsightTopology.Parts(provisioning::ensureComplaints, config.zone(), clock, config.signals());
        var streams = List.of(
                new StartingStream(
                        "the stream",
                        Reset.SEEN,
                        Map.of(ConfigKey.CUSTOMER_SECRET.key(), "checksum " + customers.checksum()),
                        settings(
                                config.stream().applicationId(), config.stream().commitEvery()),
                        VerbatimStream.prepare(
                                VerbatimTopology.build(connections.topics(), schemas, understanding, meters))),
                new StartingStream(
                        "the stream of insights",
                        Reset.INSIGHTS,
                        Map.of(ConfigKey.TIME_ZONE.key(), config.zone().getId()),
                        settings(config.stream().insightsId(), config.stream().insightsCommitEvery()),
                        VerbatimStream.prepare(
                                InsightTopology.build(connections.topics(), schemas, counting, meters))));
        checks.put("stream", closing.add(streams.getFirst())::state);
        checks.put("insights", closing.add(streams.getLast())::state);
        var starts = new StreamStarts(
                new KafkaKeptState(connections),
                place.state(),
                reset,
                stream -> stream.start(clock, meters, onStopped));
        closing.add(starts).start(streams, onStopped);
    }

    /** Streams gives each application a directory of its own in that of the state. */
    private VerbatimStream.Settings settings(String applicationId, Duration commitEvery) {
        return new VerbatimStream.Settings(
                applicationId,
                place.instanceId(),
                config.stream().threads(),
                commitEvery,
                place.state(),
                config.stream().storeBytes(),
                connections.kafka());
    }

    @Override
    public void close() {
        closing.close();
    }
}
