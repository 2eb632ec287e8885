package io.vigie.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.app.embedded.DataDirectory;
import io.vigie.app.embedded.EmbeddedException;
import io.vigie.app.embedded.EmbeddedKafka;
import io.vigie.app.embedded.EmbeddedRegistry;
import io.vigie.events.CallEvent;
import io.vigie.events.Offer;
import io.vigie.events.OfferTheme;
import io.vigie.events.Provisioning;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import io.vigie.events.TopicSpec;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.RegistryException;
import io.vigie.events.serde.SchemaRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs with Confluent's own libraries and ours read each other's records, through the embedded stack. */
class RegistryInteropIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String RERUN = "rerun with -Dseed=" + SEED;
    private static final int RECORDS = 100;
    private static final Duration READ_MAX = Duration.ofSeconds(20);
    private static final Topics TOPICS = Topics.standard();

    @TempDir
    private static Path directory;

    private static DataDirectory data;
    private static EmbeddedRegistry embeddedRegistry;
    private static EmbeddedKafka embeddedKafka;
    private static SchemaRegistry registry;
    private static Admin admin;
    private static Provisioning provisioning;
    private static int registryPort;
    private static int kafkaPort;

    @BeforeAll
    static void start() {
        registryPort = RegistryHome.freePort();
        kafkaPort = RegistryHome.freePort();
        data = DataDirectory.take(directory);
        embeddedRegistry = EmbeddedRegistry.start(RegistryHome.path(), data, registryPort);
        embeddedKafka = EmbeddedKafka.start(data, kafkaPort);
        admin = Admin.create(Map.of("bootstrap.servers", embeddedKafka.bootstrapServers()));
        embeddedRegistry.awaitReady();
        registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, embeddedRegistry.url()));
        provisioning = new Provisioning(admin, registry, TOPICS, new TopicSpec.Sizing(1, (short) 1));
        provisioning.apply();
    }

    @AfterAll
    static void stop() {
        registry.close();
        admin.close();
        embeddedKafka.close();
        embeddedRegistry.close();
        data.close();
    }

    record Kind(String topic, Class<? extends SpecificRecord> type) {}

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(TOPICS.tickets(), TicketEvent.class),
                new Kind(TOPICS.calls(), CallEvent.class),
                new Kind(TOPICS.surveys(), SurveyEvent.class),
                new Kind(TOPICS.offers(), Offer.class),
                new Kind(TOPICS.verbatims(), Verbatim.class),
                new Kind(TOPICS.offerThemes(), OfferTheme.class));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void confluents532AndWeWriteTheSameBytesAndReadEachOther(Kind kind) throws ReflectiveOperationException {
        var peer = ConfluentPeer.v532(embeddedRegistry.url());
        var decoder = registry.decoder(kind.type());
        var serializer = registry.serializer();

        for (SpecificRecord record : new Samples(SEED).of(kind.type(), RECORDS)) {
            byte[] ours = serializer.serialize(kind.topic(), record);
            byte[] theirs = peer.serialize(kind.topic(), record);
            assertThat(ours).as(RERUN).isEqualTo(theirs);
            assertThat(peer.deserialize(kind.topic(), ours)).as(RERUN).isEqualTo(record);
            assertThat(decoder.decode(theirs)).as(RERUN).isEqualTo(new Decoding.Decoded<>(record));
        }
    }

    /** It has its own Avro, so what it read is told from what it writes of it. */
    @ParameterizedTest
    @MethodSource("kinds")
    void confluents553ReadsOursAndWritesTheSameBytes(Kind kind) throws ReflectiveOperationException {
        var peer = ConfluentPeer.v553(embeddedRegistry.url());
        var decoder = registry.decoder(kind.type());
        var serializer = registry.serializer();

        for (SpecificRecord record : new Samples(SEED).of(kind.type(), RECORDS)) {
            byte[] ours = serializer.serialize(kind.topic(), record);
            Object read = peer.deserialize(kind.topic(), ours);
            byte[] theirs = peer.serialize(kind.topic(), read);
            assertThat(theirs).as(RERUN).isEqualTo(ours);
            assertThat(decoder.decode(theirs)).as(RERUN).isEqualTo(new Decoding.Decoded<>(record));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void recordsOfBothGoThroughKafka(Kind kind) throws ReflectiveOperationException {
        var peer = ConfluentPeer.v532(embeddedRegistry.url());
        var records = new Samples(SEED).of(kind.type(), RECORDS);
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", embeddedKafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records.size(); i++) {
                byte[] bytes = i % 2 == 0
                        ? registry.serializer().serialize(kind.topic(), records.get(i))
                        : peer.serialize(kind.topic(), records.get(i));
                var _ = producer.send(new ProducerRecord<>(kind.topic(), "key" + i, bytes));
            }
        }

        var read = consume(kind.topic());

        var decoder = registry.decoder(kind.type());
        assertThat(read).as(RERUN).hasSize(records.size());
        for (int i = 0; i < records.size(); i++) {
            assertThat(decoder.decode(read.get(i))).as(RERUN).isEqualTo(new Decoding.Decoded<>(records.get(i)));
            assertThat(peer.deserialize(kind.topic(), read.get(i))).as(RERUN).isEqualTo(records.get(i));
        }
    }

    @Test
    void whatIsAsTheContractWantsItIsLeftAlone() {
        assertThat(provisioning.differences()).isEmpty();
        assertThat(provisioning.apply()).isEmpty();
    }

    @Test
    void aVersionThatCannotReadTheFirstIsRefused() {
        var incompatible = with(TicketEvent.getClassSchema(), "mood", null);

        assertThatThrownBy(() -> registry.register(TOPICS.tickets(), incompatible))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(409))
                .hasMessageContaining("registering io.vigie.events.TicketEvent under voc.tickets-value");
    }

    @Test
    void aVersionThatCanReadTheNewestButNotTheFirstIsRefused() {
        provisioning.ensureComplaints("transitive");
        String topic = TOPICS.complaints("transitive");
        registry.register(topic, with(Verbatim.getClassSchema(), "mood", ""));

        var incompatible = with(Verbatim.getClassSchema(), "mood", null);

        assertThatThrownBy(() -> registry.register(topic, incompatible))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(409));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 4711, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anIdTheRegistryNeverGaveIsUndecodable(int id) {
        assertUnknown(id);
    }

    @Test
    void anIdOfAJsonSchemaIsUndecodable() throws IOException, InterruptedException {
        int id = registerJsonSchema();

        assertUnknown(id);
    }

    @Test
    void aTakenPortIsToldWithItsSetting(@TempDir Path other) {
        try (var free = DataDirectory.take(other)) {
            assertThatThrownBy(() -> EmbeddedRegistry.start(RegistryHome.path(), free, registryPort))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("port " + registryPort + " is taken")
                    .hasMessageContaining("--set embedded.registry.port=");
            assertThatThrownBy(() -> EmbeddedKafka.start(free, kafkaPort))
                    .isInstanceOf(EmbeddedException.class)
                    .hasMessageContaining("port " + kafkaPort + " is taken")
                    .hasMessageContaining("--set embedded.kafka.port=");
        }
    }

    @Test
    void aDirectoryInUseIsToldByItsPath() {
        assertThatThrownBy(() -> DataDirectory.take(directory))
                .isInstanceOf(EmbeddedException.class)
                .hasMessageContaining(directory.toString());
    }

    private static void assertUnknown(int id) {
        byte[] bytes = ByteBuffer.allocate(8).put((byte) 0).putInt(id).array();

        assertThat(registry.decoder(TicketEvent.class).decode(bytes))
                .isInstanceOfSatisfying(Decoding.Undecodable.class, undecodable -> {
                    assertThat(undecodable.reason()).isEqualTo("unknown-schema");
                    assertThat(undecodable.detail()).contains("schema id " + id, embeddedRegistry.url());
                });
    }

    private static int registerJsonSchema() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(embeddedRegistry.url() + "/subjects/other-value/versions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"schemaType": "JSON", "schema": "{\\"$schema\\": \\"http://json-schema.org/draft-07/schema#\\"}"}"""))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            assertThat(answer).matches("\\{\"id\":[0-9]+.*}");
            return Integer.parseInt(answer.replaceFirst("\\{\"id\":([0-9]+).*", "$1"));
        }
    }

    /** The schema with one more text field, which an older writer leaves out if it has a default. */
    private static Schema with(Schema schema, String field, @Nullable String defaultOrNull) {
        var fields = new ArrayList<Schema.Field>();
        schema.getFields().forEach(old -> fields.add(new Schema.Field(old, old.schema())));
        Schema text = SchemaBuilder.builder().stringType();
        fields.add(
                defaultOrNull == null
                        ? new Schema.Field(field, text)
                        : new Schema.Field(field, text, null, defaultOrNull));
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    private static List<byte[]> consume(String topic) {
        var partition = List.of(new TopicPartition(topic, 0));
        var read = new ArrayList<byte[]>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", embeddedKafka.bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            long deadline = System.nanoTime() + READ_MAX.toNanos();
            while (read.size() < RECORDS && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> read.add(record.value()));
            }
        }
        return read;
    }
}
