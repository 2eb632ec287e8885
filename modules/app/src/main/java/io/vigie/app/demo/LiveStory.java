package io.vigie.app.demo;

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
    /** How many other events come between a ticket and its answer. */
    private static final int ANSWER_AFTER = 5;

    /** A ticket whose answer is due once {@code told} events have been told. */
    private record Due(long told, TicketEvent ticket, String text) {}

    private final List<Scene> scenes;
    private final Narrator narrator;
    private final InstantSource clock;
    private final Random random;
    private final String prefix;
    private final double means;
    private final Map<String, Queue<Words>> untold = new HashMap<>();
    private final Queue<Due> answers = new ArrayDeque<>();
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
        var due = answers.peek();
        if (due != null && due.told() <= told) {
            answers.remove();
            return narrator.reply(due.ticket(), due.text(), eventId, now, random);
        }
        return next(eventId, now);
    }

    private DemoEvent next(String eventId, Instant now) {
        var scene = scene();
        var words = words(scene);
        var event = narrator.tell(scene, words, eventId, now, random);
        if (words instanceof Words.Written written && event instanceof DemoEvent.Ticket(var ticket)) {
            written.reply().ifPresent(text -> answers.add(new Due(told + ANSWER_AFTER, ticket, text)));
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
