package io.vigie.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Events at a fixed rate: how long until each is searchable, and how long searches take meanwhile. */
final class SteadyRate {
    private static final int MARKS_PER_SECOND = 50;
    private static final Duration SEEN_MAX = Duration.ofSeconds(60);
    private static final Duration COST_MEASURED = Duration.ofSeconds(5);

    private final Vigie vigie;
    private final Scale scale;

    SteadyRate(Vigie vigie, Scale scale) {
        this.vigie = vigie;
        this.scale = scale;
    }

    /** From an event's scheduled time to the first search that finds it, beside the product's own measure of the same. */
    Figures freshness(String run) throws IOException {
        double load = Usage.loadAverage();
        vigie.http().declareOffer(FreshnessProbe.OFFER, "Sonde de mesure");
        int stride = Math.max(1, scale.perSecond() / MARKS_PER_SECOND);
        int warmUp = count(scale.warmUp());
        int all = warmUp + count(scale.measured());
        var probe = new FreshnessProbe(vigie.http(), run, (all + stride - 1) / stride, (warmUp + stride - 1) / stride);
        var watching = inBackground(
                () -> probe.watch(scale.warmUp().plus(scale.measured()).plus(SEEN_MAX)));
        var warm = new CompletableFuture<Instant>();
        var from = warm.thenApplyAsync(_ -> State.of(vigie));
        double latest = send(run, all, (source, i, due, time) -> {
            if (i == warmUp) {
                warm.complete(time);
            }
            return i % stride == 0
                    ? source.event(probe.mark(due, time), FreshnessProbe.OFFER, time)
                    : source.next(time);
        });
        join(watching);
        var over = State.of(vigie).since(join(from));
        var figures = new Figures("freshness")
                .add("events_per_s", scale.perSecond())
                .add("seconds", over.used().seconds())
                .add("seen", probe.latencies())
                .add("own_p50_ms", over.freshness().percentile(50))
                .add("own_p99_ms", over.freshness().percentile(99))
                .add("own_within_250_ms_percent", over.freshness().percentWithin(0.25))
                .add("own_n", over.freshness().count())
                .add(over.used(), over.freshness().count())
                .add(vigie.memory())
                .add("sender_latest_ms", latest)
                .add("polls", probe.polls());
        return figures.add("probe_cores", costOf(probe))
                .add("verbatims_in_index", vigie.http().verbatims())
                .add("load_before", load)
                .add("load_after", Usage.loadAverage());
    }

    /** The fixed list of searches, first with nothing else to do, then while events come in. */
    Figures searches(String run) throws IOException {
        double load = Usage.loadAverage();
        var warm = new SearchLoad(vigie.http(), scale.searchesPerSecond());
        warm.run(scale.warmUp());
        var alone = new SearchLoad(vigie.http(), scale.searchesPerSecond());
        Usage aloneStart = vigie.usage();
        alone.run(scale.measured());
        Usage aloneUsed = vigie.usage().since(aloneStart);

        int all = count(scale.warmUp()) + count(scale.measured());
        var sending = inBackground(() -> send(run, all, (source, _, _, time) -> source.next(time)));
        warm.run(scale.warmUp());
        var busy = new SearchLoad(vigie.http(), scale.searchesPerSecond());
        Usage busyStart = vigie.usage();
        busy.run(scale.measured());
        Usage busyUsed = vigie.usage().since(busyStart);
        join(sending);
        var figures = new Figures("search")
                .add("searches_per_s", scale.searchesPerSecond())
                .add("alone", alone.latencies())
                .add("alone_vigie_cores", aloneUsed.vigie() / aloneUsed.seconds())
                .add("alone_others_percent", aloneUsed.othersPercent())
                .add("ingesting_per_s", scale.perSecond())
                .add("busy", busy.latencies())
                .add(busyUsed, count(scale.measured()));
        busy.addEach(figures, "busy");
        return figures.add(vigie.memory())
                .add("verbatims_in_index", vigie.http().verbatims())
                .add("load_before", load)
                .add("load_after", Usage.loadAverage());
    }

    private int count(Duration time) {
        return Math.toIntExact(time.toSeconds() * scale.perSecond());
    }

    /** Which event is due. */
    private interface Choice {
        Event of(Events source, int number, long dueNanos, Instant dueTime);
    }

    /** Returns how late the sender itself was at worst, in milliseconds. */
    private double send(String run, int count, Choice choice) throws IOException {
        var source = new Events(run, scale.seed());
        var loop = new OpenLoop(scale.perSecond());
        try (var feed = new Feed(vigie)) {
            // The first event asks the registry for ids; that is no part of any latency.
            feed.send(source.next(Instant.now()));
            feed.settle();
            loop.run(count, (i, due) -> {
                Instant dueTime = Instant.now().plusNanos(due - System.nanoTime());
                feed.send(choice.of(source, i, due, millis(dueTime)));
            });
            feed.settle();
        }
        return loop.latestMillis();
    }

    /** Events have no finer times. */
    private static Instant millis(Instant time) {
        return Instant.ofEpochMilli(time.toEpochMilli());
    }

    /** The processor time of the product for the probe's searches, in cores, over what it uses when idle. */
    private double costOf(FreshnessProbe probe) throws IOException {
        Usage start = vigie.usage();
        Pause.of(COST_MEASURED);
        Usage idle = vigie.usage();
        probe.lookInVain(COST_MEASURED);
        Usage probing = vigie.usage().since(idle);
        Usage nothing = idle.since(start);
        return Math.max(0, probing.vigie() / probing.seconds() - nothing.vigie() / nothing.seconds());
    }

    private record State(Usage used, Freshness freshness) {
        static State of(Vigie vigie) {
            try {
                return new State(vigie.usage(), Freshness.in(vigie.http().metrics()));
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        State since(State earlier) {
            return new State(used.since(earlier.used), freshness.since(earlier.freshness));
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    }
                },
                work -> Thread.ofPlatform().daemon().start(work));
    }

    private static <T> T join(CompletableFuture<T> future) throws IOException {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw new IOException("a part of the benchmark failed", e.getCause());
        }
    }
}
