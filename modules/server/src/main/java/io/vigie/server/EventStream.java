package io.vigie.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Server-sent events to one client, in the format that browsers read (HTML standard, 9.2). One thread writes it, no faster
 * than the client reads.
 */
final class EventStream {
    private final OutputStream out;
    private final Runnable cut;

    /** @param cut breaks the connection off */
    EventStream(OutputStream out, Runnable cut) {
        this.out = out;
        this.cut = cut;
    }

    /**
     * One event.
     *
     * @param id what a client shows when it comes again, to be sent what followed; one line
     * @param type what a client listens for; one line
     * @param data may have several lines
     */
    record Event(String id, String type, String data) {}

    /**
     * Begins the stream.
     *
     * @param id a client that has had no event yet shows this one
     * @param retryMillis how long a client waits before it comes again
     */
    void begin(String id, long retryMillis) throws IOException {
        write("retry: " + retryMillis + "\nid: " + id + "\n\n");
        out.flush();
    }

    /** All of them in one go. */
    void send(List<Event> events) throws IOException {
        for (Event event : events) {
            write(text(event));
        }
        out.flush();
    }

    /** Shows both ends and whatever is between them that the stream lives; clients keep the id and see nothing. */
    void beat(String id) throws IOException {
        write(": alive\nid: " + id + "\n\n");
        out.flush();
    }

    /** Breaks off what is being written to a client that does not read; any thread. */
    void cut() {
        cut.run();
    }

    private static String text(Event event) {
        var text = new StringBuilder(event.data().length() + 100);
        text.append("id: ").append(event.id()).append("\nevent: ").append(event.type());
        event.data().lines().forEach(line -> text.append("\ndata: ").append(line));
        return text.append("\n\n").toString();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
