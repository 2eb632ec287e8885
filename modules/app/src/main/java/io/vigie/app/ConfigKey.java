package io.vigie.app;

import java.util.Arrays;
import java.util.Optional;

/** Every setting of our own: its name, its default and what it does. {@code kafka.*} and {@code schema.registry.*} come on top. */
enum ConfigKey {
    DATA_DIR("data.dir", "data", "where this installation keeps its files"),
    TIME_ZONE("time.zone", "Europe/Paris", "decides when a day begins in counts and charts"),
    HTTP_HOST("http.host", "127.0.0.1", "address the HTTP server listens on"),
    HTTP_PORT("http.port", "8080", "port of the HTTP server"),
    HTTP_NAMES("http.names", "", "further Host names to answer to, with commas; loopback names always work"),
    HTTP_PUBLIC_URL(
            "http.public.url",
            "",
            "address people reach the server at, when a proxy is in front; https there makes cookies secure"),
    HTTP_DRAIN(
            "http.drain.seconds",
            "0",
            "how long a server that is to end answers on, and not ready at /health/ready, for a load balancer to see it"),
    ACCESS_TOKENS("access.tokens", "", "file of API tokens; vigie token makes them. Set: everybody is asked who he is"),
    OIDC_ISSUER("access.oidc.issuer", "", "address of the OpenID Connect issuer where people log in"),
    OIDC_CLIENT("access.oidc.client.id", "", "name of Vigie at the issuer"),
    OIDC_SECRET("access.oidc.client.secret", "", "secret of Vigie at the issuer; empty for a public client"),
    OIDC_ROLES("access.oidc.roles.claim", "roles", "claim with the roles, with dots between nested names"),
    OIDC_NAME("access.oidc.name.claim", "preferred_username", "claim that names a person, for an agent his id"),
    OIDC_AUDIENCE(
            "access.oidc.audience", "", "audience of access tokens that machines may show; empty: none are taken"),
    ACCESS_INSECURE("access.insecure", "false", "true: other machines may reach the server without TLS"),
    ACCESS_TOKEN("access.token", "", "API token that the commands show to the server; better in VIGIE_TOKEN"),
    EMBEDDED_KAFKA_PORT("embedded.kafka.port", "9092", "port of the embedded Kafka of up and demo"),
    EMBEDDED_REGISTRY_PORT("embedded.registry.port", "8081", "port of the embedded registry of up and demo"),
    KAFKA_BOOTSTRAP("kafka.bootstrap.servers", "127.0.0.1:9092", "the Kafka cluster of stream and serve"),
    REGISTRY_URL("schema.registry.url", "http://127.0.0.1:8081", "the schema registry of stream and serve"),
    TOPICS_PREFIX("topics.prefix", "voc.", "what every topic's name starts with"),
    TOPICS_PARTITIONS("topics.partitions", "4", "partitions of each topic that carries the stream, when created"),
    TOPICS_REPLICAS("topics.replicas", "1", "replicas of each topic, when created; 3 in production"),
    STREAM_ID(
            "stream.application.id",
            "vigie",
            "names the group of stream instances that share the work; serve must know it too"),
    STREAM_INSTANCE("stream.instance.id", "", "tells this stream instance apart for ever; empty: it comes and goes"),
    STREAM_THREADS("stream.threads", "1", "threads of the stream in this process"),
    STREAM_COMMIT("stream.commit.interval.ms", "50", "how often a transaction of the stream ends"),
    STREAM_INSIGHTS_COMMIT(
            "stream.insights.commit.interval.ms", "1000", "how often complaints by offer and counts are written"),
    STREAM_SEEN("stream.dedupe.days", "30", "how long an event is remembered to leave out its doubles"),
    STREAM_MEMORY(
            "stream.memory.mb",
            "256",
            "what the state of the stream takes in memory besides the heap, in MiB, however many partitions there are"),
    CLASSIFIER_TAXONOMY("classifier.taxonomy", "", "file of the taxonomy to classify by; empty: the one of Vigie"),
    CLASSIFIER_MODEL("classifier.model", "", "file of the model to classify by; empty: the one of Vigie"),
    SIGNALS_RATE(
            "signals.false.alarms.per.month",
            "1",
            "how many weak signals chance alone may raise for one offer in a month, on average"),
    INDEX_REFRESH("index.refresh.ms", "60", "shortest time between two refreshes of the index"),
    INDEX_COMMIT("index.commit.ms", "5000", "longest time without a commit of the index"),
    INDEX_DAMAGED("index.damaged", "rebuild", "an index that cannot go on: rebuild it from Kafka, or refuse to start"),
    INDEX_PURGE("index.purge.minutes", "30", "how long after an erasure it is taken off the index's disk; 0: at once"),
    INDEX_RETENTION("index.retention.days", "", "age at which verbatims leave the index; empty: never"),
    WEBHOOK_ALLOW(
            "alerts.webhook.allow",
            "",
            "hosts, addresses and networks that alerts may be posted to besides public ones, with commas"),
    ALERT_PAGE("alerts.page.url", "", "address of the search page in alerts; empty: http.public.url, or the server"),
    CUSTOMER_SECRET(
            "privacy.customer.secret",
            "",
            "secret behind customer keys, 16 bytes or more; up and demo make one of their own");

    private final String key;
    private final String standard;
    private final String purpose;

    ConfigKey(String key, String standard, String purpose) {
        this.key = key;
        this.standard = standard;
        this.purpose = purpose;
    }

    String key() {
        return key;
    }

    /** The default, as text. */
    String standard() {
        return standard;
    }

    /** One line for people. */
    String purpose() {
        return purpose;
    }

    static Optional<ConfigKey> of(String key) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.key.equals(key))
                .findFirst();
    }
}
