package io.vigie.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Holds the memory of all state stores of this process together to one bound, outside the heap: what they have read, what
 * they have not yet written to disk, and where they find things. Without it each store of each partition may take some
 * 100 MB, as many as they are. Kafka Streams makes one of these for each store; they share one cache, which the first of
 * them makes and which lives as long as the process.
 */
public final class StoreMemory implements RocksDBConfigSetter {
    /** The setting of Kafka Streams that says how many bytes: a whole number as text. */
    static final String BYTES = "vigie.store.memory.bytes";

    /** Of all of it, what is not yet on disk; more means fewer and larger files. */
    private static final double UNWRITTEN = 0.5;

    /** Of all of it, what finds things: it goes last. */
    private static final double INDEXES = 0.1;

    /** A store takes an eighth of this for itself with its first record. */
    private static final long UNWRITTEN_OF_STORE_MAX = 4 * 1024 * 1024;

    private static final int UNWRITTEN_PARTS_MAX = 3;

    private static @Nullable Shared shared;

    private record Shared(Cache cache, WriteBufferManager unwritten) {
        static Shared of(long bytes) {
            RocksDB.loadLibrary();
            var cache = new LRUCache(bytes, -1, false, INDEXES);
            return new Shared(cache, new WriteBufferManager((long) (bytes * UNWRITTEN), cache));
        }
    }

    /** For Kafka Streams. */
    public StoreMemory() {}

    private static synchronized Shared shared(long bytes) {
        if (shared == null) {
            shared = Shared.of(bytes);
        }
        return shared;
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> config) {
        var all = shared(Long.parseLong(String.valueOf(config.get(BYTES))));
        var table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(all.cache());
        // Else they are held besides, without a bound.
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(all.unwritten());
        options.setWriteBufferSize(UNWRITTEN_OF_STORE_MAX);
        options.setMaxWriteBufferNumber(UNWRITTEN_PARTS_MAX);
    }

    /** Nothing: what one store used, the others go on using. */
    @Override
    public void close(String store, Options options) {}
}
