package io.vigie.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.CallEvent;
import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventsTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    @Test
    void theSameSeedGivesTheSameEvents() {
        assertThat(events(7, 200)).isEqualTo(events(7, 200)).isNotEqualTo(events(8, 200));
    }

    @Test
    void everyEventKeepsTheRules() {
        var rules = new EventRules(InstantSource.fixed(NOW));

        var verdicts = events(1, 2_000).stream().map(event -> switch (event.event()) {
            case TicketEvent ticket -> rules.check(ticket);
            case CallEvent call -> rules.check(call);
            default -> rules.check((SurveyEvent) event.event());
        });

        assertThat(verdicts).containsOnly(new Checked.Valid());
    }

    @Test
    void eachLineIsOneJsonObjectOfItsKind() throws Exception {
        var json = new ObjectMapper();
        var paths = new HashSet<String>();

        for (Event event : events(1, 100)) {
            paths.add(event.path());
            assertThat(event.json()).endsWith("}\n");
            assertThat(json.readTree(event.json()).path("occurredAt").asLong()).isEqualTo(NOW.toEpochMilli());
        }

        assertThat(paths).containsExactlyInAnyOrder("tickets", "calls", "surveys");
    }

    private static List<Event> events(long seed, int count) {
        var source = new Events("test-", seed);
        return Stream.generate(() -> source.next(NOW)).limit(count).toList();
    }
}
