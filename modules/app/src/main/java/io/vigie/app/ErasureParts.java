package io.vigie.app;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.EventProducer;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.Erasing;
import io.vigie.server.ErasureView;
import io.vigie.server.Health;
import io.vigie.server.IndexErasure;
import io.vigie.server.KafkaOffsets;
import io.vigie.sink.Source;
import io.vigie.topology.CustomerKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Erasing customers in one process that serves: what was requested, what became of it, and its own index's part. */
final class ErasureParts implements AutoCloseable {
    private final Closing closing = new Closing();
    private final Connections connections;
    private final EventProducer events;
    private final Config config;
    private final Clock clock;
    private final Admin admin;
    private final ErasureView view;

    /** Starts nothing yet. */
    ErasureParts(Connections connections, SchemaRegistry schemas, EventProducer events, Config config, Clock clock) {
        this.connections = connections;
        this.events = events;
        this.config = config;
        this.clock = clock;
        this.admin = closing.add(connections.admin());
        this.view = closing.add(new ErasureView(
                () -> connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().erasures(),
                schemas.decoder(Erasure.class)::decode,
                connections.topics().erasureReceipts(),
                schemas.decoder(ErasureReceipt.class)::decode));
    }

    void start(VerbatimIndex index) {
        view.start();
        var watch = new IndexErasure(
                index,
                view,
                new KafkaOffsets(admin, config.stream().applicationId()),
                connections.topics().verbatims(),
                Source.of(admin, connections.topics().verbatims()).partitions(),
                place(),
                events::send,
                clock);
        var thread = Thread.ofPlatform().name("index-erasure").start(watch);
        closing.add(() -> {
            watch.close();
            thread.interrupt();
            thread.join();
        });
    }

    /** @param customers empty in a process that lacks the secret */
    Erasing erasing(Optional<CustomerKeys> customers) {
        return new Erasing(customers.map(keys -> keys::keyOf), view, events::send, place());
    }

    Health.State state() {
        return view.state();
    }

    /** Tells the indexes of several servers apart. */
    private String place() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = config.http().host();
        }
        return "index:" + host + ":" + config.http().port();
    }

    @Override
    public void close() {
        closing.close();
    }
}
