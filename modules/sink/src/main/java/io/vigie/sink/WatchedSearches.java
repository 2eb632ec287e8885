package io.vigie.sink;

import io.vigie.index.SearchRequest;
import java.time.Instant;
import java.util.List;

/** The saved searches that alert. */
@FunctionalInterface
public interface WatchedSearches {
    /**
     * One of them.
     *
     * @param since verbatims that were classified before are no alerts
     */
    record Watched(String id, Instant since, SearchRequest request) {}

    /**
     * All of them, with every change that was acknowledged before this was asked.
     *
     * @throws org.apache.kafka.common.KafkaException when that cannot be told in time
     */
    List<Watched> current();
}
