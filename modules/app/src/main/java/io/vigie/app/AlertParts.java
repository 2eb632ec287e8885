package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.EventProducer;
import io.vigie.events.SavedSearch;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.AlertDeliverer;
import io.vigie.server.AlertView;
import io.vigie.server.Alerting;
import io.vigie.server.DeliveryStates;
import io.vigie.server.Health;
import io.vigie.server.SavedSearches;
import io.vigie.server.SearchDirectory;
import io.vigie.server.SearchSink;
import io.vigie.sink.AlertClients;
import io.vigie.sink.AlertSink;
import io.vigie.sink.WatchedSearches.Watched;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Saved searches in one process: their views, the matching of new verbatims, and the delivery of what matched. */
final class AlertParts implements AutoCloseable {
    private static final Duration ADMIN_MAX = Duration.ofSeconds(20);
    private static final Duration SEEN_MAX = Duration.ofSeconds(20);

    private final Closing closing = new Closing();
    private final Connections connections;
    private final Topics topics;
    private final SchemaRegistry schemas;
    private final EventProducer events;
    private final Optional<String> instanceId;
    private final Config config;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Admin admin;
    private final SavedSearches searches;
    private final AlertView alerts;
    private final DeliveryStates deliveries;

    /** @param instanceId of a process that is alone and the same at every start, so that it need not wait for itself */
    AlertParts(
            Connections connections,
            SchemaRegistry schemas,
            EventProducer events,
            Optional<String> instanceId,
            Config config,
            Clock clock,
            MeterRegistry meters) {
        this.connections = connections;
        this.topics = connections.topics();
        this.schemas = schemas;
        this.events = events;
        this.instanceId = instanceId;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        this.admin = closing.add(connections.admin());
        this.searches = closing.add(new SavedSearches(
                connections.reader(new StringDeserializer(), "earliest"),
                topics.searches(),
                schemas.decoder(SavedSearch.class)::decode));
        this.alerts = closing.add(new AlertView(
                connections.reader(new StringDeserializer(), "earliest"),
                topics.alerts(),
                schemas.decoder(Alert.class)::decode));
        this.deliveries = closing.add(new DeliveryStates(
                connections.reader(new StringDeserializer(), "earliest"),
                topics.alertDeliveries(),
                schemas.decoder(AlertDelivery.class)::decode));
    }

    /** @param ready whether the index has read what was there when it began */
    void start(VerbatimIndex index, BooleanSupplier ready) {
        searches.start();
        alerts.start();
        deliveries.start();
        var sink = new AlertSink(
                new Clients(),
                topics,
                schemas.decoder(Verbatim.class),
                schemas.<Alert>serializer(),
                this::watched,
                clock,
                meters);
        run("alert-sink", sink, sink);
        var deliverer = new AlertDeliverer(
                new AlertDeliverer.Parts(
                        () -> connections.member(group("delivery"), instanceId),
                        topics.alerts(),
                        schemas.decoder(Alert.class)::decode,
                        this::freshSearches,
                        this::freshDeliveries,
                        events::send,
                        index,
                        ready,
                        config.alerts().webhooks(),
                        config.alerts().page().orElse(config.http().url())),
                config.zone(),
                clock,
                meters);
        run("alert-deliverer", deliverer, deliverer);
    }

    Alerting alerting() {
        return new Alerting(
                searches,
                alerts,
                deliveries,
                SearchSink.to(events),
                config.alerts().webhooks());
    }

    Health.State state() {
        return searches.state();
    }

    @Override
    public void close() {
        closing.close();
    }

    private void run(String name, Runnable part, AutoCloseable end) {
        var thread = Thread.ofPlatform().name(name).start(part);
        closing.add(() -> {
            end.close();
            thread.join();
        });
    }

    private List<Watched> watched() {
        freshSearches();
        return searches.active().stream()
                .map(active -> new Watched(active.id(), active.since(), active.request()))
                .toList();
    }

    private SearchDirectory freshSearches() {
        if (!searches.awaits(Map.of(0, end(topics.searches())), SEEN_MAX)) {
            throw late(topics.searches());
        }
        return searches;
    }

    private List<AlertDelivery> freshDeliveries() {
        if (!deliveries.awaits(Map.of(0, end(topics.alertDeliveries())), SEEN_MAX)) {
            throw late(topics.alertDeliveries());
        }
        return deliveries.states();
    }

    private static KafkaException late(String topic) {
        return new TimeoutException(
                "topic " + topic + " was not read to its end within " + SEEN_MAX.toSeconds() + " s");
    }

    /** Where the only partition of a topic ends, with what transactions have written that are not over yet. */
    private long end(String topic) {
        var partition = new TopicPartition(topic, 0);
        try {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get(ADMIN_MAX.toSeconds(), TimeUnit.SECONDS)
                    .offset();
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new KafkaException("cannot ask where topic " + topic + " ends", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The prefix of the topics tells installations apart. */
    private String group(String role) {
        return topics.alerts() + "." + role;
    }

    private final class Clients implements AlertClients {
        private final String transactions =
                group("matching") + "." + instanceId.orElse(UUID.randomUUID().toString());

        @Override
        public Consumer<byte[], byte[]> verbatims() {
            return connections.member(group("matching"), instanceId);
        }

        @Override
        public Consumer<byte[], byte[]> alerts() {
            return connections.reader(new ByteArrayDeserializer(), "earliest");
        }

        @Override
        public Producer<byte[], byte[]> producer() {
            return connections.transactionalProducer(transactions);
        }

        @Override
        public long written() {
            return end(topics.alerts());
        }
    }
}
