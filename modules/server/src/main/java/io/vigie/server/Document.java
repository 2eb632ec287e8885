package io.vigie.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What the server answers with: a status and bytes of some media type. */
final class Document {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final Document SENT = new Document(200, "", new byte[0]);

    private final int status;
    private final String mediaType;
    private final byte[] body;
    private final Optional<Long> count;

    private Document(int status, String mediaType, byte[] body) {
        this(status, mediaType, body, Optional.empty());
    }

    private Document(int status, String mediaType, byte[] body, Optional<Long> count) {
        this.count = count;
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
    }

    /** Writes JSON. */
    interface Content {
        void write(JsonGenerator out) throws IOException;
    }

    static Document json(Content content) {
        return json(200, content);
    }

    static Document json(int status, Content content) {
        return json(status, "application/json", content);
    }

    static Document json(int status, String mediaType, Content content) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            content.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return new Document(status, mediaType, bytes.toByteArray());
    }

    /** JSON on one line. */
    static String compact(Content content) {
        return new String(json(content).body(), StandardCharsets.UTF_8);
    }

    static Document text(String mediaType, String text) {
        return new Document(200, mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Document html(int status, String html) {
        return new Document(status, "text/html;charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes that are not to be changed. */
    static Document of(String mediaType, byte[] bytes) {
        return new Document(200, mediaType, bytes);
    }

    /** Stands for a response that its endpoint has written by itself. */
    static Document sent() {
        return SENT;
    }

    boolean isSent() {
        return this == SENT;
    }

    /** The same, with how many verbatims it is about, for the journal. */
    Document counting(Optional<Long> verbatims) {
        return new Document(status, mediaType, body, verbatims);
    }

    Optional<Long> count() {
        return count;
    }

    static Document empty() {
        return new Document(204, "", new byte[0]);
    }

    /** A file on the class path beside this class; it must be there. */
    static Document resource(String name, String mediaType) {
        try (InputStream in = Document.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            return new Document(200, mediaType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }

    /** Times go out as ISO 8601 in UTC. */
    static void time(JsonGenerator out, String field, Instant time) throws IOException {
        out.writeStringField(field, time.toString());
    }

    int status() {
        return status;
    }

    String mediaType() {
        return mediaType;
    }

    /** Not to be changed. */
    byte[] body() {
        return body;
    }
}
