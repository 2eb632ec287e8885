package io.vigie.app.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One KRaft node, broker and controller in one, in this process.
 *
 * <p>Kafka leaves writing to disk to the operating system: what it acknowledged survives the end of this process however
 * it comes, but not a power cut of the machine within the last seconds.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final String NODE_ID = "1";
    static final String CONTROLLER = "CONTROLLER";

    private final int port;
    private final KafkaRaftServer server;

    private EmbeddedKafka(int port, KafkaRaftServer server) {
        this.port = port;
        this.server = server;
    }

    /**
     * Starts the broker and returns when it takes requests.
     *
     * @throws EmbeddedException when the port is taken or the directory cannot be used
     */
    public static EmbeddedKafka start(DataDirectory data, int port) {
        Ports.requireFree(port, "embedded.kafka.port");
        Path directory = data.kafka().toAbsolutePath();
        try {
            if (endedUncleanly(directory)) {
                FormerBroker.fence(settings(directory, port));
            }
            format(directory);
            var server = new KafkaRaftServer(new KafkaConfig(settings(directory, port), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedKafka(port, server);
        } catch (Exception e) {
            throw new EmbeddedException("the embedded Kafka cannot start on " + directory + ": " + e, e);
        }
    }

    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + port;
    }

    private static boolean endedUncleanly(Path directory) {
        return Files.exists(directory.resolve("meta.properties"))
                && !Files.exists(directory.resolve(".kafka_cleanshutdown"));
    }

    private static void format(Path directory) throws Exception {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(Integer.parseInt(NODE_ID))
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName(CONTROLLER)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
    }

    private static Map<String, String> settings(Path directory, int port) {
        int controllerPort = Ports.free();
        String listener = "PLAINTEXT://" + Ports.LOOPBACK + ":" + port;
        var settings = new HashMap<String, String>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("listeners", listener + "," + CONTROLLER + "://" + Ports.LOOPBACK + ":" + controllerPort);
        settings.put("advertised.listeners", listener);
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
        oneNode(settings);
        small(settings);
        return settings;
    }

    private static void oneNode(Map<String, String> settings) {
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // Longer than anything is kept that is read in groups: after a pause it is known what of it was missed.
        settings.put("offsets.retention.minutes", "525600");
        // Broker and controller are one process: only a machine that stands still lets a heartbeat fail.
        settings.put("broker.session.timeout.ms", "30000");
        settings.put("broker.heartbeat.interval.ms", "1000");
        // A transaction's first records come while the one before is still being closed. They wait for it here: sent
        // back,
        // they would pause, and those behind them be refused as out of order, on a busy machine for seconds.
        settings.put("add.partitions.to.txn.retry.backoff.ms", "2");
        settings.put("add.partitions.to.txn.retry.backoff.max.ms", "10000");
    }

    /** A topic per offer makes hundreds of small logs; the defaults set aside 10 MB of index for each. */
    private static void small(Map<String, String> settings) {
        settings.put("log.index.size.max.bytes", "1048576");
        settings.put("log.cleaner.dedupe.buffer.size", "16777216");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("metric.reporters", "");
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
