package io.vigie.index;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** A disk that fails once in the operation it is told to fail in. */
final class FailingDirectory extends FilterDirectory {
    enum Fault {
        NONE,
        CREATE,
        SYNC,
        RENAME
    }

    private volatile Fault next = Fault.NONE;

    FailingDirectory() {
        super(new ByteBuffersDirectory());
    }

    void failOnceIn(Fault fault) {
        next = fault;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
        fail(Fault.CREATE, name);
        return super.createOutput(name, context);
    }

    @Override
    public void sync(Collection<String> names) throws IOException {
        fail(Fault.SYNC, names.toString());
        super.sync(names);
    }

    @Override
    public void rename(String source, String destination) throws IOException {
        fail(Fault.RENAME, source);
        super.rename(source, destination);
    }

    private void fail(Fault fault, String name) throws IOException {
        if (next == fault) {
            next = Fault.NONE;
            throw new IOException("injected: " + fault + " of " + name);
        }
    }
}
