package io.vigie.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Listens to a stream of events as a browser does. */
final class EventClient implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final Message END = new Message("", "end", "");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> response;

    /** A comment and a bare id have empty data; a comment's type is {@code comment}. */
    record Message(String id, String type, String data) {}

    EventClient(URI address, Optional<String> lastEventId) {
        var request = HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        try {
            response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Thread.ofVirtual().start(this::read);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The next message of any kind. */
    Message message() {
        try {
            var message = messages.poll(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            if (message == null) {
                throw new AssertionError("no message within " + WAIT_MAX);
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** The next one with data. */
    Message event() {
        var message = message();
        while (message.data().isEmpty()) {
            if (message.equals(END)) {
                throw new AssertionError("the stream has ended");
            }
            message = message();
        }
        return message;
    }

    List<Message> events(int count) {
        var events = new ArrayList<Message>();
        while (events.size() < count) {
            events.add(event());
        }
        return events;
    }

    /** Reads on until the server ends the stream in order. */
    void awaitEnd() {
        var message = message();
        while (!message.equals(END)) {
            message = message();
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "message";
            var data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    messages.add(new Message(id, type, data.toString()));
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    type = "comment";
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("data: ")) {
                    data.append(data.isEmpty() ? "" : "\n").append(line, "data: ".length(), line.length());
                }
            }
            messages.add(END);
        } catch (IOException e) {
            messages.add(new Message("", "broken", ""));
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot leave", e);
        }
    }
}
