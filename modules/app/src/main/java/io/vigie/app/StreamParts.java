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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
     * Starts both in the background.
     *
     * @param checks takes their health under {@code stream} and {@code insights}
     * @param onStopped called with a reason when one of them gives up
     */
    void start(
            CustomerKeys customers,
            OffersSeen offersSeen,
            Map<String, Supplier<Health.State>> checks,
            Consumer<String> onStopped) {
        Courtesy.compilers();
        provisioning.requireRevisions();
        var understanding = new VerbatimTopology.Parts(
                Engines.of(config.stream().classifier())::understand,
                customers,
                provisioning::ensureComplaints,
                offersSeen,
                config.stream().seenFor(),
                clock);
        checks.put(
                "stream",
                health(
                        "the stream",
                        VerbatimStream.start(
                                VerbatimTopology.build(connections.topics(), schemas, understanding, meters),
                                settings(
                                        config.stream().applicationId(),
                                        config.stream().commitEvery()),
                                clock,
                                meters,
                                reason -> onStopped.accept("the stream: " + reason))));
        var counting =
                new InsightTopology.Parts(provisioning::ensureComplaints, config.zone(), clock, config.signals());
        checks.put(
                "insights",
                health(
                        "the stream of insights",
                        VerbatimStream.start(
                                InsightTopology.build(connections.topics(), schemas, counting, meters),
                                settings(
                                        config.stream().insightsId(),
                                        config.stream().insightsCommitEvery()),
                                clock,
                                meters,
                                reason -> onStopped.accept("the stream of insights: " + reason))));
    }

    private Supplier<Health.State> health(String name, VerbatimStream stream) {
        closing.add(stream);
        return () -> stream.running()
                ? new Health.Up()
                : new Health.Down(name + " is " + stream.state() + "; it is ready when RUNNING");
    }

    /** Streams gives each application a directory of its own in that of the state. */
    private VerbatimStream.Settings settings(String applicationId, Duration commitEvery) {
        return new VerbatimStream.Settings(
                applicationId,
                place.instanceId(),
                config.stream().threads(),
                commitEvery,
                place.state(),
                connections.kafka());
    }

    @Override
    public void close() {
        closing.close();
    }
}
