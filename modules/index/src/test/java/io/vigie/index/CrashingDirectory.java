package io.vigie.index;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;

/**
 * A disk whose power can fail: what was not synced is then gone. It fails at one moment, also for merges that remove files
 * meanwhile, so that what touches the names of files waits for one another.
 */
final class CrashingDirectory extends FilterDirectory {
    private final Set<String> synced = new HashSet<>();

    CrashingDirectory() {
        super(new ByteBuffersDirectory());
    }

    /** The disk as a restarted process finds it. */
    synchronized CrashingDirectory crash() throws IOException {
        var restarted = new CrashingDirectory();
        for (String file : synced) {
            restarted.copyFrom(this, file, file, IOContext.DEFAULT);
            restarted.synced.add(file);
        }
        return restarted;
    }

    @Override
    public synchronized void sync(Collection<String> names) throws IOException {
        super.sync(names);
        synced.addAll(names);
    }

    @Override
    public synchronized void rename(String source, String destination) throws IOException {
        super.rename(source, destination);
        if (synced.remove(source)) {
            synced.add(destination);
        }
    }

    @Override
    public synchronized void deleteFile(String name) throws IOException {
        super.deleteFile(name);
        synced.remove(name);
    }
}
