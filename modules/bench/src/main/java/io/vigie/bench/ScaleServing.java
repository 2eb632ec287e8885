package io.vigie.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Topics;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;

/** A {@code vigie serve} over a large index, its searches over HTTP beside those of Lucene alone. */
final class ScaleServing implements AutoCloseable {
    private static final int EXACT = Integer.MAX_VALUE;
    private static final int WARM_ROUNDS = 10;
    private static final List<ScaleQuery> QUERIES = List.of(ScaleQuery.values());

    private final Vigie up;
    private final Vigie serve;
    private final BareQueries bare;

    private ScaleServing(Vigie up, Vigie serve, BareQueries bare) {
        this.up = up;
        this.serve = serve;
        this.bare = bare;
    }

    /** With a broker, a registry and a stream beside it in another process. */
    static ScaleServing start(Path home, ScaleIndexing indexes, String javaOptions) throws IOException {
        var up = Vigie.start(home, Map.of(), "");
        try {
            Path data = Files.createTempDirectory("vigie-bench-serve-");
            takeOver(indexes.ours(), data.resolve("index"), up);
            var serve = Vigie.serve(home, data, up, javaOptions);
            return new ScaleServing(up, serve, new BareQueries(indexes.bare(), EXACT));
        } catch (IOException | RuntimeException e) {
            up.close();
            throw e;
        }
    }

    /** Links the files of an index and commits it as one of that broker's topic, of which it has read nothing. */
    private static void takeOver(Path index, Path copy, Vigie up) throws IOException {
        Files.createDirectories(copy);
        try (var files = Files.list(index)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("write.lock")) {
                    Files.createLink(copy.resolve(file.getFileName()), file);
                }
            }
        }
        try (var opened = VerbatimIndex.open(copy, new SimpleMeterRegistry(), Clock.systemUTC())) {
            opened.commit(new Checkpoint(topicId(up), Map.of()));
        }
    }

    private static String topicId(Vigie up) throws IOException {
        String topic = Topics.standard().verbatims();
        try (var admin = Admin.create(Map.<String, Object>copyOf(up.kafka()))) {
            var description =
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic);
            return Objects.requireNonNull(description).get().topicId().toString();
        } catch (ExecutionException e) {
            throw new IOException("the broker does not describe " + topic, e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** Each search over HTTP, then by Lucene alone, in turns, one at a time. */
    Figures queries(String phase, int rounds) throws IOException {
        run(WARM_ROUNDS, new Both(), new EnumMap<>(ScaleQuery.class));
        var all = new Both();
        var each = new EnumMap<ScaleQuery, Both>(ScaleQuery.class);
        Usage start = serve.usage();
        run(rounds, all, each);
        Usage used = serve.usage().since(start);
        var figures = new Figures(phase)
                .add("verbatims", serve.http().verbatims())
                .add("http", all.http)
                .add("bare", all.lucene)
                .add("p50_to_bare", all.http.percentile(50) / all.lucene.percentile(50))
                .add("p99_to_bare", all.http.percentile(99) / all.lucene.percentile(99))
                .add("serve_cpu_ms_per_search", used.vigie() * 1e3 / all.http.count())
                .add(serve.memory());
        each.forEach((query, both) -> figures.add(query + "_http_p50_ms", both.http.percentile(50))
                .add(query + "_bare_p50_ms", both.lucene.percentile(50))
                .add(query + "_http_p99_ms", both.http.percentile(99))
                .add(query + "_bare_p99_ms", both.lucene.percentile(99)));
        return figures;
    }

    private static final class Both {
        private final Latencies http = new Latencies();
        private final Latencies lucene = new Latencies();
    }

    private void run(int rounds, Both all, Map<ScaleQuery, Both> each) throws IOException {
        for (int round = 0; round < rounds; round++) {
            for (int variant = 0; variant < ScaleQuery.VARIANTS; variant++) {
                for (ScaleQuery query : QUERIES) {
                    var both = each.computeIfAbsent(query, _ -> new Both());
                    long start = System.nanoTime();
                    serve.http().searchBytes(query.parameters(variant));
                    long middle = System.nanoTime();
                    bare.run(query, variant);
                    long end = System.nanoTime();
                    all.http.add(middle - start);
                    all.lucene.add(end - middle);
                    both.http.add(middle - start);
                    both.lucene.add(end - middle);
                }
            }
        }
    }

    /** The same while events come in at a rate. */
    Figures busy(int rounds, int perSecond) throws IOException {
        var stop = new AtomicBoolean();
        long before = serve.http().verbatims();
        try (var thread = Executors.newSingleThreadExecutor();
                var feed = new Feed(up)) {
            Future<?> sending = thread.submit(() -> {
                var events = new Events("scale", 1);
                long start = System.nanoTime();
                for (long i = 0; !stop.get(); i++) {
                    Pause.untilNanos(start + i * 1_000_000_000L / perSecond);
                    feed.send(events.next(Instant.ofEpochMilli(System.currentTimeMillis())));
                }
            });
            Pause.of(Duration.ofSeconds(20));
            var figures = queries("busy", rounds).add("ingesting_per_s", perSecond);
            stop.set(true);
            sending.get();
            return figures.add("verbatims_added", serve.http().verbatims() - before);
        } catch (ExecutionException e) {
            throw new IOException("sending failed", e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** So many clients at once, each with the next search as soon as it has its answer. */
    Figures clients(int clients, Duration time) throws IOException {
        var latencies = new Latencies();
        var refused = new Latencies();
        var statuses = new TreeMap<Integer, Long>();
        long end = System.nanoTime() + time.toNanos();
        Usage start = serve.usage();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int client = 0; client < clients; client++) {
                int first = client;
                running.add(threads.submit(() -> {
                    for (int i = first; System.nanoTime() < end; i++) {
                        var query = QUERIES.get(i % QUERIES.size());
                        long asked = System.nanoTime();
                        int status = serve.http().searchStatus(query.parameters(i % ScaleQuery.VARIANTS));
                        synchronized (latencies) {
                            (status == 200 ? latencies : refused).add(System.nanoTime() - asked);
                            statuses.merge(status, 1L, Long::sum);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a client failed", e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        Usage used = serve.usage().since(start);
        return new Figures("clients")
                .add("clients", clients)
                .add("seconds", used.seconds())
                .add("searches_per_s", latencies.count() / used.seconds())
                .add("answered", latencies)
                .add("refused", refused)
                .add("statuses", statuses.toString())
                .add("serve_cores", used.vigie() / used.seconds())
                .add(serve.memory());
    }

    Figures started() throws IOException {
        return new Figures("serve").add("ready_ms", serve.readyMillis()).add(serve.memory());
    }

    @Override
    public void close() throws IOException {
        bare.close();
        try (up) {
            serve.close();
        }
    }
}
