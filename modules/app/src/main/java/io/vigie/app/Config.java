package io.vigie.app;

import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import io.vigie.server.WebhookRule;
import io.vigie.topology.signals.SignalSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, read once at start by {@link ConfigReader}.
 *
 * @param dataDirectory where this installation keeps its files
 * @param zone decides when a day begins in counts and charts
 * @param kafka settings of every Kafka client, without the prefix {@code kafka.}
 * @param registry settings of the schema registry's client, under the names that client knows
 */
record Config(
        Path dataDirectory,
        ZoneId zone,
        Http http,
        Embedded embedded,
        TopicSettings topics,
        Stream stream,
        SignalSettings signals,
        Index index,
        Alerts alerts,
        Optional<String> customerSecret,
        Map<String, String> kafka,
        Map<String, String> registry) {
    Config {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }

    record Http(String host, int port, Set<String> names) {
        Http {
            names = Set.copyOf(names);
        }

        String url() {
            return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    record Embedded(int kafkaPort, int registryPort) {}

    record TopicSettings(String prefix, int partitions, short replicas) {}

    /** @param commitEvery how often a transaction ends on the way to the index; {@code insightsCommitEvery} of the rest */
    record Stream(
            String applicationId,
            Optional<String> instanceId,
            int threads,
            Duration commitEvery,
            Duration insightsCommitEvery,
            Duration seenFor,
            long storeBytes,
            Classifier classifier) {
        /** Names the second application, which counts. */
        String insightsId() {
            return applicationId + "-insights";
        }
    }

    /** Files to classify by, instead of what is built in. */
    record Classifier(Optional<Path> taxonomy, Optional<Path> model) {}

    /** @param page address of the search page, without a slash at its end; empty for the one of the HTTP server */
    record Alerts(WebhookRule webhooks, Optional<String> page) {}

    record Index(Duration refreshEvery, Duration commitEvery, OnDamage onDamage, Upkeep upkeep) {}
}
