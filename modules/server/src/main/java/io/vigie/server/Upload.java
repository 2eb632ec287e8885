package io.vigie.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request as it comes in.
 *
 * @param contentLength -1 when the client did not say
 */
record Upload(@Nullable String contentType, @Nullable String contentEncoding, long contentLength, InputStream content) {
    private static final Set<String> JSON = Set.of("application/json");
    private static final Set<String> LINES =
            Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines");

    /** Past the largest mistake that is likely; who sends more sees the connection end. */
    private static final long DROPPED_BYTES_MAX = 256L * 1024 * 1024;

    /** How many bytes reading this can take at most. */
    int weight(int bytesMax) {
        boolean known = contentLength >= 0 && !isGzip();
        return known ? (int) Math.min(contentLength, bytesMax) : bytesMax;
    }

    /** Refuses what is neither JSON nor, where lines are taken, newline-delimited JSON. */
    void requireJson(boolean linesToo) throws Refusal {
        String mediaType = mediaType();
        if (!JSON.contains(mediaType) && !(linesToo && LINES.contains(mediaType))) {
            throw new Refusal(
                    Fault.BAD_MEDIA_TYPE,
                    "send Content-Type: application/json" + (linesToo ? " or application/x-ndjson" : "")
                            + (mediaType.isEmpty() ? "; there is none" : "; this is " + mediaType));
        }
        Optional<String> charset = charset();
        if (charset.isPresent() && !charset.get().equals("utf-8")) {
            throw new Refusal(Fault.BAD_MEDIA_TYPE, "send UTF-8; the charset is said to be " + charset.get());
        }
    }

    /** Refuses every compression but gzip. */
    void requireKnownEncoding() throws Refusal {
        boolean plain = contentEncoding == null || contentEncoding.strip().equalsIgnoreCase("identity");
        if (!plain && !isGzip()) {
            throw new Refusal(Fault.BAD_MEDIA_TYPE, "send the body plain or with Content-Encoding: gzip");
        }
    }

    /** Whether the sender says that each line is a value of its own. */
    boolean isLines() {
        return LINES.contains(mediaType());
    }

    /** The whole body, decompressed; refused beyond {@code bytesMax}, of which no more is ever held. */
    byte[] read(int bytesMax) throws Refusal, IOException {
        byte[] sent = contentLength > bytesMax ? new byte[0] : content.readNBytes(bytesMax + 1);
        if (contentLength > bytesMax || sent.length > bytesMax) {
            drop();
            throw tooLarge(bytesMax);
        }
        return isGzip() ? decompressed(sent, bytesMax) : sent;
    }

    /**
     * Reads on without keeping anything. Many clients listen only when they have sent all, and would otherwise see a
     * broken connection where the reason should be.
     */
    private void drop() throws IOException {
        byte[] piece = new byte[64 * 1024];
        int read = 0;
        for (long dropped = 0; read >= 0 && dropped < DROPPED_BYTES_MAX; dropped += read) {
            read = content.read(piece);
        }
    }

    private static byte[] decompressed(byte[] compressed, int bytesMax) throws Refusal {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            byte[] plain = in.readNBytes(bytesMax + 1);
            if (plain.length > bytesMax) {
                throw tooLarge(bytesMax);
            }
            return plain;
        } catch (ZipException e) {
            throw new Refusal(Fault.BAD_REQUEST, "the body is said to be gzip and is not: " + e.getMessage());
        } catch (IOException e) {
            throw new Refusal(Fault.BAD_REQUEST, "the gzip body ends too early");
        }
    }

    private static Refusal tooLarge(int bytesMax) {
        return new Refusal(
                Fault.TOO_LARGE,
                "the body has more than " + bytesMax + " bytes, decompressed; send it in several requests");
    }

    private boolean isGzip() {
        return contentEncoding != null && contentEncoding.strip().equalsIgnoreCase("gzip");
    }

    private String mediaType() {
        return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private Optional<String> charset() {
        if (contentType == null) {
            return Optional.empty();
        }
        return Arrays.stream(contentType.toLowerCase(Locale.ROOT).split(";", -1))
                .map(String::strip)
                .filter(parameter -> parameter.startsWith("charset="))
                .map(parameter -> parameter.substring("charset=".length()).replace("\"", ""))
                .map(charset -> charset.equals("utf8") ? "utf-8" : charset)
                .findFirst();
    }
}
