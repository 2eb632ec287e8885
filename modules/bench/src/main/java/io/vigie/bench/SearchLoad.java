package io.vigie.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Searches of a fixed list, one after the other at a fixed rate, each timed from its schedule. */
final class SearchLoad {
    /** Beyond, a search waits before it is even sent; that waiting counts as well. */
    private static final int AT_ONCE_MAX = 64;

    private static final Map<String, Map<String, String>> SEARCHES = searches();

    private final VigieHttp http;
    private final OpenLoop loop;
    private final int perSecond;
    private final Latencies all = new Latencies();
    private final Map<String, Latencies> each = new LinkedHashMap<>();

    SearchLoad(VigieHttp http, int perSecond) {
        this.http = http;
        this.perSecond = perSecond;
        this.loop = new OpenLoop(perSecond);
        SEARCHES.keySet().forEach(name -> each.put(name, new Latencies()));
    }

    private static Map<String, Map<String, String>> searches() {
        String now = Instant.now().plus(1, ChronoUnit.HOURS).toString();
        String weekAgo = Instant.now().minus(7, ChronoUnit.DAYS).toString();
        String fibre = Events.offerId("Fibre Pro");
        var searches = new LinkedHashMap<String, Map<String, String>>();
        searches.put("frequent_word", Map.of("q", "box"));
        searches.put("rarer_word", Map.of("q", "Guéret"));
        searches.put("two_words", Map.of("q", "facture remboursement"));
        searches.put("three_alternatives", Map.of("q", "panne OU coupure OU débit"));
        searches.put("phrase", Map.of("q", "\"service client\""));
        searches.put("prefix", Map.of("q", "rembours*"));
        searches.put("misspelt", Map.of("q", "connexoin~"));
        searches.put("word_offer_week", Map.of("q", "fibre", "offer", fibre, "from", weekAgo, "to", now));
        searches.put("newest_of_all", Map.of("q", "*:*", "sort", "newest", "size", "20"));
        searches.put("facets", Map.of("q", "box", "size", "0", "facets", "offer,theme,intent"));
        searches.put("chart_of_offer", Map.of("q", "*:*", "offer", fibre, "size", "0", "interval", "day"));
        searches.put(
                "page",
                Map.of(
                        "q",
                        "internet OU téléphone",
                        "size",
                        "20",
                        "facets",
                        "offer,theme,intent,lang",
                        "interval",
                        "day"));
        return searches;
    }

    /** Fails when any search failed. */
    void run(Duration time) throws IOException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var names = List.copyOf(SEARCHES.keySet());
        var permits = new Semaphore(AT_ONCE_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            loop.run(Math.toIntExact(time.toSeconds() * perSecond), (i, due) -> {
                permits.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        search(names.get(i % names.size()), due);
                    } catch (IOException | RuntimeException e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        permits.release();
                    }
                });
            });
        }
        if (failure.get() != null) {
            throw new IOException("a search failed", failure.get());
        }
    }

    Latencies latencies() {
        return all;
    }

    /** The median of each search. */
    void addEach(Figures figures, String prefix) {
        each.forEach((name, latencies) -> figures.add(prefix + "_" + name + "_p50_ms", latencies.percentile(50)));
    }

    private void search(String name, long due) throws IOException {
        http.search(Objects.requireNonNull(SEARCHES.get(name)));
        long latency = System.nanoTime() - due;
        synchronized (this) {
            all.add(latency);
            Objects.requireNonNull(each.get(name)).add(latency);
        }
    }
}
