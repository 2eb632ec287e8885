package io.vigie.events.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The schema registry and the serdes over it.
 *
 * <p>Subjects are named after the topic ({@code TopicNameStrategy}: {@code <topic>-value}). Calls that fail because the
 * registry is away are repeated with backoff for {@link #PATIENCE}. Safe for use by several threads.
 */
public final class SchemaRegistry implements AutoCloseable {
    /** Where the registry is: one URL or several with commas; {@code mock://scope} is one in memory, for tests. */
    public static final String URL = "schema.registry.url";
    /** Whether an unknown schema is registered by the first write. Off in production roles. */
    public static final String AUTO_REGISTER = "auto.register.schemas";
    /** How long a registry may be away before the caller is told. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int SCHEMAS_CACHED_MAX = 1_000;
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(5);
    /** Of a subject or schema that does not exist. A plain 404 is not among them: that is a wrong URL, which may be mended. */
    private static final Set<Integer> UNKNOWN_SCHEMA = Set.of(40401, 40403);
    /** Confluent's code for a schema that cannot be parsed. */
    private static final int INVALID_SCHEMA = 42201;

    static {
        AvroSetup.once();
    }

    private final SchemaRegistryClient client;
    private final String url;
    private final boolean autoRegister;

    private SchemaRegistry(SchemaRegistryClient client, String url, boolean autoRegister) {
        this.client = client;
        this.url = url;
        this.autoRegister = autoRegister;
    }

    /**
     * Connects lazily: nothing is asked of the registry yet.
     *
     * @param config {@link #URL}, {@link #AUTO_REGISTER} (default true) and whatever Confluent's client knows:
     *     credentials, TLS, timeouts
     */
    public static SchemaRegistry of(Map<String, ?> config) {
        Object url = config.get(URL);
        if (url == null) {
            throw new IllegalArgumentException(URL + " is missing");
        }
        var urls = List.of(url.toString().split("\\s*,\\s*"));
        var client = SchemaRegistryClientFactory.newClient(
                urls, SCHEMAS_CACHED_MAX, List.of(new AvroSchemaProvider()), new HashMap<>(config), Map.of());
        Object auto = config.get(AUTO_REGISTER);
        return new SchemaRegistry(client, url.toString(), auto == null || Boolean.parseBoolean(auto.toString()));
    }

    /** The subject of a topic's values. */
    public static String subject(String topic) {
        return topic + "-value";
    }

    public <T extends SpecificRecord> Serializer<T> serializer() {
        return new RegistryAvroSerializer<>(this);
    }

    /** Reads the values of any topic as one generated type; not safe for use by several threads. */
    public <T extends SpecificRecord> AvroDecoder<T> decoder(Class<T> type) {
        return new AvroDecoder<>(this, type);
    }

    public <T extends SpecificRecord> Serde<T> serde(Class<T> type) {
        return Serdes.serdeFrom(serializer(), new RegistryAvroDeserializer<>(() -> decoder(type)));
    }

    /**
     * A serde that writes to any topic under the subject of one: for topics that share a type, whose own subjects need not
     * be asked for each, and for the internal topics of the stream, which have no subjects.
     */
    public <T extends SpecificRecord> Serde<T> serdeAs(String subjectTopic, Class<T> type) {
        Serializer<T> serializer = serializer();
        return Serdes.serdeFrom(
                (topic, value) -> serializer.serialize(subjectTopic, value),
                new RegistryAvroDeserializer<>(() -> decoder(type)));
    }

    /**
     * Registers a schema under a topic's subject, whether or not writers may.
     *
     * @return its id
     * @throws RegistryException when the registry refuses it or stays away
     */
    public int register(String topic, Schema schema) {
        String subject = subject(topic);
        return call(
                "registering " + schema.getFullName() + " under " + subject,
                () -> client.register(subject, new AvroSchema(schema)));
    }

    /** Sets how the versions of a topic's subject must agree, such as {@code BACKWARD_TRANSITIVE}. */
    public void requireCompatibility(String topic, String level) {
        String subject = subject(topic);
        call("setting the compatibility of " + subject, () -> client.updateCompatibility(subject, level));
    }

    /** Whether the registry answers now; does not wait. */
    public boolean reachable() {
        try {
            client.getAllSubjects();
            return true;
        } catch (IOException | RestClientException e) {
            return false;
        }
    }

    int idFor(String topic, Schema schema) {
        if (autoRegister) {
            return register(topic, schema);
        }
        String subject = subject(topic);
        return call(
                "looking up " + schema.getFullName() + " under " + subject,
                () -> client.getId(subject, new AvroSchema(schema)));
    }

    /** The writer's schema, or nothing when the registry knows no such id or has something else than Avro under it. */
    Optional<Schema> schemaOf(int id) {
        try {
            AvroSchema schema = call("reading schema id " + id, () -> (AvroSchema) client.getSchemaById(id));
            return Optional.of(schema.rawSchema());
        } catch (RegistryException e) {
            if (UNKNOWN_SCHEMA.contains(e.code()) || e.code() == INVALID_SCHEMA) {
                return Optional.empty();
            }
            throw e;
        }
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the client of " + url, e);
        }
    }

    @FunctionalInterface
    private interface Call<R> {
        R run() throws IOException, RestClientException;
    }

    private <R> R call(String what, Call<R> call) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration backoff = BACKOFF_FIRST;
        while (true) {
            try {
                return call.run();
            } catch (RestClientException e) {
                if (!transientStatus(e.getStatus()) || System.nanoTime() >= deadline) {
                    throw new RegistryException(what + " at " + url, e.getErrorCode(), e);
                }
            } catch (IOException e) {
                if (toldUnreadable(e)) {
                    throw new RegistryException(what + " at " + url, INVALID_SCHEMA, e);
                }
                if (System.nanoTime() >= deadline) {
                    throw new RegistryException(what + " at " + url, 0, e);
                }
            }
            pause(backoff);
            backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) < 0 ? backoff.multipliedBy(2) : BACKOFF_MAX;
        }
    }

    /** A schema that is not Avro comes from the client as if the connection had failed; only its words tell. */
    private static boolean toldUnreadable(IOException e) {
        String message = e.getMessage();
        return e.getClass() == IOException.class && message != null && message.startsWith("Invalid schema ");
    }

    private static final Set<Integer> TRANSIENT = Set.of(408, 429);

    private static boolean transientStatus(int status) {
        return status >= 500 || TRANSIENT.contains(status);
    }

    private static void pause(Duration backoff) {
        try {
            Thread.sleep(backoff);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("interrupted while waiting for the registry", 0, e);
        }
    }
}
