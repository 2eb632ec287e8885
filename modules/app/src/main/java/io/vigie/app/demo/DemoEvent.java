package io.vigie.app.demo;

import io.vigie.events.CallEvent;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.time.Instant;

/** One event of the story, of any of the three kinds. */
public sealed interface DemoEvent {
    /** Unique in the story: see {@link DemoStory} for how it is built. */
    String eventId();

    /** Event time, whole milliseconds. */
    Instant occurredAt();

    /** A ticket that a customer wrote, or an agent's reply to it. */
    record Ticket(TicketEvent event) implements DemoEvent {
        @Override
        public String eventId() {
            return event.getEventId();
        }

        @Override
        public Instant occurredAt() {
            return event.getOccurredAt();
        }
    }

    /** A call with its transcript. */
    record Call(CallEvent event) implements DemoEvent {
        @Override
        public String eventId() {
            return event.getEventId();
        }

        @Override
        public Instant occurredAt() {
            return event.getOccurredAt();
        }
    }

    /** A response to a survey. */
    record Survey(SurveyEvent event) implements DemoEvent {
        @Override
        public String eventId() {
            return event.getEventId();
        }

        @Override
        public Instant occurredAt() {
            return event.getOccurredAt();
        }
    }
}
