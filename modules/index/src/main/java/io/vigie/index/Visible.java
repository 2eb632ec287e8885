package io.vigie.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.lucene.index.DirectoryReader;

/** What searches see. The sink's thread changes it, any thread looks. */
final class Visible implements Closeable {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile State state;
    private volatile boolean closed;

    Visible(DirectoryReader reader, Checkpoint upTo) {
        this.state = new State(reader, upTo);
    }

    /** A state of the index, and how far the topic was read for it; both change together. */
    record State(DirectoryReader reader, Checkpoint upTo) {}

    /** Without a reference to it, so only for the thread that changes it, and to compare. */
    DirectoryReader reader() {
        return state.reader();
    }

    Checkpoint upTo() {
        return state.upTo();
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Takes over the reference to the reader. */
    void show(DirectoryReader fresh, Checkpoint upTo) throws IOException {
        var old = state.reader();
        state = new State(fresh, upTo);
        old.decRef();
        listeners.forEach(Runnable::run);
    }

    /** The same is to be seen for a topic that was read further. */
    void reached(Checkpoint upTo) {
        if (!upTo.equals(state.upTo())) {
            state = new State(state.reader(), upTo);
        }
    }

    /** With a reference to its reader, to be released by {@code decRef}. */
    State acquire() throws IOException {
        while (!closed) {
            var seen = state;
            // Fails only when a newer reader has just taken its place.
            if (seen.reader().tryIncRef()) {
                return seen;
            }
        }
        throw new IOException("the index is closed");
    }

    @Override
    public void close() throws IOException {
        closed = true;
        state.reader().close();
    }
}
