package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lines of one kind of event on their way to a running Vigie. */
final class EventBatch {
    private static final int LINES_MAX = 500;
    private static final int BYTES_MAX = 4 * 1024 * 1024;
    private static final int TRIES_MAX = 6;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Kind kind;
    private final VigieClient client;
    private final Refusals refusals;
    private final List<Long> numbers = new ArrayList<>();
    private final StringBuilder lines = new StringBuilder();
    private long accepted;

    EventBatch(Kind kind, VigieClient client, Refusals refusals) {
        this.kind = kind;
        this.client = client;
        this.refusals = refusals;
    }

    /** Told of each line that was refused. */
    interface Refusals {
        void refuse(long line, String why);
    }

    /** The kinds of events, known by the field that only they have. */
    enum Kind {
        TICKETS("tickets", "ticketId"),
        CALLS("calls", "callId"),
        SURVEYS("surveys", "responseId");

        private final String path;
        private final String field;

        Kind(String path, String field) {
            this.path = path;
            this.field = field;
        }

        static Optional<Kind> of(JsonNode event) {
            return Arrays.stream(values()).filter(kind -> event.has(kind.field)).findFirst();
        }
    }

    void add(long number, String line) {
        numbers.add(number);
        lines.append(line).append('\n');
        if (numbers.size() >= LINES_MAX || lines.length() >= BYTES_MAX) {
            send();
        }
    }

    /** Sends what is waiting; a batch that is sent twice changes nothing, so a lost answer is no harm. */
    void send() {
        if (numbers.isEmpty()) {
            return;
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
        var answer = client.postLines("/api/v1/events/" + kind.path, body);
        for (int tries = 1; busy(answer.status()) && tries < TRIES_MAX; tries++) {
            pause();
            answer = client.postLines("/api/v1/events/" + kind.path, body);
        }
        if (!answer.body().has("accepted")) {
            throw new CommandFailedException("lines " + numbers.getFirst() + " to " + numbers.getLast()
                    + " were not accepted: " + answer.detail() + "; import the file again, nothing is doubled");
        }
        accepted += answer.body().path("accepted").asLong();
        for (JsonNode item : answer.body().path("rejected")) {
            refusals.refuse(
                    numbers.get(item.path("index").asInt()), item.path("error").asText());
        }
        numbers.clear();
        lines.setLength(0);
    }

    long accepted() {
        return accepted;
    }

    private static boolean busy(int status) {
        return status == 429 || status == 503;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted", e);
        }
    }
}
