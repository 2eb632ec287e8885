package io.vigie.server;

import io.vigie.events.CallEvent;
import io.vigie.events.EventRules;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.io.IOException;
import java.time.Duration;

/** {@code POST /api/v1/events/...}: the door for contact-center systems that do not speak Kafka. */
final class EventsEndpoint {
    /** Memory is admitted in pieces of this size, so that the count of permits stays an int. */
    private static final int PIECE_BYTES = 1024;

    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final Admission memory;
    private final EventDoor<TicketEvent> tickets;
    private final EventDoor<CallEvent> calls;
    private final EventDoor<SurveyEvent> surveys;

    EventsEndpoint(
            ServerSettings settings, EventSink sink, EventRules rules, ReadYourWrites writes, ServerMetrics metrics) {
        this.settings = settings;
        this.memory = new Admission(pieces(settings.bodyBytesAtOnceMax()), WAIT_MAX);
        Duration wait = settings.acknowledgeMax();
        this.tickets = new EventDoor<>(
                new AvroJson<>(TicketEvent.class), rules::check, sink::send, metrics.received("ticket"), writes, wait);
        this.calls = new EventDoor<>(
                new AvroJson<>(CallEvent.class), rules::check, sink::send, metrics.received("call"), writes, wait);
        this.surveys = new EventDoor<>(
                new AvroJson<>(SurveyEvent.class), rules::check, sink::send, metrics.received("survey"), writes, wait);
    }

    Document tickets(Upload upload) throws Refusal, IOException {
        return take(upload, tickets);
    }

    Document calls(Upload upload) throws Refusal, IOException {
        return take(upload, calls);
    }

    Document surveys(Upload upload) throws Refusal, IOException {
        return take(upload, surveys);
    }

    private Document take(Upload upload, EventDoor<?> door) throws Refusal, IOException {
        upload.requireJson(true);
        upload.requireKnownEncoding();
        var permit = memory.enter(pieces(upload.weight(settings.bodyBytesMax())));
        if (permit.isEmpty()) {
            throw new Refusal(Problem.of(Fault.BUSY, "too many events are being taken in; send these again in a second")
                    .retryAfter(1));
        }
        try (var _ = permit.get()) {
            byte[] body = upload.read(settings.bodyBytesMax());
            return door.take(body, upload.isLines(), settings.eventsPerRequestMax());
        }
    }

    private static int pieces(int bytes) {
        return Math.ceilDiv(bytes, PIECE_BYTES);
    }
}
