package io.vigie.server;

import io.vigie.events.SavedSearch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The saved searches as they are known here. Any thread may ask. */
public interface SearchDirectory {
    /** All saved searches, the oldest first. */
    List<SavedSearch> searches();

    Optional<SavedSearch> search(String id);

    /** Waits until a write is seen here; false when that takes longer. */
    boolean awaits(RecordMetadata written, Duration max);
}
