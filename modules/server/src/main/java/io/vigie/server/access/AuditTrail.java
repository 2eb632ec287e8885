package io.vigie.server.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vigie.events.AuditEntry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who did what. No answer waits for it: entries are handed to a thread of their own, which takes personal data out of
 * them and sends them. What cannot be kept is counted and told, without what it was about.
 *
 * <p>{@link #step()} belongs to that thread; entries may come from any.
 */
public final class AuditTrail implements AutoCloseable {
    static final int WAITING_MAX = 10_000;
    static final int QUERY_LENGTH_MAX = 2_000;

    private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
    /** For so long health tells that entries were lost. */
    private static final Duration TOLD_FOR = Duration.ofMinutes(10);

    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);
    private static final Duration IDLE = Duration.ofMillis(200);

    private final Sink sink;
    private final UnaryOperator<String> redact;
    private final InstantSource clock;
    private final Counter sent;
    private final Counter lost;
    private final BlockingQueue<Draft> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final TypedSearches typed = new TypedSearches();
    private final AtomicReference<Instant> lostAt = new AtomicReference<>(Instant.MIN);
    private final Thread thread = Thread.ofPlatform().name("audit").daemon().unstarted(this::run);
    private volatile boolean closing;

    /** Where entries go; completes when one is kept, fails when it is not. */
    public interface Sink {
        CompletableFuture<?> send(AuditEntry entry);
    }

    /**
     * A trail that does nothing yet.
     *
     * @param redact takes personal data out of a text
     */
    public AuditTrail(Sink sink, UnaryOperator<String> redact, MeterRegistry meters, InstantSource clock) {
        this.sink = sink;
        this.redact = redact;
        this.clock = clock;
        this.sent = counter(meters, "sent");
        this.lost = counter(meters, "lost");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return Counter.builder("vigie.audit.entries")
                .description("entries of the journal")
                .tag("result", result)
                .register(meters);
    }

    /**
     * What somebody did, before personal data is taken out of it.
     *
     * @param user empty where nobody knows who it was
     * @param route method and route
     * @param query the parameters of the address as they were sent, or empty
     * @param status empty for what goes on
     */
    public record Draft(
            Optional<User> user,
            Deed deed,
            String route,
            Optional<String> subject,
            String query,
            Optional<Long> count,
            Optional<Integer> status,
            String requestId,
            Instant at) {}

    public AuditTrail start() {
        thread.start();
        return this;
    }

    /** Takes an entry, or counts it as lost when too many wait. */
    public void write(Draft draft) {
        if (!waiting.offer(draft)) {
            lose("too many entries wait", draft.requestId());
        }
    }

    /** What an operator should know; empty when all is kept. */
    public Optional<String> trouble() {
        Instant last = lostAt.get();
        return last.isBefore(clock.instant().minus(TOLD_FOR))
                ? Optional.empty()
                : Optional.of((long) lost.count() + " entries of the journal could not be kept, the last at " + last
                        + "; see whether Kafka answers and its topic exists: vigie topics check");
    }

    /** Takes one entry, when there is one within a moment, and sends what waits no longer. */
    void step() throws InterruptedException {
        Draft draft = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        var ready = draft == null ? typed.over(clock.instant()) : typed.take(draft);
        ready.forEach(this::send);
    }

    private void send(Draft draft) {
        try {
            var _ = sink.send(entry(draft)).whenComplete((_, failure) -> {
                if (failure == null) {
                    sent.increment();
                } else {
                    lose(String.valueOf(failure.getClass().getSimpleName()), draft.requestId());
                }
            });
        } catch (RuntimeException e) {
            lose(e.getClass().getSimpleName(), draft.requestId());
        }
    }

    private AuditEntry entry(Draft draft) {
        String query = query(draft.query());
        return AuditEntry.newBuilder()
                .setAt(Instant.ofEpochMilli(draft.at().toEpochMilli()))
                .setUser(draft.user().map(User::name).orElse("?"))
                .setRoles(draft.user()
                        .map(user -> Arrays.asList(Role.words(user.roles()).split(",", -1)))
                        .map(words ->
                                words.stream().filter(word -> !word.isEmpty()).toList())
                        .orElse(List.of()))
                .setVia(draft.user().map(user -> user.via().word()).orElse("none"))
                .setAction(draft.deed().name())
                .setRoute(draft.route())
                .setSubject(draft.subject().map(redact).map(AuditTrail::cut).orElse(null))
                .setQuery(query.isEmpty() ? null : query)
                .setCount(draft.count().orElse(null))
                .setStatus(draft.status().orElse(null))
                .setRequestId(draft.requestId())
                .build();
    }

    /** Each value by itself: what stands beside it must not hide what it is. */
    private String query(String sent) {
        return cut(Arrays.stream(sent.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(AuditTrail::decoded)
                .map(pair -> {
                    int equals = pair.indexOf('=');
                    return equals < 0
                            ? redact.apply(pair)
                            : pair.substring(0, equals + 1) + redact.apply(pair.substring(equals + 1));
                })
                .collect(Collectors.joining(" & ")));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The request was refused for it; the name of the parameter says enough.
            int equals = text.indexOf('=');
            return equals < 0 ? "?" : text.substring(0, equals) + "=?";
        }
    }

    private static String cut(String text) {
        return text.length() <= QUERY_LENGTH_MAX ? text : text.substring(0, QUERY_LENGTH_MAX - 1) + "…";
    }

    /** Once a minute in the log, however many are lost. */
    private void lose(String why, String requestId) {
        lost.increment();
        Instant now = clock.instant();
        Instant last = lostAt.getAndSet(now);
        if (last.isBefore(now.minus(Duration.ofMinutes(1)))) {
            log.warn("an entry of the journal could not be kept; requestId={} why={}", requestId, why);
        }
    }

    private void run() {
        try {
            while (!closing || !waiting.isEmpty()) {
                step();
            }
            typed.rest().forEach(this::send);
        } catch (InterruptedException e) {
            log.warn("stopped with entries of the journal unsent; entries={}", waiting.size());
        }
    }

    /** Sends what waits, for a bounded time. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!thread.join(CLOSE_MAX)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
