package io.vigie.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** How many events a second go in, until the last of them is searchable. */
final class Throughput {
    private static final int LINES_PER_POST = 500;
    private static final int POSTS_AT_ONCE = 4;
    /** As an import of past events: dated evenly over a month. */
    private static final Duration DATED_OVER = Duration.ofDays(30);

    private static final Duration COUNT_EVERY = Duration.ofMillis(200);
    private static final Duration ALL_MAX = Duration.ofMinutes(5);

    private final Vigie vigie;

    Throughput(Vigie vigie) {
        this.vigie = vigie;
    }

    /** How events are put in; returns when all are acknowledged. */
    private interface Door {
        void take() throws IOException;
    }

    /** Lines of JSON, several requests at once, as many lines in each as {@code vigie import} sends. */
    Figures overHttp(String run, long seed, int count) throws IOException {
        List<Post> posts = posts(events(run, seed, count));
        return measure("http", count, () -> post(posts));
    }

    /** Avro through the event producer. */
    Figures overKafka(String run, long seed, int count) throws IOException {
        List<Event> events = events(run, seed, count);
        try (var feed = new Feed(vigie)) {
            return measure("kafka", count, () -> {
                events.forEach(feed::send);
                feed.settle();
            });
        }
    }

    private Figures measure(String phase, int count, Door door) throws IOException {
        double load = Usage.loadAverage();
        long before = vigie.http().verbatims();
        Usage start = vigie.usage();
        door.take();
        double acknowledged = vigie.usage().since(start).seconds();
        awaitVerbatims(before + count);
        Usage used = vigie.usage().since(start);
        return new Figures(phase)
                .add("events", count)
                .add("events_per_s", count / used.seconds())
                .add("acknowledged_per_s", count / acknowledged)
                .add("seconds", used.seconds())
                .add(used, count)
                .add(vigie.memory())
                .add("verbatims_in_index", before + count)
                .add("load_before", load)
                .add("load_after", Usage.loadAverage());
    }

    private void awaitVerbatims(long wanted) throws IOException {
        long deadline = System.nanoTime() + ALL_MAX.toNanos();
        long found = vigie.http().verbatims();
        while (found < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IOException("only " + found + " of " + wanted + " verbatims are searchable after " + ALL_MAX);
            }
            Pause.of(COUNT_EVERY);
            found = vigie.http().verbatims();
        }
    }

    private static List<Event> events(String run, long seed, int count) {
        var source = new Events(run, seed);
        Instant first = Instant.now().minus(DATED_OVER);
        var events = new ArrayList<Event>(count);
        for (int i = 0; i < count; i++) {
            events.add(source.next(first.plusMillis(DATED_OVER.toMillis() * i / count)));
        }
        return events;
    }

    private record Post(String path, String lines) {}

    private static List<Post> posts(List<Event> events) {
        Map<String, List<Event>> waiting = new HashMap<>();
        var posts = new ArrayList<Post>();
        for (Event event : events) {
            var sameKind = waiting.computeIfAbsent(event.path(), _ -> new ArrayList<>());
            sameKind.add(event);
            if (sameKind.size() == LINES_PER_POST) {
                posts.add(post(event.path(), sameKind));
                sameKind.clear();
            }
        }
        waiting.values().removeIf(List::isEmpty);
        waiting.forEach((path, rest) -> posts.add(post(path, rest)));
        return posts;
    }

    private static Post post(String path, List<Event> events) {
        return new Post(path, events.stream().map(Event::json).collect(Collectors.joining()));
    }

    private void post(List<Post> posts) throws IOException {
        try (var threads = Executors.newFixedThreadPool(POSTS_AT_ONCE)) {
            var answers = new ArrayList<Future<?>>();
            for (Post post : posts) {
                answers.add(threads.submit(() -> {
                    vigie.http().postEvents(post.path(), post.lines());
                    return null;
                }));
            }
            for (Future<?> answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a request failed", e);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
