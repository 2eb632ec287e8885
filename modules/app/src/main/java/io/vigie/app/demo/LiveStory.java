package io.vigie.app.demo;

import io.vigie.events.Author;
import io.vigie.events.TicketEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.function.Supplier;

/** The story going on: belongs to one thread. */
final class LiveStory implements Supplier<DemoEvent> {
    /** How many other events come between a ticket and its answer, and between that and what its customer makes of it. */
    private static final int COMMENT_AFTER = 5;

    /** A ticket that an agent, or its customer, comments on once {@code told} events have been told. */
    private record Due(long told, TicketEvent ticket, Words.Written words, Author author) {}

    private final List<Scene> scenes;
    private final Narrator narrator;
    private final InstantSource clock;
    private final Random random;
    private final String prefix;
    private final double means;
    private final Map<String, Queue<Words>> untold = new HashMap<>();
    private final Queue<Due> comments = new ArrayDeque<>();
    private long told;

    LiveStory(List<Scene> scenes, Narrator narrator, long seed, InstantSource clock) {
        this.scenes = scenes;
        this.narrator = narrator;
        this.clock = clock;
        var start = clock.millis();
        random = new Random(seed ^ start);
        prefix = "live-" + Long.toHexString(seed) + "-" + start + "-";
        means = scenes.stream().mapToDouble(scene -> scene.mean(0)).sum();
    }

    @Override
    public DemoEvent get() {
        var eventId = prefix + told++;
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var due = comments.peek();
        if (due != null && due.told() <= told) {
            comments.remove();
            return comment(due, eventId, now);
        }
        return next(eventId, now);
    }

    private DemoEvent comment(Due due, String eventId, Instant now) {
        var words = due.words();
        if (due.author() == Author.CUSTOMER) {
            return narrator.again(due.ticket(), words.again().orElseThrow(), eventId, now);
        }
        if (words.again().isPresent()) {
            comments.add(new Due(told + COMMENT_AFTER, due.ticket(), words, Author.CUSTOMER));
        }
        return narrator.reply(due.ticket(), words.reply().orElseThrow(), eventId, now, random);
    }

    private DemoEvent next(String eventId, Instant now) {
        var scene = scene();
        var words = words(scene);
        var event = narrator.tell(scene, words, eventId, now, random);
        if (words instanceof Words.Written written && event instanceof DemoEvent.Ticket(var ticket)) {
            written.reply().ifPresent(_ -> comments.add(new Due(told + COMMENT_AFTER, ticket, written, Author.AGENT)));
        }
        return event;
    }

    private Scene scene() {
        var left = random.nextDouble() * means;
        for (var scene : scenes) {
            left -= scene.mean(0);
            if (left < 0) {
                return scene;
            }
        }
        return scenes.getFirst();
    }

    private Words words(Scene scene) {
        var texts = untold.computeIfAbsent(scene.id(), _ -> new ArrayDeque<>());
        if (texts.isEmpty()) {
            texts.addAll(DemoStory.shuffled(scene.texts(0), random));
        }
        return texts.remove();
    }
}
