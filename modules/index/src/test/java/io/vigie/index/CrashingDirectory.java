package io.vigie.index;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;

/** A disk whose power can fail: what was not synced is then gone. */
final class CrashingDirectory extends FilterDirectory {
    private final Set<String> synced = ConcurrentHashMap.newKeySet();

    CrashingDirectory() {
        super(new ByteBuffersDirectory());
    }

    /** The disk as a restarted process finds it. */
    CrashingDirectory crash() throws IOException {
        var restarted = new CrashingDirectory();
        for (String file : synced) {
            restarted.copyFrom(this, file, file, IOContext.DEFAULT);
            restarted.synced.add(file);
        }
        return restarted;
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        super.sync(names);
        synced.addAll(names);
    }

    @Override
    public void rename(String source, String destination) throws IOException {
        super.rename(source, destination);
        if (synced.remove(source)) {
            synced.add(destination);
        }
    }

    @Override
    public void deleteFile(String name) throws IOException {
        super.deleteFile(name);
        synced.remove(name);
    }
}
