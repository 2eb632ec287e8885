package io.vigie.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vigie.app.embedded.DataDirectory;
import io.vigie.app.embedded.EmbeddedKafka;
import io.vigie.app.embedded.EmbeddedRegistry;
import io.vigie.app.embedded.Ports;
import io.vigie.events.EventProducer;
import io.vigie.events.EventRules;
import io.vigie.events.Offer;
import io.vigie.events.Provisioning;
import io.vigie.events.Signal;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.index.NextIndex;
import io.vigie.index.OnDamage;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.EventSink;
import io.vigie.server.Health;
import io.vigie.server.HttpServer;
import io.vigie.server.KafkaOffsets;
import io.vigie.server.OfferDirectory;
import io.vigie.server.OfferView;
import io.vigie.server.Presentation;
import io.vigie.server.ReadYourWrites;
import io.vigie.server.ServerException;
import io.vigie.server.ServerSettings;
import io.vigie.server.SignalView;
import io.vigie.sink.DeadLetters;
import io.vigie.sink.IndexRebuild;
import io.vigie.sink.IndexSink;
import io.vigie.sink.Pace;
import io.vigie.sink.SinkState;
import io.vigie.sink.Source;
import io.vigie.topology.CustomerKeys;
import io.vigie.topology.OffersSeen;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Redactor;
import io.vigie.understanding.Taxonomy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running process in one of its roles. Builds the parts, connects them, and closes them in the opposite order. */
final class Application implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Application.class);

    private static final Duration SEARCHABLE_POLL = Duration.ofMillis(50);

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final Closing closing = new Closing();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<String, Supplier<Health.State>> checks = new LinkedHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final OffersSeen offersSeen = new OffersSeen();
    private volatile String failure = "";
    private Optional<EventProducer> producer = Optional.empty();
    private Optional<CustomerKeys> customers = Optional.empty();
    private IntSupplier searchable = () -> 0;

    private Application(Config config) {
        this.config = config;
        Meters.shape(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        closing.add(new JvmGcMetrics()).bindTo(meters);
    }

    /** Everything in one process on this machine, with the embedded broker and registry. */
    static Application up(Config config, Path home, Set<Reset> reset) throws IOException, ServerException {
        return started(
                new Application(config), application -> application.startUp(home, EmbeddedRegistry::start, reset));
    }

    /** As {@link #up}, and the registry learns how to start fast, too. */
    static Application rehearsal(Config config, Path home) throws IOException, ServerException {
        return started(
                new Application(config),
                application -> application.startUp(home, EmbeddedRegistry::rehearse, Set.of()));
    }

    /** The topology, against an existing Kafka. */
    static Application stream(Config config, Set<Reset> reset) throws IOException, ServerException {
        return started(new Application(config), application -> application.startStreamRole(reset));
    }

    /** The sink with the search API and UI, against an existing Kafka. */
    static Application serve(Config config) throws IOException, ServerException {
        return started(new Application(config), Application::startServeRole);
    }

    /** Waits until the process is asked to end, or a part fails for good. */
    void await() throws InterruptedException, ApplicationFailedException {
        ended.await();
        if (!failure.isEmpty()) {
            throw new ApplicationFailedException(failure);
        }
    }

    /** Ends a user of this process's parts before the parts themselves. */
    void closeFirst(AutoCloseable user) {
        closing.add(user);
    }

    /** Publishes to the Kafka of this process; only a process that serves has one. */
    EventProducer producer() {
        return producer.orElseThrow();
    }

    /** Waits until the stream of this process knows the offers up to that offset of their topic. */
    void awaitOffers(long offset, Duration max) throws InterruptedException {
        if (!offersSeen.await(offset, max)) {
            throw new CommandFailedException("the stream did not read the offers within " + max.toSeconds() + " s");
        }
    }

    /** Waits until searches see so many verbatims. */
    void awaitDocuments(int documents, Duration max) throws InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        while (searchable.getAsInt() < documents) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException(searchable.getAsInt() + " of " + documents
                        + " verbatims are searchable after " + max.toSeconds() + " s; see the log above");
            }
            Thread.sleep(SEARCHABLE_POLL);
        }
    }

    private interface Start {
        void start(Application application) throws IOException, ServerException;
    }

    private static Application started(Application application, Start start) throws IOException, ServerException {
        try {
            Config.Http http = application.config.http();
            HttpServer.requireMayListen(http.host(), application.config.access().exposure(http));
            start.start(application);
            return application;
        } catch (IOException | ServerException | RuntimeException e) {
            application.close();
            throw e;
        }
    }

    private interface RegistryStart {
        EmbeddedRegistry start(Path home, DataDirectory data, int port);
    }

    private void startUp(Path home, RegistryStart start, Set<Reset> reset) throws IOException, ServerException {
        var data = closing.add(DataDirectory.take(config.dataDirectory()));
        if (config.http().isOnLoopback()) {
            Ports.requireFree(config.http().port(), ConfigKey.HTTP_PORT.key());
        }
        // The registry starts in its own process while the broker starts in ours.
        var registry = closing.add(
                start.start(home.resolve("registry"), data, config.embedded().registryPort()));
        var kafka = closing.add(EmbeddedKafka.start(data, config.embedded().kafkaPort()));
        var connections = Connections.embedded(config, kafka.bootstrapServers(), registry.url());
        // Takes a second of one processor, while the registry takes another.
        Engine engine = Engines.of(config.stream().classifier());
        registry.awaitReady();
        checks.put(
                "registry",
                () -> registry.alive()
                        ? new Health.Up()
                        : new Health.Down("the embedded registry has ended; restart vigie"));
        var schemas = closing.add(connections.schemaRegistry());
        var provisioning = connections.provisioning(closing.add(connections.admin()), schemas);
        provisioning.apply();
        // Alone on its broker, it is the same instance at every start, and need not wait for its former self to time
        // out.
        var place = new StreamParts.Place(Optional.of("up"), data.streams());
        startStream(connections, schemas, provisioning, place, engine, data.customerSecret(), reset);
        startServing(connections, schemas, data.index(), Optional.of("up"), SeenByStream.over(offersSeen));
    }

    private void startStreamRole(Set<Reset> reset) throws ServerException {
        byte[] secret = config.customerSecret()
                .orElseThrow(() -> new ConfigException(List.of(ConfigKey.CUSTOMER_SECRET.key()
                        + " is not set; customer keys need a secret of 16 bytes or more, the same for ever")))
                .getBytes(StandardCharsets.UTF_8);
        var connections = Connections.to(config);
        var schemas = closing.add(connections.schemaRegistry());
        var provisioning = connections.provisioning(closing.add(connections.admin()), schemas);
        startStream(
                connections,
                schemas,
                provisioning,
                new StreamParts.Place(
                        config.stream().instanceId(), config.dataDirectory().resolve("streams")),
                Engines.of(config.stream().classifier()),
                secret,
                reset);
        var health = new Health(checks);
        closing.add(HttpServer.startOperations(
                serverSettings(), AccessParts.of(config, checks, clock), health, meters, clock));
        closing.add(() -> drain(health));
    }

    private void startServeRole() throws IOException, ServerException {
        customers = config.customerSecret().map(secret -> new CustomerKeys(secret.getBytes(StandardCharsets.UTF_8)));
        var connections = Connections.to(config);
        var schemas = closing.add(connections.schemaRegistry());
        startServing(
                connections,
                schemas,
                config.dataDirectory().resolve("index"),
                Optional.empty(),
                UnaryOperator.identity());
    }

    private void startStream(
            Connections connections,
            SchemaRegistry schemas,
            Provisioning provisioning,
            StreamParts.Place place,
            Engine engine,
            byte[] customerSecret,
            Set<Reset> reset) {
        var streams = closing.add(new StreamParts(connections, schemas, provisioning, place, config, clock, meters));
        var keys = new CustomerKeys(customerSecret);
        customers = Optional.of(keys);
        streams.start(engine, keys, offersSeen, reset, checks, this::fail);
    }

    private void startServing(
            Connections connections,
            SchemaRegistry schemas,
            Path indexDirectory,
            Optional<String> instanceId,
            UnaryOperator<OfferDirectory> directory)
            throws IOException, ServerException {
        var upkeep = config.index().upkeep();
        var index =
                closing.add(VerbatimIndex.open(indexDirectory, config.index().onDamage(), upkeep, meters, clock));
        searchable = index::documents;
        // Who has asked for a rebuild wants the index that he has to answer until then, whatever is wrong with it.
        boolean rebuild = config.index().onDamage() == OnDamage.REBUILD || NextIndex.isRequested(indexDirectory);
        DeadLetters deadLetters = closing.add(new KafkaDeadLetters(
                connections.deadLetterProducer(), connections.topics().deadLetters()));
        var sink = startSink(sinkOf(
                connections,
                schemas,
                deadLetters,
                rebuild ? IndexSink.OnGap.AWAIT_SUCCESSOR : IndexSink.OnGap.END,
                index,
                meters));
        closing.add(OldIndex.removing(indexDirectory, caughtUp(sink)));
        var rebuilds = closing.add(IndexRebuild.watching(
                indexDirectory,
                sink,
                (successor, unshown) ->
                        sinkOf(connections, schemas, deadLetters, IndexSink.OnGap.END, successor, unshown),
                upkeep,
                meters,
                clock));
        checks.put("index", () -> IndexHealth.of(sink.state(), rebuilds.progress(), index.damage()));
        var offers = closing.add(new OfferView(
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().offers(),
                schemas.decoder(Offer.class)::decode));
        offers.start();
        checks.put("offers", offers::state);
        var events = closing.add(EventProducer.create(connections.topics(), connections.kafka(), schemas));
        producer = Optional.of(events);
        var alerts = closing.add(new AlertParts(connections, schemas, events, instanceId, config, clock, meters));
        alerts.start(index, caughtUp(sink));
        checks.put("searches", alerts::state);
        var ledgers = closing.add(new LedgerParts(connections, schemas));
        checks.put("ledgers", ledgers::state);
        var erasures = closing.add(new ErasureParts(connections, schemas, events, config, clock));
        erasures.start(index);
        checks.put("erasures", erasures::state);
        var loop = closing.add(new LoopParts(connections, schemas, events)).start();
        checks.put("questions", loop::state);
        var signals = closing.add(new SignalView(
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().signals(),
                schemas.decoder(Signal.class)::decode));
        signals.start();
        checks.put("signals", signals::state);
        var buried = closing.add(BuriedParts.view(connections));
        buried.start();
        var access = closing.add(new AccessParts(connections, schemas, config, checks, meters, clock));
        var health = new Health(checks);
        closing.add(HttpServer.start(
                serverSettings(),
                new HttpServer.Sources(
                        index, directory.apply(offers), ledgers.start(), signals, buried, presentation(connections)),
                new HttpServer.Sinks(
                        EventSink.to(events),
                        new EventRules(clock),
                        readYourWrites(connections, index),
                        alerts.alerting(),
                        erasures.erasing(customers),
                        loop.loop()),
                access.start(),
                health,
                meters,
                clock));
        closing.add(() -> drain(health));
    }

    /** Before the server closes: whoever shares the work out must see that it goes, and send the next elsewhere. */
    private void drain(Health health) throws InterruptedException {
        health.end();
        Thread.sleep(config.http().drain());
    }

    private Presentation presentation(Connections connections) {
        var files = config.stream().classifier();
        Taxonomy taxonomy = files.taxonomy().map(Engines::taxonomy).orElseGet(Taxonomy::standard);
        return new Presentation(ThemeList.of(taxonomy), config.zone())
                .with(new TaxonomyTrials(() -> Engines.of(files)))
                .with(new PageReplays(new Replays(connections, clock)))
                .with(Redactor::masks);
    }

    private ReadYourWrites readYourWrites(Connections connections, VerbatimIndex index) {
        var topics = connections.topics();
        return new ReadYourWrites(
                List.of(topics.tickets(), topics.calls(), topics.surveys()),
                topics.verbatims(),
                new KafkaOffsets(
                        closing.add(connections.admin()), config.stream().applicationId()),
                index::searchable);
    }

    private IndexSink sinkOf(
            Connections connections,
            SchemaRegistry schemas,
            DeadLetters deadLetters,
            IndexSink.OnGap onGap,
            VerbatimIndex index,
            MeterRegistry meters) {
        Source source;
        try (var admin = connections.admin()) {
            source = Source.of(admin, connections.topics().verbatims());
        }
        return new IndexSink(
                connections.reader(new ByteArrayDeserializer(), "none"),
                source,
                schemas.decoder(Verbatim.class),
                index,
                deadLetters,
                new Pace(
                        config.index().refreshEvery(),
                        config.index().commitEvery(),
                        Pace.standard().commitRecords()),
                onGap,
                clock,
                meters);
    }

    private IndexSink startSink(IndexSink sink) {
        var thread = Thread.ofPlatform().name("index-sink").uncaughtExceptionHandler((dead, e) -> {
            log.error("the index sink has ended", e);
            fail(String.valueOf(e.getMessage()));
        });
        var running = thread.start(sink);
        closing.add(() -> {
            sink.close();
            running.join();
        });
        return sink;
    }

    private static BooleanSupplier caughtUp(IndexSink sink) {
        return () -> sink.state() instanceof SinkState.Following;
    }

    private ServerSettings serverSettings() {
        return ServerSettings.at(config.http().host(), config.http().port())
                .withNames(config.http().names());
    }

    private void fail(String reason) {
        failure = reason;
        ended.countDown();
    }

    @Override
    public void close() {
        closing.close();
        ended.countDown();
    }
}
