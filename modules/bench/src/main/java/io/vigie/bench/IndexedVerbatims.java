package io.vigie.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Checkpoint;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** An index of many verbatims, built once for each build of the index module and kept with other temporary files. */
final class IndexedVerbatims {
    static final int COUNT = 100_000;

    private static final int REFRESH_EVERY = 1_000;

    private IndexedVerbatims() {}

    static VerbatimIndex open() throws IOException {
        Path code = code();
        Path place = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("vigie-bench-index-" + Files.getLastModifiedTime(code).toMillis());
        var index = VerbatimIndex.open(place, new SimpleMeterRegistry(), Clock.systemUTC());
        if (index.documents() != COUNT) {
            fill(index);
        }
        return index;
    }

    /** As the sink fills it: segments and merges as they come. */
    private static void fill(VerbatimIndex index) throws IOException {
        var verbatims = new Verbatims(42);
        for (int i = 0; i < COUNT; i++) {
            index.put(verbatims.verbatim(i));
            if (i % REFRESH_EVERY == REFRESH_EVERY - 1) {
                index.refresh();
            }
        }
        index.refresh();
        index.commit(new Checkpoint("bench", Map.of(0, (long) COUNT)));
    }

    private static Path code() {
        try {
            return Path.of(VerbatimIndex.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where the index module lies", e);
        }
    }
}
