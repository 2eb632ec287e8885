package io.vigie.app;

import io.vigie.topology.signals.Mention;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/** Mentions in the order of their event time, sorted on disk in pieces that are merged; each verbatim once. */
final class SortedMentions implements Closeable {
    private static final int PIECE = 20_000;
    private static final Comparator<Mention> ORDER =
            Comparator.comparing(Mention::occurredAt).thenComparing(Mention::verbatimId);

    private final Path directory;
    private final List<Path> pieces = new ArrayList<>();
    private final List<Mention> waiting = new ArrayList<>();
    private long size;

    SortedMentions() throws IOException {
        this.directory = Files.createTempDirectory("vigie-backtest");
    }

    void add(Mention mention) throws IOException {
        waiting.add(mention);
        size++;
        if (waiting.size() == PIECE) {
            writePiece();
        }
    }

    /** How many were added. */
    long size() {
        return size;
    }

    /** Hands each to the listener, but for records of the same verbatim at the same time, of which it gets one. */
    void forEachInOrder(Consumer<Mention> listener) throws IOException {
        writePiece();
        var open = new PriorityQueue<Piece>(Comparator.comparing(Piece::next, ORDER));
        try {
            for (Path file : pieces) {
                open.add(new Piece(file));
            }
            String last = "";
            while (!open.isEmpty()) {
                Piece piece = open.remove();
                Mention mention = piece.next();
                if (!mention.verbatimId().equals(last)) {
                    listener.accept(mention);
                    last = mention.verbatimId();
                }
                if (piece.advance()) {
                    open.add(piece);
                } else {
                    piece.close();
                }
            }
        } finally {
            for (Piece piece : open) {
                piece.close();
            }
        }
    }

    private void writePiece() throws IOException {
        if (waiting.isEmpty()) {
            return;
        }
        waiting.sort(ORDER);
        Path file = directory.resolve("piece-" + pieces.size());
        try (var stream = Files.newOutputStream(file)) {
            var out = EncoderFactory.get().binaryEncoder(stream, null);
            out.writeInt(waiting.size());
            for (Mention mention : waiting) {
                mention.write(out);
            }
            out.flush();
        }
        pieces.add(file);
        waiting.clear();
    }

    @Override
    public void close() throws IOException {
        for (Path file : pieces) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    /** One sorted file, read one mention ahead; it has at least one. */
    private static final class Piece implements Closeable {
        private final InputStream file;
        private final Decoder in;
        private int left;
        private Mention next;

        Piece(Path path) throws IOException {
            this.file = Files.newInputStream(path);
            this.in = DecoderFactory.get().binaryDecoder(file, null);
            this.left = in.readInt();
            this.next = read();
        }

        Mention next() {
            return next;
        }

        /** False at the end. */
        boolean advance() throws IOException {
            if (left == 0) {
                return false;
            }
            next = read();
            return true;
        }

        private Mention read() throws IOException {
            left--;
            return Mention.read(in);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
