package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.Digest;
import io.vigie.events.SavedSearch;
import io.vigie.events.serde.Decoding;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas of the deliverer over one topic of alerts, posting to a real receiver; only Kafka is a fake. */
class AlertDelivererTest {
    private static final String TOPIC = "voc.alerts";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Duration ANSWERED_MAX = Duration.ofSeconds(30);
    private static final int ALERTS_MAX = 150;
    private static final Instant START = Instant.parse("2026-03-10T12:10:00Z");

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final List<String> topic = new ArrayList<>();
    private final FakeSearches searches = new FakeSearches();
    private final Map<String, AlertDelivery> kept = new ConcurrentHashMap<>();
    private final List<Posted> received = new CopyOnWriteArrayList<>();

    /** What was written down of attempts when one reached the receiver. */
    private final List<Long> begun = new CopyOnWriteArrayList<>();

    private final AtomicInteger status = new AtomicInteger(204);
    private VerbatimIndex index;
    private HttpServer receiver;
    /** Offset that the group has committed. */
    private long committed;

    /** One that reached the receiver, whatever that answered. */
    private record Posted(String delivery, String attempt, String search, long count, Set<String> verbatims) {}

    @BeforeEach
    void listen() throws IOException {
        index = VerbatimIndex.open(directory, new SimpleMeterRegistry(), Clock.systemUTC());
        for (int i = 0; i < ALERTS_MAX; i++) {
            index.put(RunningServer.verbatim("v" + i, "La box est en panne"));
        }
        index.refresh();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() throws IOException {
        receiver.stop(0);
        index.close();
    }

    private void receive(HttpExchange exchange) throws IOException {
        JsonNode body = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
        var headers = exchange.getRequestHeaders();
        kept.values().forEach(delivery -> delivery.getAttemptThrough().ifPresent(begun::add));
        received.add(new Posted(
                headers.getFirst("Vigie-Delivery"),
                headers.getFirst("Vigie-Attempt"),
                headers.getFirst("Vigie-Search"),
                body.path("count").asLong(),
                Set.copyOf(body.path("verbatims").findValuesAsText("id"))));
        exchange.sendResponseHeaders(status.get(), -1);
        exchange.close();
    }

    @Test
    void anAlertIsPostedOnceAndWrittenDownBeforeAndAfter() {
        save(search("s"));
        var replica = new Replica().gains();
        alert(replica, "s");

        replica.until(() -> received.size() == 1);
        assertThat(begun).containsExactly(0L);
        replica.until(() -> kept("s").getThrough() == 0);
        replica.steps(20);

        assertThat(received).containsExactly(new Posted("s.0", "1", "s", 1, Set.of("v0")));
        assertThat(kept("s").getAttemptThrough()).isEmpty();
        assertThat(replica.count("acknowledged")).isEqualTo(1);
    }

    @Test
    void whatFailedIsTriedAgainUnderItsIdAfterTwiceTheTime() {
        save(search("s"));
        var replica = new Replica().gains();
        status.set(503);
        alert(replica, "s");

        replica.until(() -> replica.count("failed") == 1);
        replica.steps(20);
        assertThat(received).hasSize(1);
        pass(Duration.ofSeconds(2));
        replica.until(() -> replica.count("failed") == 2);
        pass(Duration.ofSeconds(3));
        replica.steps(20);
        assertThat(received).hasSize(2);
        assertThat(replica.gauge("vigie.alerts.deliveries.retried")).isEqualTo(1);
        status.set(204);
        pass(Duration.ofSeconds(1));
        replica.until(() -> replica.count("acknowledged") == 1);
        replica.steps(1);

        assertThat(received).extracting(Posted::delivery).containsOnly("s.0");
        assertThat(received).extracting(Posted::attempt).containsExactly("1", "2", "3");
        assertThat(replica.gauge("vigie.alerts.deliveries.retried")).isZero();
    }

    @Test
    void whatComesWithinTheThrottleOrTheHourIsOneDelivery() {
        save(search("throttled").setThrottleSeconds(900));
        save(search("digest").setDigest(Digest.HOURLY));
        var replica = new Replica().gains();
        alert(replica, "throttled");
        replica.until(() -> replica.count("acknowledged") == 1);
        alert(replica, "throttled");
        alert(replica, "digest");
        alert(replica, "throttled");
        alert(replica, "digest");

        pass(Duration.ofSeconds(899));
        replica.steps(20);
        assertThat(received).hasSize(1);
        pass(Duration.ofSeconds(1));
        replica.until(() -> replica.count("acknowledged") == 2);
        pass(Duration.ofMinutes(35));
        replica.until(() -> replica.count("acknowledged") == 3);

        assertThat(received.get(1)).isEqualTo(new Posted("throttled.3", "1", "throttled", 2, Set.of("v1", "v3")));
        assertThat(received.get(2)).isEqualTo(new Posted("digest.4", "1", "digest", 2, Set.of("v2", "v4")));
    }

    @Test
    void whatIsMutedOrHasNoWebhookIsNeverPosted() {
        save(search("muted").setMutedUntil(START.plusSeconds(60)));
        save(search("silent").setWebhook(null));
        save(search("s"));
        var replica = new Replica().gains();
        alert(replica, "muted");
        alert(replica, "silent");
        alert(replica, "s");
        pass(Duration.ofSeconds(61));
        alert(replica, "muted");

        replica.until(() -> replica.count("acknowledged") == 2);
        pass(Duration.ofDays(1));
        replica.steps(20);

        assertThat(received).extracting(Posted::verbatims).containsExactlyInAnyOrder(Set.of("v2"), Set.of("v3"));
        assertThat(replica.meters.counter("vigie.alerts.left.out").count()).isEqualTo(2);
    }

    @Test
    void anAddressThatIsNotAllowedAnyMoreIsNotPostedTo() {
        save(search("s"));
        var replica = new Replica(new WebhookRule(Set.of())).gains();
        alert(replica, "s");

        replica.until(() -> replica.count("failed") == 1);
        pass(Outbox.GIVE_UP_AFTER.plusSeconds(1));
        replica.until(() -> replica.count("given_up") == 1);

        assertThat(received).isEmpty();
        assertThat(kept("s").getThrough()).isZero();
    }

    @Test
    void whoeverComesNextPostsTheSameAgainAndNothingThatWasAcknowledged() {
        save(search("s"));
        var first = new Replica().gains();
        alert(first, "s");
        first.until(() -> kept.containsKey("s") && kept("s").getThrough() == 0);
        status.set(503);
        alert(first, "s");
        first.until(() -> first.count("failed") == 1);

        var next = new Replica();
        topic.add(alertOf("s", topic.size()));
        status.set(204);
        next.gains();
        next.until(() -> kept("s").getThrough() == 2);
        next.steps(20);

        assertThat(received).extracting(Posted::delivery).containsExactly("s.0", "s.1", "s.1", "s.2");
        assertThat(received).extracting(Posted::count).containsOnly(1L);
    }

    @Test
    void theGroupRemembersNoMoreThanWhatIsSettled() {
        save(search("s"));
        save(search("slow").setDigest(Digest.DAILY));
        var replica = new Replica().gains();
        alert(replica, "s");
        alert(replica, "slow");
        alert(replica, "s");
        replica.until(() -> replica.count("acknowledged") == 1);

        pass(Duration.ofSeconds(6));
        replica.steps(2);

        assertThat(replica.committed()).isEqualTo(1);
    }

    /** Two replicas between which the partition goes to and fro, with and without a farewell, and a receiver that fails. */
    @Test
    void eachAlertIsDeliveredOnceBetweenTwoReplicas() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        save(search("a"));
        save(search("b").setThrottleSeconds(5));
        save(search("c").setDigest(Digest.HOURLY));
        var owner = new Replica().gains();
        var other = new Replica();
        for (int i = 0; i < ALERTS_MAX; i++) {
            status.set(random.nextInt(4) == 0 ? 500 : 204);
            switch (random.nextInt(5)) {
                case 0, 1 -> alert(owner, List.of("a", "b", "c").get(random.nextInt(3)));
                case 2 -> pass(Duration.ofSeconds(random.nextInt(300)));
                case 3 -> owner.steps(random.nextInt(4));
                default -> {
                    if (random.nextInt(3) == 0) {
                        var next = random.nextBoolean() ? other : new Replica();
                        committed = owner.committed();
                        other = owner.leaves();
                        owner = next.gains();
                    }
                }
            }
        }
        status.set(204);
        var last = owner;
        var alerts = topic.stream().collect(Collectors.groupingBy(AlertDelivererTest::searchOf, Collectors.counting()));
        last.steps(2);
        last.until(() -> {
            pass(Duration.ofSeconds(10));
            return last.gauge("vigie.alerts.waiting") == 0;
        });

        var deliveries = new TreeMap<String, Posted>();
        for (var each : received) {
            var before = deliveries.putIfAbsent(each.delivery(), each);
            assertThat(before == null ? each.verbatims() : before.verbatims())
                    .as("%s -Dseed=%d", each.delivery(), seed)
                    .isEqualTo(each.verbatims());
        }
        assertThat(deliveries.values().stream()
                        .collect(Collectors.groupingBy(Posted::search, Collectors.summingLong(Posted::count))))
                .as("-Dseed=%d", seed)
                .isEqualTo(alerts);
    }

    private AlertDelivery kept(String searchId) {
        return Objects.requireNonNull(kept.get(searchId));
    }

    private void save(SavedSearch.Builder search) {
        var _ = searches.send(search.build());
    }

    private SavedSearch.Builder search(String id) {
        return OutboxTest.search(id)
                .setWebhook("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    }

    private void alert(Replica replica, String searchId) {
        topic.add(alertOf(searchId, topic.size()));
        replica.add(topic.size() - 1);
    }

    private String alertOf(String searchId, int offset) {
        return searchId + "|v" + offset + "|" + now.get();
    }

    private static String searchOf(String alert) {
        return alert.substring(0, alert.indexOf('|'));
    }

    private static Decoding<Alert> decoded(byte[] record) {
        var parts = new String(record, StandardCharsets.UTF_8).split("\\|", 3);
        Instant at = Instant.parse(parts[2]);
        return new Decoding.Decoded<>(new Alert(parts[0], parts[1], at, at));
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** One process of the group. */
    private final class Replica {
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        private final AlertDeliverer deliverer;

        Replica() {
            this(new WebhookRule(Set.of("127.0.0.1")));
        }

        Replica(WebhookRule rule) {
            deliverer = new AlertDeliverer(
                    new AlertDeliverer.Parts(
                            () -> consumer,
                            TOPIC,
                            AlertDelivererTest::decoded,
                            () -> searches,
                            () -> List.copyOf(kept.values()),
                            this::keep,
                            index,
                            () -> true,
                            rule,
                            "https://vigie.example"),
                    ZoneId.of("Europe/Paris"),
                    now::get,
                    meters);
            deliverer.subscribe(consumer);
            consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        }

        private CompletableFuture<RecordMetadata> keep(AlertDelivery state) {
            kept.put(state.getSearchId(), state);
            return CompletableFuture.completedFuture(new RecordMetadata(PARTITION, 0, 0, 0, 0, 0));
        }

        /** The partition, from what the group has committed on. */
        Replica gains() {
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(committed)));
            consumer.rebalance(List.of(PARTITION));
            for (long offset = committed; offset < topic.size(); offset++) {
                add((int) offset);
            }
            return this;
        }

        Replica leaves() {
            consumer.rebalance(List.of());
            return this;
        }

        void add(int offset) {
            byte[] value = topic.get(offset).getBytes(StandardCharsets.UTF_8);
            consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, new byte[0], value));
        }

        long committed() {
            return Objects.requireNonNull(consumer.committed(Set.of(PARTITION)).get(PARTITION))
                    .offset();
        }

        void steps(int count) {
            for (int i = 0; i < count; i++) {
                deliverer.step(consumer);
            }
        }

        /** Steps until something is so; answers come from threads of their own. */
        void until(BooleanSupplier fact) {
            long end = System.nanoTime() + ANSWERED_MAX.toNanos();
            while (!fact.getAsBoolean()) {
                assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
                deliverer.step(consumer);
                Thread.onSpinWait();
            }
        }

        double count(String result) {
            return meters.counter("vigie.alerts.deliveries", "result", result).count();
        }

        double gauge(String name) {
            return meters.get(name).gauge().value();
        }
    }
}
