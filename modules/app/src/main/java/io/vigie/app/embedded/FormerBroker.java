package io.vigie.app.embedded;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * The broker as it was before a crash, which the controller goes on taking for alive.
 *
 * <p>A broker that starts then leads its partitions in the name of its former self, until that one's session ends and they
 * have no leader for a moment. When Kafka 4.3 is finishing a transaction at that moment it takes partitions without a
 * leader for deleted and leaves them out: in them the transaction stays open for ever, and nobody who reads committed
 * records gets past it (KAFKA-20734). So the controller runs alone first, just until it has given the former self up.
 * That is also quicker than waiting for the session to end.
 */
final class FormerBroker {
    private static final String SESSION_MS = "100";
    private static final String HEARTBEAT_MS = "50";
    private static final Duration FENCED_MAX = Duration.ofSeconds(5);
    private static final Duration PROBE_EVERY = Duration.ofMillis(20);

    private FormerBroker() {}

    /** @param settings of the whole node */
    static void fence(Map<String, String> settings) throws InterruptedException, JMException {
        var alone = new HashMap<>(settings);
        alone.put("process.roles", "controller");
        alone.put("listeners", controllerListener(settings));
        alone.remove("advertised.listeners");
        alone.put("broker.session.timeout.ms", SESSION_MS);
        alone.put("broker.heartbeat.interval.ms", HEARTBEAT_MS);
        var controller = new KafkaRaftServer(new KafkaConfig(alone, false), Time.SYSTEM);
        controller.startup();
        try {
            // One that was killed before its broker ever registered has nobody to fence.
            long deadline = System.nanoTime() + FENCED_MAX.toNanos();
            while (fencedBrokers() == 0 && System.nanoTime() < deadline) {
                Thread.sleep(PROBE_EVERY);
            }
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static String controllerListener(Map<String, String> settings) {
        String listeners = settings.getOrDefault("listeners", "");
        return listeners.substring(listeners.indexOf(EmbeddedKafka.CONTROLLER));
    }

    private static int fencedBrokers() throws JMException {
        var name = new ObjectName("kafka.controller:type=KafkaController,name=FencedBrokerCount");
        var beans = ManagementFactory.getPlatformMBeanServer();
        return beans.isRegistered(name) ? ((Number) beans.getAttribute(name, "Value")).intValue() : 0;
    }
}
