package io.vigie.app;

import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import io.vigie.server.WebhookRule;
import io.vigie.server.access.Oidc;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.GroupProtocol;

/**
 * Reads the configuration: defaults, then the file, then environment variables ({@code VIGIE_HTTP_PORT} for
 * {@code http.port}), then {@code --set key=value}; the later wins. All problems are told together.
 */
final class ConfigReader {
    private static final String ENVIRONMENT = "VIGIE_";
    /** Of the launcher, not settings of ours. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("VIGIE_HOME", "VIGIE_JAVA_OPTS", "VIGIE_JAVA_HOME", "VIGIE_LOG_FORMAT", "VIGIE_REHEARSAL");

    /** Shorter than the variable of the setting: people write it often. */
    private static final String TOKEN = "VIGIE_TOKEN";

    private static final String KAFKA = "kafka.";
    private static final String REGISTRY = "schema.registry.";
    private static final int PORT_MAX = 65_535;
    private static final long MIB = 1024 * 1024;
    private static final double SIGNALS_RATE_MIN = 0.001;
    private static final double SIGNALS_RATE_MAX = 1_000;

    private final List<String> problems = new ArrayList<>();
    private final Map<String, String> values = new TreeMap<>();

    private ConfigReader() {
        for (ConfigKey key : ConfigKey.values()) {
            if (key != ConfigKey.KAFKA_BOOTSTRAP && key != ConfigKey.REGISTRY_URL) {
                values.put(key.key(), key.standard());
            }
        }
    }

    /**
     * Reads it all.
     *
     * @param defaults of the command, over the general ones
     * @param file absent to take {@code vigie.properties} of the working directory if there is one
     * @throws ConfigException when anything is wrong
     */
    static Config read(
            Map<String, String> defaults,
            Optional<Path> file,
            Map<String, String> environment,
            Map<String, String> sets) {
        var reader = new ConfigReader();
        reader.values.putAll(defaults);
        reader.addFile(file);
        environment.forEach(reader::addVariable);
        sets.forEach((key, value) -> reader.add(key, value, "--set"));
        reader.followEmbedded();
        Config config = reader.config();
        if (!reader.problems.isEmpty()) {
            throw new ConfigException(reader.problems);
        }
        return config;
    }

    private void addFile(Optional<Path> file) {
        Path path = file.orElse(Path.of("vigie.properties"));
        if (file.isEmpty() && !Files.exists(path)) {
            return;
        }
        var properties = new Properties();
        try (var in = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("cannot read " + path + ": " + e);
        }
        properties.stringPropertyNames().forEach(key -> add(key, properties.getProperty(key), path.toString()));
    }

    private void addVariable(String name, String value) {
        if (name.equals(TOKEN)) {
            values.put(ConfigKey.ACCESS_TOKEN.key(), value.strip());
        } else if (name.startsWith(ENVIRONMENT) && !NOT_SETTINGS.contains(name)) {
            String key = name.substring(ENVIRONMENT.length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            add(key, value, name);
        }
    }

    private void add(String key, String value, String origin) {
        if (ConfigKey.of(key).isPresent() || key.startsWith(KAFKA) || key.startsWith(REGISTRY)) {
            values.put(key, value.strip());
        } else {
            problems.add("unknown setting " + key + " (" + origin + "); did you mean " + nearest(key) + "?");
        }
    }

    /** Who moves the embedded stack to other ports and names no other finds it there with every command. */
    private void followEmbedded() {
        values.putIfAbsent(ConfigKey.KAFKA_BOOTSTRAP.key(), "127.0.0.1:" + text(ConfigKey.EMBEDDED_KAFKA_PORT));
        values.putIfAbsent(ConfigKey.REGISTRY_URL.key(), "http://127.0.0.1:" + text(ConfigKey.EMBEDDED_REGISTRY_PORT));
    }

    private Config config() {
        ZoneId zone = zone();
        return new Config(
                Path.of(text(ConfigKey.DATA_DIR)),
                zone,
                http(),
                new Config.Access(
                        optional(ConfigKey.ACCESS_TOKENS).map(Path::of),
                        issuer(),
                        truth(ConfigKey.ACCESS_INSECURE),
                        optional(ConfigKey.ACCESS_TOKEN)),
                new Config.Embedded(port(ConfigKey.EMBEDDED_KAFKA_PORT), port(ConfigKey.EMBEDDED_REGISTRY_PORT)),
                new Config.TopicSettings(
                        text(ConfigKey.TOPICS_PREFIX), number(ConfigKey.TOPICS_PARTITIONS, 1, 1_000), (short)
                                number(ConfigKey.TOPICS_REPLICAS, 1, 100)),
                new Config.Stream(
                        text(ConfigKey.STREAM_ID),
                        optional(ConfigKey.STREAM_INSTANCE),
                        number(ConfigKey.STREAM_THREADS, 1, 256),
                        millis(ConfigKey.STREAM_COMMIT, 10, 60_000),
                        millis(ConfigKey.STREAM_INSIGHTS_COMMIT, 10, 9_000),
                        Duration.ofDays(number(ConfigKey.STREAM_SEEN, 1, 400)),
                        number(ConfigKey.STREAM_MEMORY, 16, 1_000_000) * MIB,
                        new Config.Classifier(
                                optional(ConfigKey.CLASSIFIER_TAXONOMY).map(Path::of),
                                optional(ConfigKey.CLASSIFIER_MODEL).map(Path::of))),
                signals(zone),
                new Config.Index(
                        millis(ConfigKey.INDEX_REFRESH, 1, 60_000),
                        millis(ConfigKey.INDEX_COMMIT, 100, 600_000),
                        onDamage(),
                        new Upkeep(Duration.ofMinutes(number(ConfigKey.INDEX_PURGE, 0, 10_080)), retention())),
                new Config.Alerts(
                        webhooks(),
                        optional(ConfigKey.ALERT_PAGE)
                                .or(() -> optional(ConfigKey.HTTP_PUBLIC_URL))
                                .map(ConfigReader::withoutSlash)),
                optional(ConfigKey.CUSTOMER_SECRET),
                kafka(),
                registry());
    }

    /**
     * With the protocol {@code streams} Kafka Streams of 4.3 makes its readers itself, not ours that tell of records which
     * were removed unread, and an instance has no place that is its own; with {@code consumer} it does not start.
     */
    private Map<String, String> kafka() {
        values.forEach((key, value) -> {
            if (key.startsWith(KAFKA)
                    && key.endsWith("." + ConsumerConfig.GROUP_PROTOCOL_CONFIG)
                    && !value.equalsIgnoreCase(GroupProtocol.CLASSIC.name())) {
                problems.add(key + " is \"" + value + "\"; leave it out or make it classic: with any other the stream"
                        + " cannot tell of records that were removed before it read them (docs/faults.md, C8)");
            }
        });
        return withPrefix(KAFKA);
    }

    /** The client knows its settings with and without the prefix, depending on the setting. */
    private Map<String, String> registry() {
        var registry = new HashMap<String, String>();
        withPrefix(REGISTRY).forEach((key, value) -> {
            registry.put(key, value);
            registry.put(REGISTRY + key, value);
        });
        return registry;
    }

    private Map<String, String> withPrefix(String prefix) {
        var found = new HashMap<String, String>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private String text(ConfigKey key) {
        return values.getOrDefault(key.key(), key.standard());
    }

    private Optional<String> optional(ConfigKey key) {
        return Optional.of(text(key)).filter(value -> !value.isEmpty());
    }

    private WebhookRule webhooks() {
        try {
            return new WebhookRule(list(ConfigKey.WEBHOOK_ALLOW));
        } catch (IllegalArgumentException e) {
            problems.add(ConfigKey.WEBHOOK_ALLOW.key() + ": " + e.getMessage());
            return new WebhookRule(Set.of());
        }
    }

    private Config.Http http() {
        Optional<URI> url = publicUrl();
        var names = new HashSet<>(list(ConfigKey.HTTP_NAMES));
        url.map(URI::getRawAuthority).ifPresent(names::add);
        return new Config.Http(
                text(ConfigKey.HTTP_HOST),
                port(ConfigKey.HTTP_PORT),
                names,
                url,
                Duration.ofSeconds(number(ConfigKey.HTTP_DRAIN, 0, 600)));
    }

    private Optional<URI> publicUrl() {
        Optional<String> value = optional(ConfigKey.HTTP_PUBLIC_URL).map(ConfigReader::withoutSlash);
        Optional<URI> url = value.flatMap(ConfigReader::origin);
        if (value.isPresent() && url.isEmpty()) {
            problems.add(ConfigKey.HTTP_PUBLIC_URL.key() + " is \"" + value.get()
                    + "\"; it is http:// or https:// with a host, a port where it is not the usual one, and no path");
        }
        return url;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private static Optional<URI> origin(String url) {
        try {
            var origin = new URI(url);
            boolean isOne = origin.getScheme() != null
                    && Set.of("http", "https").contains(origin.getScheme())
                    && origin.getHost() != null
                    && origin.getRawUserInfo() == null
                    && url.equals(origin.getScheme() + "://" + origin.getRawAuthority());
            return isOne ? Optional.of(origin) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Optional<Oidc.Settings> issuer() {
        Optional<String> address = optional(ConfigKey.OIDC_ISSUER);
        if (address.isEmpty()) {
            for (ConfigKey key : List.of(ConfigKey.OIDC_CLIENT, ConfigKey.OIDC_SECRET, ConfigKey.OIDC_AUDIENCE)) {
                if (optional(key).isPresent()) {
                    problems.add(
                            key.key() + " is set and " + ConfigKey.OIDC_ISSUER.key() + " is not; set both or none");
                }
            }
            return Optional.empty();
        }
        Optional<URI> issuer = address.flatMap(ConfigReader::issuer);
        if (issuer.isEmpty()) {
            problems.add(ConfigKey.OIDC_ISSUER.key() + " is \"" + address.get()
                    + "\"; it is the https:// address that the issuer calls itself (http:// on this machine only)");
        }
        Optional<String> client = optional(ConfigKey.OIDC_CLIENT);
        if (client.isEmpty()) {
            problems.add(
                    ConfigKey.OIDC_CLIENT.key() + " is not set; the issuer has it from whoever registered Vigie there");
        }
        Optional<String> audience = optional(ConfigKey.OIDC_AUDIENCE);
        if (audience.isPresent() && audience.equals(client)) {
            problems.add(ConfigKey.OIDC_AUDIENCE.key() + " is that of " + ConfigKey.OIDC_CLIENT.key()
                    + ": identities of people would pass for access tokens; give the API an audience of its own");
        }
        return issuer.map(each -> new Oidc.Settings(
                each,
                client.orElse(""),
                optional(ConfigKey.OIDC_SECRET),
                text(ConfigKey.OIDC_ROLES),
                text(ConfigKey.OIDC_NAME),
                audience));
    }

    private static Optional<URI> issuer(String address) {
        try {
            var issuer = new URI(address);
            boolean isHere = issuer.getHost() != null
                    && Set.of("127.0.0.1", "localhost", "[::1]").contains(issuer.getHost());
            boolean isOne = issuer.getHost() != null
                    && issuer.getRawQuery() == null
                    && issuer.getRawFragment() == null
                    && ("https".equals(issuer.getScheme()) || ("http".equals(issuer.getScheme()) && isHere));
            return isOne ? Optional.of(issuer) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean truth(ConfigKey key) {
        String value = text(key);
        if (!value.equals("true") && !value.equals("false")) {
            problems.add(key.key() + " is \"" + value + "\"; it is true or false");
        }
        return value.equals("true");
    }

    private Set<String> list(ConfigKey key) {
        return optional(key)
                .map(names -> Set.copyOf(List.of(names.split("\\s*,\\s*"))))
                .orElse(Set.of());
    }

    private int port(ConfigKey key) {
        return number(key, 0, PORT_MAX);
    }

    private Duration millis(ConfigKey key, int min, int max) {
        return Duration.ofMillis(number(key, min, max));
    }

    private int number(ConfigKey key, int min, int max) {
        String value = text(key);
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        problems.add(key.key() + " is \"" + value + "\"; it is a whole number from " + min + " to " + max);
        return min;
    }

    private SignalSettings signals(ZoneId zone) {
        var standard = SignalSettings.standard(zone);
        String value = text(ConfigKey.SIGNALS_RATE);
        try {
            double rate = Double.parseDouble(value);
            if (rate >= SIGNALS_RATE_MIN && rate <= SIGNALS_RATE_MAX) {
                return standard.withFalseAlarmsPerMonth(rate);
            }
        } catch (NumberFormatException e) {
            // Told below, as a number out of range is.
        }
        problems.add(ConfigKey.SIGNALS_RATE.key() + " is \"" + value + "\"; it is a number from " + SIGNALS_RATE_MIN
                + " to " + SIGNALS_RATE_MAX);
        return standard;
    }

    private Optional<Duration> retention() {
        return optional(ConfigKey.INDEX_RETENTION)
                .map(_ -> Duration.ofDays(number(ConfigKey.INDEX_RETENTION, 1, 36_500)));
    }

    private ZoneId zone() {
        String value = text(ConfigKey.TIME_ZONE);
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            problems.add(ConfigKey.TIME_ZONE.key() + " is \"" + value + "\"; it is a zone such as Europe/Paris");
            return ZoneId.of(ConfigKey.TIME_ZONE.standard());
        }
    }

    private OnDamage onDamage() {
        String value = text(ConfigKey.INDEX_DAMAGED);
        return switch (value) {
            case "rebuild" -> OnDamage.REBUILD;
            case "refuse" -> OnDamage.REFUSE;
            default -> {
                problems.add(ConfigKey.INDEX_DAMAGED.key() + " is \"" + value + "\"; it is rebuild or refuse");
                yield OnDamage.REBUILD;
            }
        };
    }

    private static String nearest(String key) {
        return Arrays.stream(ConfigKey.values())
                .map(ConfigKey::key)
                .min(Comparator.comparingInt(
                        candidate -> LevenshteinDistance.getDefaultInstance().apply(candidate, key)))
                .orElseThrow();
    }
}
