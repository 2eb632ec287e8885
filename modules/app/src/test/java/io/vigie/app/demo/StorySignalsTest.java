package io.vigie.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Signal;
import io.vigie.topology.signals.Mention;
import io.vigie.topology.signals.SignalDetector;
import io.vigie.topology.signals.SignalMemory;
import io.vigie.topology.signals.SignalSettings;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The story told at once, as {@code vigie demo} does: what is older than two days is history to whoever listens for signals. */
final class StorySignalsTest {
    private static final long SEED = 1;
    private static final int STATE_MAX = 1_000_000;
    private static final DemoStory STORY = DemoStory.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-20T16:30:00Z",
                "2026-11-21T06:05:00Z",
                "2026-11-22T12:00:00Z",
                "2026-11-23T22:30:00Z",
                "2027-02-02T09:00:00Z"
            })
    void theWeakSignalOfTheStoryIsRaised(Instant now) {
        var told = STORY.past(SEED, now).toList();

        var signals = signals(told, now);

        var weak = new HashSet<String>();
        told.stream()
                .filter(event -> Told.of(event).scene().equals("box-chauffe"))
                .forEach(event -> weak.add(event.eventId()));
        assertThat(signals).anySatisfy(signal -> assertThat(weak).containsAll(signal.getVerbatimIds()));
    }

    /** By their words alone: which themes the story has is not known here. */
    private static List<Signal> signals(List<DemoEvent> told, Instant now) {
        Map<String, String> offers = offers();
        var detector = new SignalDetector(SignalSettings.standard(Narrator.ZONE), new SignalMemory(STATE_MAX));
        return told.stream()
                .filter(event -> !Told.of(event).customerText().isEmpty())
                .flatMap(event -> detector.hear(mention(event, offers, now)).stream())
                .toList();
    }

    private static Map<String, String> offers() {
        var offers = new HashMap<String, String>();
        for (var offer : STORY.offers()) {
            offers.put(offer.getOfferId(), offer.getOfferId());
            offers.put(offer.getName(), offer.getOfferId());
            offer.getAliases().forEach(alias -> offers.put(alias, offer.getOfferId()));
        }
        return offers;
    }

    private static Mention mention(DemoEvent event, Map<String, String> offers, Instant now) {
        Told told = Told.of(event);
        return new Mention(
                event.eventId(),
                told.offer().map(offers::get).orElse("unassigned"),
                event.occurredAt(),
                now,
                customer(event).hashCode(),
                List.of(),
                "",
                "",
                told.customerText(),
                !event.occurredAt().isBefore(now.minus(Mention.LATE_MAX)));
    }

    private static String customer(DemoEvent event) {
        return switch (event) {
            case DemoEvent.Ticket(var ticket) -> ticket.getCustomerId().orElse(event.eventId());
            case DemoEvent.Call(var call) -> call.getCustomerId().orElse(event.eventId());
            case DemoEvent.Survey(var survey) -> survey.getCustomerId().orElse(event.eventId());
        };
    }
}
