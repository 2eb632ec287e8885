package io.vigie.app.demo;

import io.vigie.events.Offer;
import io.vigie.events.TicketEvent;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Eight weeks of an operator's customers, up to now and on: the same seed and days always tell the same story.
 *
 * <p>An event of the past has the id {@code demo-<seed>-<yyyymmdd>-<number>}, so that telling a day again gives the
 * same ids. A program that keeps its data between two runs must also keep the story's last day ({@link #past(long,
 * LocalDate, Instant)}): otherwise the outage moves on with the calendar and happens twice. Live events have the id
 * {@code live-<seed>-<start in milliseconds>-<number>}.
 *
 * <p>Immutable; the suppliers of {@link #live} are not, each belongs to one thread.
 */
public final class DemoStory {
    /** How many days the past has, the last one included. */
    public static final int DAYS = 56;
    /** How many days past its last one a story can be told on. */
    public static final int DAYS_AFTER_MAX = 366;

    /** Customers write from 7:00 to 22:00, most of them around 14:30. */
    private static final double WAKING_MILLIS = 15 * 3_600_000.0;

    /** The last who writes, at 22:00, is answered and writes again on the same day. */
    private static final int COMMENT_MILLIS_MAX = 3_600_000;

    private static final long DAY_MIX = 0x9E3779B97F4A7C15L;

    private final List<Offer> offers;
    private final List<Scene> scenes;
    private final Narrator narrator;

    private DemoStory(List<Offer> offers, List<Scene> scenes, Narrator narrator) {
        this.offers = offers;
        this.scenes = scenes;
        this.narrator = narrator;
    }

    /** Reads the story from the program's resources. */
    public static DemoStory load() {
        var offers = StoryReader.offers();
        var narrator = new Narrator(offers, StoryReader.cast(), StoryReader.asides());
        return new DemoStory(offers, StoryReader.scenes(), narrator);
    }

    /** What to print once the story can be searched at {@code url}: where to look and what to try, in French. */
    public static String tour(String url) {
        return StoryReader.tour().replace("${url}", url);
    }

    /** The catalogue, to be published before the events. */
    public List<Offer> offers() {
        return offers;
    }

    /** The story whose last day is today: about 4,000 events in order of event time, none after {@code now}. */
    public Stream<DemoEvent> past(long seed, Instant now) {
        return past(seed, now.atZone(Narrator.ZONE).toLocalDate(), now);
    }

    /**
     * The story whose last day is {@code lastDay}, told up to {@code now}: days after the last one are like it, at most
     * {@value #DAYS_AFTER_MAX} of them.
     */
    public Stream<DemoEvent> past(long seed, LocalDate lastDay, Instant now) {
        var today = now.atZone(Narrator.ZONE).toLocalDate();
        var last = Math.min(ChronoUnit.DAYS.between(lastDay, today), DAYS_AFTER_MAX);
        return LongStream.rangeClosed(1 - DAYS, last)
                .mapToObj(day -> day(seed, lastDay.plusDays(day), (int) day).stream())
                .flatMap(events -> events)
                .filter(event -> !event.occurredAt().isAfter(now));
    }

    /**
     * Goes on for ever: every call gives one more event, which happens at that moment by {@code clock}. The caller sets
     * the pace. The mix is that of the story's last day.
     */
    public Supplier<DemoEvent> live(long seed, InstantSource clock) {
        return new LiveStory(scenes, narrator, seed, clock);
    }

    /** A scene's texts in an order of their own, to be told in turn so that none comes back before all have come. */
    static List<Words> shuffled(List<Words> texts, Random random) {
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private List<DemoEvent> day(long seed, LocalDate date, int day) {
        var random = new Random((seed * 31 + date.toEpochDay()) * DAY_MIX);
        var prefix = "demo-" + Long.toHexString(seed) + "-" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + "-";
        var events = new ArrayList<DemoEvent>();
        // Not counted in ids, and with a chance of their own: a day that was told without them only gets longer.
        var comebacks = new ArrayList<DemoEvent>();
        for (var scene : scenes) {
            var count = count(scene, date, day, random);
            var texts = shuffled(scene.texts(day), random);
            for (var i = 0; i < count; i++) {
                var eventId = prefix + String.format("%04d", events.size());
                var words = texts.get(i % texts.size());
                var event = narrator.tell(scene, words, eventId, momentOf(date, random), random);
                events.add(event);
                if (words instanceof Words.Written written && event instanceof DemoEvent.Ticket(var ticket)) {
                    var later = ticket.getOccurredAt().plusMillis(1 + random.nextInt(COMMENT_MILLIS_MAX));
                    written.reply()
                            .ifPresent(text -> events.add(narrator.reply(ticket, text, eventId + "-r", later, random)));
                    written.again().ifPresent(text -> comebacks.add(again(ticket, text, later)));
                }
            }
        }
        events.addAll(comebacks);
        events.sort(Comparator.comparing(DemoEvent::occurredAt).thenComparing(DemoEvent::eventId));
        return events;
    }

    private DemoEvent again(TicketEvent ticket, String text, Instant replied) {
        var eventId = ticket.getEventId() + "-a";
        var later = replied.plusMillis(1 + new Random(eventId.hashCode()).nextInt(COMMENT_MILLIS_MAX));
        return narrator.again(ticket, text, eventId, later);
    }

    private static int count(Scene scene, LocalDate date, int day, Random random) {
        return (int) (scene.mean(day) * (scene.everyDay() ? 1 : share(date.getDayOfWeek())) + random.nextDouble());
    }

    private static double share(DayOfWeek day) {
        return switch (day) {
            case MONDAY -> 1.2;
            case TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> 1;
            case SATURDAY -> 0.6;
            case SUNDAY -> 0.4;
        };
    }

    private static Instant momentOf(LocalDate date, Random random) {
        var share = (random.nextDouble() + random.nextDouble()) / 2;
        return date.atTime(7, 0).atZone(Narrator.ZONE).toInstant().plusMillis((long) (share * WAKING_MILLIS));
    }
}
