package io.vigie.index;

import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;

/**
 * The states of the index that pages were taken from, kept for the pages that follow. Each costs the memory of its small
 * segments and the disk of segments that were merged away since, so few are kept, and not for long. One that shows a
 * verbatim that was erased since is not kept any longer. Any thread.
 */
final class Snapshots implements Closeable {
    /** Most states kept; beyond, the one that was used least recently goes. */
    static final int SNAPSHOTS_MAX = 64;
    /** Longest a state is kept after it was last used. */
    static final Duration UNUSED_MAX = Duration.ofMinutes(5);
    /** Longest a state is kept however much it is used, counted from when searches began to see a newer one. */
    static final Duration AGE_MAX = Duration.ofMinutes(30);

    /** Of these many at most it is true that they go only after those of which just one page was asked for. */
    private static final int SPARED_MAX = SNAPSHOTS_MAX / 2;

    private final Clock clock;
    private final Supplier<DirectoryReader> visible;
    /** In the order of use. */
    private final Map<Long, Kept> kept = new LinkedHashMap<>(SNAPSHOTS_MAX, 0.75f, true);
    // A name that neither an earlier run nor another replica gives to a state of its own.
    private long lastId = UUID.randomUUID().getLeastSignificantBits();
    private boolean closed;
    /** States before this one may show what was erased. */
    private long erasedBefore = Long.MIN_VALUE;

    /** @param visible what searches without a cursor see; it costs nothing to keep, so it is kept without limit */
    Snapshots(Clock clock, Supplier<DirectoryReader> visible) {
        this.clock = clock;
        this.visible = visible;
    }

    /** The state with this id, to be released by {@code decRef}; empty when it is no longer kept, or never was here. */
    synchronized Optional<DirectoryReader> acquire(long id) {
        var found = kept.get(id);
        if (found == null || isOver(found)) {
            return Optional.empty();
        }
        found.usedMillis = clock.millis();
        found.continued = true;
        found.reader.incRef();
        return Optional.of(found.reader);
    }

    /** Keeps a state for a next page and gives its id. The caller has a reference to the reader. */
    long keep(DirectoryReader reader) throws IOException {
        var gone = new ArrayList<DirectoryReader>();
        long id;
        synchronized (this) {
            removeOver(gone);
            id = idOf(reader);
            if (kept.size() > SNAPSHOTS_MAX) {
                gone.add(remove(leastWorthKeeping(id)));
            }
        }
        release(gone);
        return id;
    }

    /** Lets go every state that shows an erased verbatim, at once; the visible one is younger than the erasure. */
    void erase(Erased erased) throws IOException {
        var over = new ArrayList<DirectoryReader>();
        synchronized (this) {
            erasedBefore = visible.get().getVersion();
            for (var entry : List.copyOf(kept.entrySet())) {
                if (erased.isShownBy(entry.getValue().reader)) {
                    over.add(remove(entry.getKey()));
                }
            }
        }
        release(over);
    }

    /** Whether a state may show what was erased, so that a reading that began with it must not go on. */
    synchronized boolean isBeforeErasure(DirectoryReader reader) {
        return reader.getVersion() < erasedBefore;
    }

    /** Lets go every state that needs the files of any of these segments. */
    void letGo(Set<String> segments) throws IOException {
        var over = new ArrayList<DirectoryReader>();
        synchronized (this) {
            removeIf(one -> Purge.names(one.reader).stream().anyMatch(segments::contains), over);
        }
        release(over);
    }

    /** The index has gone back or is another one, in which versions are counted anew. */
    synchronized void restartVersions() {
        erasedBefore = Long.MIN_VALUE;
    }

    /** Lets go what was kept for long enough. */
    void expire() throws IOException {
        var gone = new ArrayList<DirectoryReader>();
        synchronized (this) {
            removeOver(gone);
        }
        release(gone);
    }

    synchronized int size() {
        return kept.size();
    }

    @Override
    public void close() throws IOException {
        List<DirectoryReader> all;
        synchronized (this) {
            closed = true;
            all = kept.values().stream().map(one -> one.reader).toList();
            kept.clear();
        }
        release(all);
    }

    private long idOf(DirectoryReader reader) {
        for (var entry : kept.entrySet()) {
            if (entry.getValue().reader.equals(reader)) {
                entry.getValue().usedMillis = clock.millis();
                return entry.getKey();
            }
        }
        lastId++;
        // A search that began before an erasure may want to keep its state only after it.
        if (!closed && !isBeforeErasure(reader)) {
            reader.incRef();
            kept.put(lastId, new Kept(reader, clock.millis()));
        }
        return lastId;
    }

    /** Who is on his way through the pages goes on before all who may never ask for a second one, within bounds. */
    private long leastWorthKeeping(long fresh) {
        boolean spare = kept.values().stream().filter(one -> one.continued).count() <= SPARED_MAX;
        for (var entry : kept.entrySet()) {
            if (entry.getKey() != fresh && !(spare && entry.getValue().continued)) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("nothing can go of " + kept.size() + " snapshots");
    }

    private void removeOver(Collection<DirectoryReader> gone) {
        var newest = visible.get();
        for (var one : kept.values()) {
            if (one.reader.equals(newest)) {
                one.restart(clock.millis());
            }
        }
        removeIf(this::isOver, gone);
    }

    private void removeIf(Predicate<Kept> unwanted, Collection<DirectoryReader> gone) {
        var over = kept.entrySet().stream()
                .filter(entry -> unwanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        over.forEach(id -> gone.add(remove(id)));
    }

    private boolean isOver(Kept one) {
        long now = clock.millis();
        return !one.reader.equals(visible.get())
                && (now - one.usedMillis > UNUSED_MAX.toMillis() || now - one.sinceMillis > AGE_MAX.toMillis());
    }

    private DirectoryReader remove(long id) {
        var removed = kept.remove(id);
        if (removed == null) {
            throw new IllegalStateException("no snapshot " + id);
        }
        return removed.reader;
    }

    /** Outside the lock, because the last one to let go of a reader closes its files. */
    private static void release(Collection<DirectoryReader> readers) throws IOException {
        for (var reader : readers) {
            reader.decRef();
        }
    }

    private static final class Kept {
        final DirectoryReader reader;
        long sinceMillis;
        long usedMillis;
        boolean continued;

        Kept(DirectoryReader reader, long nowMillis) {
            this.reader = reader;
            restart(nowMillis);
        }

        void restart(long nowMillis) {
            sinceMillis = nowMillis;
            usedMillis = nowMillis;
        }
    }
}
