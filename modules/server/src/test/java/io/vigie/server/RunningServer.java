package io.vigie.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vigie.events.Breach;
import io.vigie.events.Channel;
import io.vigie.events.EventRules;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Offer;
import io.vigie.events.Promise;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.index.Arrival;
import io.vigie.index.Checkpoint;
import io.vigie.index.OnDamage;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.access.Access;
import io.vigie.server.access.AuditTrail;
import io.vigie.server.page.ThemeEntry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A real server on a free port over a real index; only Kafka is a fake. */
final class RunningServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    /** All that is personal here. */
    private static final Pattern PHONE_NUMBER = Pattern.compile("0[1-9]( ?\\d\\d){4}");

    static final List<ThemeEntry> THEMES = List.of(
            new ThemeEntry("billing.error", "Erreur de facture", "Billing error", "Facturation", "Billing"),
            new ThemeEntry(
                    "network.outage",
                    "Panne du réseau",
                    "Network outage",
                    "Réseau",
                    "Network",
                    "La box ne répond plus.",
                    "The router is dead."),
            new ThemeEntry("support.wait", "Attente au téléphone", "Waiting on hold", "Service client", "Support"),
            new ThemeEntry("delivery.late", "Livraison en retard", "Late delivery", "Livraison", "Delivery"));

    final FakeKafka kafka = new FakeKafka();
    final FakeSearches searches = new FakeSearches();
    final FakeErasures erasures = new FakeErasures();
    final FakeLoop loop = new FakeLoop();
    final List<io.vigie.events.Signal> signals = new java.util.concurrent.CopyOnWriteArrayList<>();
    final FakeDeadLetters deadLetters = new FakeDeadLetters();
    final FakeReplay replay = new FakeReplay();
    final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final AtomicReference<Health.State> sink = new AtomicReference<>(new Health.Up());
    final VerbatimIndex index;
    final FakeLedger<Promise> promises = new FakeLedger<>(Promise::getOfferId);
    final FakeLedger<Breach> breaches = new FakeLedger<>(Breach::getOfferId);
    final FakeAudit audit = new FakeAudit();
    private final AuditTrail trail =
            new AuditTrail(audit, text -> text.replace("0612345678", "[TÉL]"), meters, () -> NOW);
    final FakeOffsets offsets = new FakeOffsets();
    final HttpServer server;
    private long arrived;
    private Optional<Path> own = Optional.empty();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** In a directory of its own, which goes with it. */
    static RunningServer start() {
        try {
            Path directory = Files.createTempDirectory("vigie-server-");
            var running = new RunningServer(directory.resolve("index"));
            running.own = Optional.of(directory);
            return running;
        } catch (IOException | ServerException e) {
            throw new IllegalStateException("the server did not start", e);
        }
    }

    RunningServer(Path directory) throws IOException, ServerException {
        this(directory, ServerSettings.at("127.0.0.1", 0));
    }

    RunningServer(Path directory, ServerSettings settings) throws IOException, ServerException {
        this(directory, settings, Clock.systemUTC());
    }

    /** @param clock of the index */
    RunningServer(Path directory, ServerSettings settings, Clock clock) throws IOException, ServerException {
        this(directory, settings, clock, Access.loopback(), WAIT_MAX);
    }

    /** One that asks who somebody is. */
    RunningServer(Path directory, Access access) throws IOException, ServerException {
        this(directory, ServerSettings.at("127.0.0.1", 0), Clock.systemUTC(), access, WAIT_MAX);
    }

    /** @param waitMax how long an answer waits for what its asker has written */
    RunningServer(Path directory, Duration waitMax) throws IOException, ServerException {
        this(directory, ServerSettings.at("127.0.0.1", 0), Clock.systemUTC(), Access.loopback(), waitMax);
    }

    private RunningServer(Path directory, ServerSettings settings, Clock clock, Access access, Duration waitMax)
            throws IOException, ServerException {
        index = VerbatimIndex.open(directory, OnDamage.REBUILD, meters, clock);
        Map<String, Supplier<Health.State>> checks = new LinkedHashMap<>();
        checks.put("index", Health.Up::new);
        checks.put("sink", sink::get);
        var writes = new ReadYourWrites(List.of(FakeKafka.TOPIC), "verbatims", offsets, index::searchable, waitMax);
        server = HttpServer.start(
                settings,
                new HttpServer.Sources(
                        index,
                        kafka,
                        new ContactLedgers(promises, breaches),
                        () -> List.copyOf(signals),
                        deadLetters,
                        new Presentation(THEMES, SearchRequest.of("").zone())
                                .with(new FakeTrial())
                                .with(replay)
                                .with((PersonalData) PHONE_NUMBER.asPredicate()::test)),
                new HttpServer.Sinks(
                        kafka, new EventRules(() -> NOW), writes, searches.alerting(), erasures.erasing(), loop.loop()),
                new HttpServer.Guard(access, Optional.of(trail.start()), audit),
                new Health(checks),
                meters,
                () -> NOW);
    }

    void put(Verbatim... verbatims) throws IOException {
        for (Verbatim verbatim : verbatims) {
            index.put(verbatim);
        }
        index.refresh();
    }

    /** As the sink does it: with the next positions in the topic, all visible together. */
    void arrive(Verbatim... verbatims) throws IOException {
        for (Verbatim verbatim : verbatims) {
            index.put(verbatim, new Arrival(0, arrived));
            arrived++;
        }
        index.refresh(new Checkpoint("topic", Map.of(0, arrived)));
    }

    HttpClient client() {
        return client;
    }

    HttpResponse<String> get(String path) {
        return exchange(request(path).GET());
    }

    /** Puts an offer into the catalogue, also where nobody who asks may. */
    void declare(String offerId, String name) {
        kafka.send(Offer.newBuilder()
                        .setOfferId(offerId)
                        .setName(name)
                        .setAliases(List.of())
                        .build())
                .join();
    }

    HttpResponse<String> post(String path, String mediaType, String body) {
        return exchange(request(path).header("Content-Type", mediaType).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, String body) {
        return exchange(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(ANSWER_MAX);
    }

    HttpResponse<String> exchange(HttpRequest.Builder request) {
        return exchange(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> exchange(HttpRequest.Builder request, BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("not JSON: " + response.body(), e);
        }
    }

    static Verbatim verbatim(String id, String text) {
        return verbatim(id, text, "fibre-pro", Intent.COMPLAINT, NOW);
    }

    static Verbatim verbatim(String id, String text, String offerId, Intent intent, Instant occurredAt) {
        return draft(id, text, offerId, intent, occurredAt).build();
    }

    static Verbatim.Builder draft(String id, String text, String offerId, Intent intent, Instant occurredAt) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId("e-" + id)
                .setKind(Kind.TICKET)
                .setConversationId("t-" + id)
                .setSource("test")
                .setOccurredAt(occurredAt)
                .setClassifiedAt(occurredAt.plusMillis(20))
                .setCustomerKey("secret-key")
                .setOfferId(offerId)
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setIntent(intent)
                .setThemes(List.of(new Theme("billing.error", 0.8, List.of(new Evidence(0, 2)))))
                .setRedactions(Map.of("PHONE", 1))
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0.1)
                .setChannelMismatch(false)
                .setClassifier("test-1")
                .setSuperseded(List.of());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
        trail.close();
        index.close();
        if (own.isPresent()) {
            delete(own.get());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
