package io.vigie.app;

import static io.vigie.app.SampleEvents.call;
import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.app.embedded.DataDirectory;
import io.vigie.app.embedded.EmbeddedKafka;
import io.vigie.app.embedded.EmbeddedRegistry;
import io.vigie.events.TopicSpec;
import io.vigie.events.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The production roles, against a Kafka and a registry that were there before them. */
final class StreamAndServeIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(60);
    private static final String SECRET = "privacy.customer.secret=a secret of the tests, long enough";
    /** As soon as a broker allows: another takes over when a stream has stood still for so long. */
    private static final String[] SOON = {
        SECRET, "kafka.consumer.session.timeout.ms=6000", "kafka.producer.transaction.timeout.ms=6000"
    };

    private static final int BATCH = 5;
    private static final Path REGISTRY = Path.of(System.getProperty("vigie.home", "target/vigie"), "registry");
    private static final Topics TOPICS = Topics.standard();

    @TempDir
    private Path directory;

    private DataDirectory data;
    private EmbeddedRegistry registry;
    private EmbeddedKafka kafka;
    private final int kafkaPort = Program.freePort();

    @BeforeEach
    void startKafkaAndRegistry() {
        data = DataDirectory.take(directory.resolve("others"));
        registry = EmbeddedRegistry.start(REGISTRY, data, Program.freePort());
        kafka = EmbeddedKafka.start(data, kafkaPort);
        registry.awaitReady();
    }

    @AfterEach
    void stopKafkaAndRegistry() {
        kafka.close();
        registry.close();
        data.close();
    }

    @Test
    void theRolesWorkTogetherAndTheIndexIsOnlyACache() throws Exception {
        assertTopicsAreCreatedOnce();
        try (var second = role("stream", "second", SOON).launch();
                var stream = role("stream", "stream", SOON).start();
                var serve = role("serve", "serve").start()) {
            var ids = new TreeSet<String>();
            for (int i = 0; i < 50; i++) {
                serve.http().accept("tickets", ticket("role-" + i, null, "Panne de la box Tulipe " + i));
                ids.add("it:role-" + i);
            }
            await().atMost(SEEN_MAX).until(() -> serve.http().total("q", "tulipe") == 50);
            var last = serve.http()
                    .post("calls", List.of(call("role-token", null, "Bonjour", "Panne de la box Jonquille")));
            String token = last.body().path("token").asText();
            assertThat(serve.http().total("q", "jonquille", "after", token)).isEqualTo(1);
            assertThat(stream.http().ready()).isTrue();
            assertThat(stream.http().metrics()).contains("vigie_verbatims_classified_total");

            assertEachOnceWhileTheOthersComeAndGo(stream, second, serve);

            serve.stop();
            delete(serve.data().resolve("index"));
            serve.start();
            assertThat(found(serve)).isEqualTo(ids);

            stream.stop();
            for (int i = 0; i < 8; i++) {
                serve.http().accept("tickets", ticket("removed-" + i, null, "Panne de la box Zinnia " + i));
            }
            removeTickets();
            stream.start();
            await().atMost(SEEN_MAX).until(() -> lostTickets(stream) == 8);
            assertThat(stream.command("doctor").out())
                    .containsPattern("note  stream: records were removed before vigie had read them: .*voc.tickets-");
            serve.http().accept("tickets", ticket("after", null, "Panne de la box Oeillet"));
            await().atMost(SEEN_MAX).until(() -> serve.http().total("q", "oeillet") == 1);

            serve.stop();
            stream.stop();
            recreateVerbatims();
            serve.start();
            assertThat(serve.said())
                    .contains("the index was built from another incarnation of topic " + TOPICS.verbatims());
            assertThat(found(serve)).isEmpty();
        }
    }

    @Test
    void aStreamWithoutASecretIsRefused() {
        var ran = Program.run(arguments("stream"));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("vigie: privacy.customer.secret is not set");
    }

    @Test
    void aServerWithoutItsTopicsSaysHowToMakeThem() {
        var ran = Program.run(arguments("serve"));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("vigie: ", TOPICS.verbatims(), "vigie topics apply");
    }

    /**
     * Under load one stream stands still for longer than its group and its transactions wait for it, the broker restarts,
     * the stream goes on as if nothing had been, and the one that took over leaves.
     */
    private void assertEachOnceWhileTheOthersComeAndGo(VigieProcess stream, VigieProcess second, VigieProcess serve)
            throws Exception {
        await().atMost(VigieProcess.READY_MAX).until(() -> second.http().ready());
        var sent = new AtomicInteger();
        var ends = new AtomicBoolean();
        var load = CompletableFuture.runAsync(() -> {
            boolean taken = false;
            while (!taken || !ends.get()) {
                taken = post(serve, sent.get());
                sent.addAndGet(taken ? 1 : 0);
            }
        });
        await().atMost(SEEN_MAX).until(() -> sent.get() > 10);

        stream.pause();
        kafka.close();
        assertThat(serve.http().total("q", "tulipe")).isEqualTo(50);
        kafka = EmbeddedKafka.start(data, kafkaPort);
        int before = sent.get();
        await().atMost(SEEN_MAX).until(() -> sent.get() > before + 10);
        awaitSearchable(serve, sent.get());
        stream.resume();
        int after = sent.get();
        await().atMost(SEEN_MAX).until(() -> sent.get() > after + 10);
        second.stop();
        ends.set(true);
        load.join();

        awaitSearchable(serve, sent.get());
        assertThat(TopicRecords.in(kafka.bootstrapServers(), TOPICS.verbatims()).stream()
                        .map(TopicRecords::key)
                        .filter(key -> key.startsWith("it:load-")))
                .hasSize(sent.get() * BATCH)
                .doesNotHaveDuplicates();
        assertThat(serve.http().total("q", "hysope")).isEqualTo((long) sent.get() * BATCH);
    }

    private static void awaitSearchable(VigieProcess serve, int batches) {
        await().atMost(SEEN_MAX).until(() -> serve.http().total("q", "hysope") >= (long) batches * BATCH);
    }

    /** What is not acknowledged is sent again, as every source does. */
    private static boolean post(VigieProcess serve, int number) {
        var batch = new ArrayList<JsonNode>();
        for (int i = 0; i < BATCH; i++) {
            batch.add(ticket("load-" + number + "-" + i, null, "Panne de la box Hysope"));
        }
        try {
            return serve.http().post("tickets", batch).body().path("accepted").asInt() == BATCH;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertTopicsAreCreatedOnce() {
        var before = Program.run(arguments("topics", "check"));
        var tried = Program.run(arguments("topics", "apply", "--dry-run"));
        var applied = Program.run(arguments("topics", "apply"));
        var after = Program.run(arguments("topics", "check"));

        int all = TopicSpec.all(TOPICS, new TopicSpec.Sizing(1, (short) 1)).size();
        assertThat(before.exit()).isEqualTo(1);
        assertThat(before.out().lines()).hasSize(all).allMatch(line -> line.endsWith(" is missing"));
        assertThat(tried.exit()).isZero();
        assertThat(tried.out()).isEqualTo(before.out());
        assertThat(applied.exit()).isZero();
        assertThat(applied.out()).isEqualTo(before.out());
        assertThat(after.exit()).isZero();
    }

    /** As retention does when nobody has read them in time. */
    private void removeTickets() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var partitions = admin
                    .describeTopics(List.of(TOPICS.tickets()))
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .collect(Collectors.toMap(
                            info -> new TopicPartition(TOPICS.tickets(), info.partition()),
                            // Up to its end.
                            _ -> RecordsToDelete.beforeOffset(-1)));
            admin.deleteRecords(partitions).all().get(30, TimeUnit.SECONDS);
        }
    }

    private static double lostTickets(VigieProcess stream) {
        return stream.http().metric("vigie_records_lost_total", "topic=\"" + TOPICS.tickets() + "\"");
    }

    private void recreateVerbatims() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(TOPICS.verbatims())).all().get(30, TimeUnit.SECONDS);
            await().atMost(SEEN_MAX)
                    .until(() -> !admin.listTopics()
                            .names()
                            .get(30, TimeUnit.SECONDS)
                            .contains(TOPICS.verbatims()));
            admin.createTopics(List.of(new NewTopic(TOPICS.verbatims(), 4, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static Set<String> found(VigieProcess serve) {
        var ids = new TreeSet<String>();
        for (JsonNode hit : serve.http().search("q", "tulipe", "size", "100").path("hits")) {
            ids.add(hit.path("id").asText());
        }
        return ids;
    }

    private VigieProcess role(String name, String place, String... more) {
        var settings = new ArrayList<>(settings());
        settings.addAll(Arrays.asList(more));
        return VigieProcess.role(name, directory.resolve(place), settings.toArray(String[]::new));
    }

    private String[] arguments(String... words) {
        var arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(List.of("--data", directory.resolve("commands").toString()));
        arguments.addAll(List.of("--set", "http.port=" + Program.freePort()));
        settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments.toArray(String[]::new);
    }

    private List<String> settings() {
        return List.of("kafka.bootstrap.servers=" + kafka.bootstrapServers(), "schema.registry.url=" + registry.url());
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
