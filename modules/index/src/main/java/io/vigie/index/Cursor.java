package io.vigie.index;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.lucene.util.BytesRef;

/**
 * Where a page ended: the values that its last hit was sorted by, and the state of the index it was taken from. By
 * newest it also works where that state is not kept, on another replica or after a restart, because these values do not
 * change; scores change with the index. A search that changed in between makes it invalid.
 *
 * @param search fingerprint of all that must be the same from page to page
 * @param snapshot names the state, see {@link Snapshots}
 */
record Cursor(int search, long snapshot, float score, long occurredAt, BytesRef id) {
    private static final byte VERSION = 2;
    private static final int FIXED_BYTES = 1 + Integer.BYTES + Long.BYTES + Float.BYTES + Long.BYTES;
    /** Base64 of the longest id, with room; anything longer is not ours. */
    private static final int LENGTH_MAX = 2 * VerbatimDocument.KEYWORD_BYTES_MAX;

    /** The cursor of a text given out by {@link #encode}, empty for any other text. */
    static Optional<Cursor> decode(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            var in = ByteBuffer.wrap(bytes);
            if (in.getInt() != checksum(bytes, Integer.BYTES) || in.get() != VERSION) {
                return Optional.empty();
            }
            int search = in.getInt();
            long snapshot = in.getLong();
            float score = in.getFloat();
            long occurredAt = in.getLong();
            return Optional.of(new Cursor(
                    search,
                    snapshot,
                    score,
                    occurredAt,
                    new BytesRef(Arrays.copyOfRange(bytes, in.position(), bytes.length))));
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    String encode() {
        var out = ByteBuffer.allocate(Integer.BYTES + FIXED_BYTES + id.length);
        out.putInt(0)
                .put(VERSION)
                .putInt(search)
                .putLong(snapshot)
                .putFloat(score)
                .putLong(occurredAt);
        out.put(id.bytes, id.offset, id.length);
        out.putInt(0, checksum(out.array(), Integer.BYTES));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.array());
    }

    /** Of everything that decides which hits there are and in which order. */
    static int fingerprint(SearchRequest request) {
        var filters = new TreeMap<>(request.filters());
        String all = request.query()
                + '\n'
                + filters
                + '\n'
                + request.from()
                + '\n'
                + request.to()
                + '\n'
                + request.sort()
                + '\n'
                + request.zone();
        return checksum(all.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static int checksum(byte[] bytes, int from) {
        var checksum = new CRC32C();
        checksum.update(bytes, from, bytes.length - from);
        return (int) checksum.getValue();
    }
}
