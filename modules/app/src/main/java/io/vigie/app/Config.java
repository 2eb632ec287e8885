package io.vigie.app;

import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import io.vigie.server.WebhookRule;
import io.vigie.server.access.Exposure;
import io.vigie.server.access.Oidc;
import io.vigie.topology.signals.SignalSettings;
import java.net.URI;
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
        Access access,
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

    /**
     * Where the HTTP server is.
     *
     * @param names with that of the public address
     * @param publicUrl where people reach it, without a slash at its end; empty: at the server itself
     * @param drain how long it answers on, and not ready, before it ends
     */
    record Http(String host, int port, Set<String> names, Optional<URI> publicUrl, Duration drain) {
        private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");
        private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");

        Http {
            names = Set.copyOf(names);
        }

        /** Whether it listens on 127.0.0.1, alone or among others. */
        boolean isOnLoopback() {
            return EVERYWHERE.contains(host) || LOOPBACK.contains(host);
        }

        /** Where this machine reaches it. */
        String url() {
            String here = EVERYWHERE.contains(host) ? "127.0.0.1" : host;
            return "http://" + (here.contains(":") ? "[" + here + "]" : here) + ":" + port;
        }

        boolean isHttps() {
            return publicUrl.filter(url -> url.getScheme().equals("https")).isPresent();
        }
    }

    /**
     * Who may come in.
     *
     * @param tokens the file of API tokens
     * @param issuer where people log in
     * @param insecure whether other machines may reach the server without TLS
     * @param token what the commands show to the server
     */
    record Access(Optional<Path> tokens, Optional<Oidc.Settings> issuer, boolean insecure, Optional<String> token) {
        Exposure exposure(Http http) {
            return new Exposure(tokens.isPresent() || issuer.isPresent(), http.isHttps(), insecure);
        }

        @Override
        public String toString() {
            return "Access[tokens=" + tokens + ", issuer=" + issuer + ", insecure=" + insecure + ", token="
                    + token.map(_ -> "***") + "]";
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
