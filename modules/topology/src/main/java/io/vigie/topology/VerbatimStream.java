package io.vigie.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.vigie.events.TopicSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running topology. A thread that fails is replaced, since most failures are of the network and pass; when they do
 * not pass, or it is the one thread of the offers and erasures that cannot be replaced, the stream stops and says so.
 */
public final class VerbatimStream implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(VerbatimStream.class);

    private static final int FAILURES_MAX = 10;
    private static final Duration FAILURES_WITHIN = Duration.ofMinutes(10);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(20);
    /** A dead letter repeats its record, which may be as large as Kafka takes; see the topic's own setting. */
    private static final int REQUEST_BYTES_MAX = 4 * 1024 * 1024;

    /** Larger batches where a commit is not waited for: 5 ms of 50, 100 ms of a second. */
    private static final int LINGERS_IN_COMMIT = 10;
    /** At each batch the sender looks through all partitions, those of hundreds of topics. */
    private static final int BATCH_BYTES = 64 << 10;
    /** Holds what changes a row of the counts between two commits; what does not fit is written earlier. */
    private static final long CACHE_BYTES = 32L << 20;

    /** The metrics of a task are exported this long after it was assigned, at most. */
    private static final Duration METRICS_BOUND_EVERY = Duration.ofSeconds(10);

    /** What Kafka Streams calls the metrics of stores. */
    static final String OF_STORES = "stream-state-metrics";

    private static final String SEGMENT_BYTES = Integer.toString(32 << 20);

    private final KafkaStreams streams;
    private final LostRecords lost;
    private final ScheduledExecutorService binder = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "stream-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private final KafkaStreamsMetrics streamMetrics;
    private final InstantSource clock;
    private final Consumer<String> onStopped;
    private final Deque<Instant> failures = new ArrayDeque<>();
    /** Whether nobody is to be told of its end: he has been, or asked for it. */
    private boolean stopped;

    private VerbatimStream(KafkaStreams streams, LostRecords lost, InstantSource clock, Consumer<String> onStopped) {
        this.streams = streams;
        this.lost = lost;
        this.streamMetrics = new KafkaStreamsMetrics(streams, List.of(), binder, METRICS_BOUND_EVERY);
        this.clock = clock;
        this.onStopped = onStopped;
    }

    /**
     * How the stream runs.
     *
     * @param applicationId names the group of instances that share the work, and their internal topics
     * @param instanceId tells this instance apart from others for ever, so that it takes its work up again at once after a
     *     crash; empty for one that comes and goes
     * @param threads 1 or more; more than there are partitions are idle
     * @param commitEvery how often a transaction ends: what is in it becomes visible then
     * @param stateDirectory of this instance alone
     * @param storeBytes what all state stores of this process, those of other streams too, hold in memory outside the heap;
     *     that of the first stream counts
     * @param kafka passed to every client
     */
    public record Settings(
            String applicationId,
            Optional<String> instanceId,
            int threads,
            Duration commitEvery,
            Path stateDirectory,
            long storeBytes,
            Map<String, String> kafka) {
        public Settings {
            kafka = Map.copyOf(kafka);
        }
    }

    /** A topology that does not run yet. */
    public static final class Prepared {
        private final Topology topology;

        private Prepared(Topology topology) {
            this.topology = topology;
        }

        /** What it keeps, for whoever looks whether it may. */
        public StreamShape shape() {
            return StreamShape.of(topology);
        }

        /** As {@link VerbatimStream#start}. */
        public VerbatimStream start(
                Settings settings, InstantSource clock, MeterRegistry meters, Consumer<String> onStopped) {
            return VerbatimStream.start(topology, settings, clock, meters, onStopped);
        }
    }

    /** Starts nothing yet. */
    public static Prepared prepare(Topology topology) {
        return new Prepared(topology);
    }

    /**
     * Starts in the background; see {@link #running}.
     *
     * @param onStopped told once, from some thread, why the stream gives up and what to do
     */
    public static VerbatimStream start(
            Topology topology,
            Settings settings,
            InstantSource clock,
            MeterRegistry meters,
            Consumer<String> onStopped) {
        var lost = new LostRecords(
                settings.applicationId(), StreamShape.of(topology).sources(), meters);
        return start(
                properties -> new Streams(topology, properties, new WatchedClients(lost, settings.commitEvery())),
                lost,
                settings,
                clock,
                meters,
                onStopped);
    }

    static VerbatimStream start(
            Function<Properties, KafkaStreams> made,
            LostRecords lost,
            Settings settings,
            InstantSource clock,
            MeterRegistry meters,
            Consumer<String> onStopped) {
        var properties = new Properties();
        properties.putAll(configuration(settings));
        var stream = new VerbatimStream(made.apply(properties), lost, clock, onStopped);
        stream.streams.setUncaughtExceptionHandler(stream::answer);
        stream.streams.setStateListener((state, _) -> stream.changed(state));
        stream.streamMetrics.bindTo(meters);
        stream.streams.start();
        return stream;
    }

    /** Whether records are being processed: not while state is restored or work is handed out anew. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** The state in Kafka's own words, for health checks. */
    public String state() {
        return streams.state().name();
    }

    /** What of its topics was removed before it had read it, for an operator; empty when nothing was since the start. */
    public Optional<String> lost() {
        return lost.told();
    }

    private static Map<String, Object> configuration(Settings settings) {
        Map<String, Object> config = new HashMap<>();
        // Before the operator's own settings: these may be changed.
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), "10000");
        config.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), "2000");
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                Long.toString(
                        settings.commitEvery().dividedBy(LINGERS_IN_COMMIT).toMillis()));
        config.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        // A transaction that begins while the one before is still being closed is sent back; that is over in
        // milliseconds.
        config.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), "10");
        config.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG), "200");
        config.put(StreamsConfig.POLL_MS_CONFIG, "10");
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
        config.put(StoreMemory.BYTES, Long.toString(settings.storeBytes()));
        // Only closed segments are compacted: with Kafka's 1 GiB all changes up to that are read again to restore a
        // store.
        config.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), SEGMENT_BYTES);
        config.putAll(settings.kafka());
        settings.instanceId()
                .ifPresent(id -> config.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        // After them: the promises rest on these.
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        // With the other one Kafka Streams makes its readers without asking WatchedClients.
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitEvery().toMillis());
        config.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        // What is erased from the state must be off the disks of its topics as soon as off those of others.
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                Long.toString(TopicSpec.COMPACTION_LAG_MAX.toMillis()));
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), REQUEST_BYTES_MAX);
        return config;
    }

    /**
     * Without the metrics of single stores. Those of RocksDB ask the database itself, on the thread that reads them; when
     * another closes the store at that moment, the whole process ends: {@code pthread lock: Invalid argument}.
     */
    static Map<MetricName, Metric> withoutStores(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> !metric.getKey().group().equals(OF_STORES))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Tells nobody what {@link #withoutStores} leaves out. */
    private static final class Streams extends KafkaStreams {
        Streams(Topology topology, Properties properties, KafkaClientSupplier clients) {
            super(topology, properties, clients);
        }

        @Override
        public Map<MetricName, ? extends Metric> metrics() {
            return withoutStores(super.metrics());
        }
    }

    private synchronized StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse answer(Throwable failure) {
        if (ourFault(failure).isPresent()) {
            // It would be met again by whatever thread took its place.
            return stop(ourFault(failure).get(), failure);
        }
        Instant now = clock.instant();
        failures.addLast(now);
        while (failures.getFirst().isBefore(now.minus(FAILURES_WITHIN))) {
            failures.removeFirst();
        }
        if (failures.size() <= FAILURES_MAX) {
            log.warn(
                    "a stream thread failed and is replaced: failures={} within={}",
                    failures.size(),
                    FAILURES_WITHIN,
                    failure);
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        return stop("the stream failed again and again; see the first failure in the log", failure);
    }

    private StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse stop(String reason, Throwable failure) {
        if (!stopped) {
            log.error("the stream stops: {}", reason, failure);
            tell(reason);
        }
        return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Kafka replaces no global thread, whatever it was answered, and would leave a process that does nothing. */
    private synchronized void changed(KafkaStreams.State state) {
        if (state == KafkaStreams.State.ERROR && !stopped) {
            log.error("the stream has stopped: state={}", state);
            tell("a thread of the stream failed that cannot be replaced; see the failure in the log, and start again"
                    + " once its cause is mended");
        }
    }

    private void tell(String reason) {
        stopped = true;
        Thread.ofPlatform().name("stream-stopped").start(() -> onStopped.accept(reason));
    }

    private synchronized void expectEnd() {
        stopped = true;
    }

    /** What to tell the operator, when event after event fails by a fault of our own. */
    static Optional<String> ourFault(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnderstandingFailedException) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        expectEnd();
        streamMetrics.close();
        binder.shutdownNow();
        streams.close(CLOSE_MAX);
    }
}
