package io.vigie.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.understanding.Utterance;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a file: one a line, or JSON Lines with text (and language, channel, preferredChannel). A line that is
 * neither is told on standard error with its number, counted, and left out; blank lines say nothing.
 */
final class UtteranceLines implements Closeable {
    static final String STANDARD_INPUT = "-";

    private final BufferedReader in;
    private final ObjectMapper json = new ObjectMapper();
    private int number;
    private int refused;

    private UtteranceLines(BufferedReader in) {
        this.in = in;
    }

    /** @param file a path, of a compressed file if it ends with .gz, or {@link #STANDARD_INPUT} */
    static UtteranceLines open(String file) throws IOException {
        var in = file.equals(STANDARD_INPUT) ? System.in : unpacked(file);
        return new UtteranceLines(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
    }

    private static InputStream unpacked(String file) throws IOException {
        InputStream in = Files.newInputStream(Path.of(file));
        if (!file.endsWith(".gz")) {
            return in;
        }
        try {
            return new GZIPInputStream(in, 1 << 16);
        } catch (ZipException e) {
            in.close();
            throw new CommandFailedException("cannot read " + file + ": it is not compressed by gzip", e);
        }
    }

    /** The next text, or null when there is none left. */
    @Nullable
    Utterance next() throws IOException {
        String line;
        while ((line = in.readLine()) != null) {
            number++;
            Utterance utterance = line.isBlank() ? null : utterance(line);
            if (utterance != null) {
                return utterance;
            }
        }
        return null;
    }

    /** Whether the next text may be long in coming. */
    boolean pauses() throws IOException {
        return !in.ready();
    }

    /** How many lines were told to be bad. */
    int refused() {
        return refused;
    }

    private @Nullable Utterance utterance(String line) {
        try {
            return line.stripLeading().startsWith("{") ? fromJson(json.readTree(line)) : Utterance.of(line);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            String problem = e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : e.getMessage();
            System.err.println("vigie: line " + number + " is not understood: " + problem);
            refused++;
            return null;
        }
    }

    private static Utterance fromJson(JsonNode node) {
        if (!node.path("text").isTextual()) {
            throw new IllegalArgumentException("it has no field text");
        }
        return new Utterance(
                node.path("text").textValue(),
                optional(node, "language"),
                optional(node, "channel"),
                optional(node, "preferredChannel"));
    }

    private static @Nullable String optional(JsonNode node, String field) {
        return node.path(field).textValue();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
