package io.vigie.events;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;

/**
 * Tells a record of {@code voc.verbatims} that the stream has written anew, by a {@link Revision} or in order to put right
 * what one has overtaken, from one that says what a customer has just said. Its value tells the writings apart.
 */
@NullMarked
public final class RevisionHeader {
    public static final String NAME = "vigie.revision";

    private RevisionHeader() {}

    /** The headers of a record that is written anew. */
    public static Headers of(String writing) {
        return new RecordHeaders().add(NAME, writing.getBytes(StandardCharsets.UTF_8));
    }

    /** Which writing a record is; empty for one that is new. */
    public static Optional<String> in(Headers headers) {
        var header = headers.lastHeader(NAME);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Whether a record is written anew. */
    public static boolean on(Headers headers) {
        return headers.lastHeader(NAME) != null;
    }
}
