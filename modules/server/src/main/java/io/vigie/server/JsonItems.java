package io.vigie.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Takes a body apart into JSON values: one value, an array of them, or one a line. In an array a syntax error spoils all
 * of it, since nothing tells where the next value begins; on lines it spoils its own line only.
 */
final class JsonItems {
    private static final int DEPTH_MAX = 32;
    private static final int NAME_LENGTH_MAX = 1_000;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNameLength(NAME_LENGTH_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final ObjectReader ELEMENT = JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final byte[] body;
    /** Where the text begins: behind a byte order mark. */
    private final int origin;
    /** Where the first value begins. */
    private final int start;

    private final int itemsMax;

    private JsonItems(byte[] body, int itemsMax) {
        this.body = body;
        this.itemsMax = itemsMax;
        this.origin = startsWithMark(body) ? BYTE_ORDER_MARK.length : 0;
        this.start = skipBlank(origin);
    }

    /** Gets every item in the order of the body. */
    interface Sink {
        void value(int index, OptionalInt line, JsonNode json);

        /**
         * Gets an item that is no JSON.
         *
         * @param error names line and column
         */
        void broken(int index, OptionalInt line, String error);
    }

    /**
     * Hands every item of the body to the sink.
     *
     * @param lines whether the sender says that each line is a value; otherwise that is seen from the first line
     * @throws Refusal when nothing can be read or there is more than {@code itemsMax}; the sink has then seen a part
     */
    static void read(byte[] body, boolean lines, int itemsMax, Sink sink) throws Refusal {
        new JsonItems(body, itemsMax).read(lines, sink);
    }

    /** The one value that the body is. */
    static JsonNode single(byte[] body) throws Refusal {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.isMissingNode()) {
                throw new Refusal(Fault.BAD_JSON, "the body is empty");
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new Refusal(Fault.BAD_JSON, syntax(e, OptionalInt.empty()));
        } catch (IOException e) {
            throw new Refusal(Fault.BAD_JSON, "the body is not readable as UTF-8 JSON");
        }
    }

    private void read(boolean lines, Sink sink) throws Refusal {
        if (start == body.length) {
            throw new Refusal(Fault.BAD_JSON, "the body is empty; send one event, an array of them, or one a line");
        }
        if (body[start] == '[') {
            array(sink);
        } else if (lines || firstLineIsAValue()) {
            lines(sink);
        } else {
            sink.value(0, OptionalInt.empty(), single(body));
        }
    }

    private void array(Sink sink) throws Refusal {
        try (JsonParser parser = JSON.createParser(body, start, body.length - start)) {
            parser.nextToken();
            int index = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                requireRoom(index);
                sink.value(index++, OptionalInt.empty(), ELEMENT.readTree(parser));
            }
            if (parser.nextToken() != null) {
                throw new Refusal(Fault.BAD_JSON, "something follows the array");
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(Fault.BAD_JSON, syntax(e, OptionalInt.empty()) + "; nothing of the array was taken");
        } catch (IOException e) {
            throw new Refusal(Fault.BAD_JSON, "the body is not readable as UTF-8 JSON");
        }
    }

    private void lines(Sink sink) throws Refusal {
        int index = 0;
        int number = 1;
        for (int from = origin; from < body.length; number++) {
            int end = lineEnd(from);
            if (!isBlank(from, end)) {
                requireRoom(index);
                line(index++, number, from, end, sink);
            }
            from = end + 1;
        }
    }

    private void line(int index, int number, int from, int end, Sink sink) {
        OptionalInt line = OptionalInt.of(number);
        try {
            sink.value(index, line, JSON.readTree(body, from, end - from));
        } catch (JsonProcessingException e) {
            sink.broken(index, line, syntax(e, line));
        } catch (IOException e) {
            sink.broken(index, line, "line " + number + " is not readable as UTF-8 JSON");
        }
    }

    private void requireRoom(int index) throws Refusal {
        if (index >= itemsMax) {
            throw new Refusal(
                    Fault.TOO_LARGE, "more than " + itemsMax + " events in one request; nothing was taken, send fewer");
        }
    }

    /** One value on the first line and something after it: what one object written over several lines never is. */
    private boolean firstLineIsAValue() {
        int end = lineEnd(start);
        if (isBlank(end, body.length)) {
            return false;
        }
        try {
            return JSON.readTree(body, start, end - start).isContainerNode();
        } catch (IOException e) {
            return false;
        }
    }

    /** Jackson's own words without its hints for programmers, and where it stumbled. */
    private static String syntax(JsonProcessingException e, OptionalInt line) {
        var where = e.getLocation();
        int number = line.isPresent() ? line.getAsInt() : where == null ? 1 : where.getLineNr();
        int column = where == null ? 1 : where.getColumnNr();
        return "line " + number + ", column " + column + ": not JSON: " + words(e.getOriginalMessage());
    }

    private static String words(@Nullable String message) {
        String text =
                message == null ? "unreadable" : message.lines().findFirst().orElse("unreadable");
        int hint = text.indexOf(" (for ");
        String plain = hint > 0 ? text.substring(0, hint) : text;
        return plain.length() > 200 ? plain.substring(0, 200) + "…" : plain;
    }

    private static boolean startsWithMark(byte[] body) {
        return body.length >= BYTE_ORDER_MARK.length
                && body[0] == BYTE_ORDER_MARK[0]
                && body[1] == BYTE_ORDER_MARK[1]
                && body[2] == BYTE_ORDER_MARK[2];
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private int skipBlank(int from) {
        int at = from;
        while (at < body.length && isBlank(body[at])) {
            at++;
        }
        return at;
    }

    private boolean isBlank(int from, int end) {
        for (int i = from; i < end; i++) {
            if (!isBlank(body[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
