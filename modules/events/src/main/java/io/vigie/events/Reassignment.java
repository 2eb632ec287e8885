package io.vigie.events;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * The headers of verbatims that are written again under another offer. A request lies in {@link Topics#reassignments()}: key
 * and value are the verbatim's as they are to be, in the partition where it lies in {@link Topics#verbatims()}. It is carried
 * out only while the verbatim there is, but for its offer, still the one of the request.
 */
@NullMarked
public final class Reassignment {
    /** On a request: when the record that is to be replaced was produced, in milliseconds since the epoch, as decimal text. */
    public static final String PRODUCED_AT = "vigie.produced-at";

    /** On a verbatim or tombstone that was not made of an event, but written again: by what, for the stream itself. */
    public static final String WRITTEN_AGAIN = "vigie.written-again";

    private static final int DIGITS_MAX = 15;

    private Reassignment() {}

    /** The headers of a request. */
    public static Headers request(long producedAt) {
        return headers(PRODUCED_AT, Long.toString(producedAt));
    }

    /** When the record was produced that a request is to replace; empty when its headers do not say so. */
    public static OptionalLong producedAt(Headers headers) {
        String text = text(headers.lastHeader(PRODUCED_AT));
        return text.matches("[0-9]{1," + DIGITS_MAX + "}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    /** The headers of a record that is written again. */
    public static Headers writtenAgain(String by) {
        return headers(WRITTEN_AGAIN, by);
    }

    /** By what a record was written again; empty text for any other. */
    public static String writtenAgain(Headers headers) {
        return text(headers.lastHeader(WRITTEN_AGAIN));
    }

    private static Headers headers(String name, String value) {
        var headers = new RecordHeaders();
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private static String text(@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
