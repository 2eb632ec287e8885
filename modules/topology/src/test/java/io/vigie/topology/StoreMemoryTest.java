package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.streams.state.internals.BlockBasedTableConfigWithAccessibleCache;
import org.junit.jupiter.api.Test;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

final class StoreMemoryTest {
    private static final Map<String, Object> CONFIG = Map.of(StoreMemory.BYTES, "8388608");

    @Test
    void allStoresShareOneCacheAndOneBoundOfWhatIsNotWritten() {
        RocksDB.loadLibrary();
        try (var first = options();
                var second = options()) {
            new StoreMemory().setConfig("counts", first, CONFIG);
            var closed = new StoreMemory();
            closed.setConfig("seen", second, CONFIG);
            closed.close("seen", second);

            var cache = ((BlockBasedTableConfigWithAccessibleCache) first.tableFormatConfig()).blockCache();
            assertThat(((BlockBasedTableConfigWithAccessibleCache) second.tableFormatConfig()).blockCache())
                    .isSameAs(cache);
            assertThat(cache.isOwningHandle()).isTrue();
            assertThat(second.writeBufferManager()).isSameAs(first.writeBufferManager());
            assertThat(first.writeBufferManager().isOwningHandle()).isTrue();
        }
    }

    private static Options options() {
        return new Options().setTableFormatConfig(new BlockBasedTableConfigWithAccessibleCache());
    }
}
