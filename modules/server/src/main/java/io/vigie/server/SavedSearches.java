package io.vigie.server;

import io.vigie.events.SavedSearch;
import io.vigie.events.serde.Decoding;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.index.Sort;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The saved searches in memory, fed from their compacted topic from the beginning. Questions may come from any thread. */
public final class SavedSearches implements SearchDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SavedSearches.class);

    private final Function<byte[], Decoding<SavedSearch>> decode;
    private final TopicView view;
    private final Map<String, SavedSearch> searches = new ConcurrentHashMap<>();

    /**
     * A view that does nothing yet.
     *
     * @param consumer without a group; becomes the view's own
     * @param decode reads a value; throws a {@link org.apache.kafka.common.KafkaException} when that is worth another try
     *     later
     */
    public SavedSearches(
            Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<SavedSearch>> decode) {
        this.decode = decode;
        this.view = new TopicView("the saved searches", consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    /**
     * A search that alerts.
     *
     * @param since verbatims that were classified before are no alerts
     */
    public record Active(String id, Instant since, SearchRequest request) {}

    /** Those that alert and whose filters are known to this version. */
    public List<Active> active() {
        return searches.values().stream()
                .filter(SavedSearch::getActive)
                .flatMap(search -> request(search).stream()
                        .map(request -> new Active(search.getSearchId(), search.getSince(), request)))
                .toList();
    }

    /** What a saved search searches for; empty when it has a filter that only another version of Vigie knows. */
    static Optional<SearchRequest> request(SavedSearch search) {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (Map.Entry<String, List<String>> filter : search.getFilters().entrySet()) {
            Optional<Dimension> dimension = Dimension.ofParameter(filter.getKey());
            if (dimension.isEmpty()) {
                return Optional.empty();
            }
            filters.put(dimension.get(), filter.getValue());
        }
        try {
            return Optional.of(new SearchRequest(
                    search.getQuery(),
                    filters,
                    search.getFrom(),
                    search.getTo(),
                    Sort.NEWEST,
                    0,
                    Optional.empty(),
                    Set.of(),
                    Optional.empty(),
                    ZoneId.of(search.getZone()),
                    false));
        } catch (DateTimeException e) {
            log.debug("saved search has a zone that is not known; search={}", search.getSearchId(), e);
            return Optional.empty();
        }
    }

    /** A saved search's filters as they are kept. */
    static Map<String, List<String>> filters(SearchRequest request) {
        Map<String, List<String>> filters = new HashMap<>();
        request.filters().forEach((dimension, values) -> filters.put(dimension.parameter(), values));
        return filters;
    }

    @Override
    public List<SavedSearch> searches() {
        return searches.values().stream()
                .sorted(Comparator.comparing(SavedSearch::getCreatedAt).thenComparing(SavedSearch::getSearchId))
                .toList();
    }

    @Override
    public Optional<SavedSearch> search(String id) {
        return Optional.ofNullable(searches.get(id));
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return view.awaits(written, max);
    }

    /** Waits until everything before these offsets, by partition, is seen here; false when that takes longer. */
    public boolean awaits(Map<Integer, Long> ends, Duration max) {
        return view.awaits(ends, max);
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        return view.state();
    }

    /** Polls once; true when something changed. */
    boolean step() {
        return view.step();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            searches.remove(record.key());
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<SavedSearch>(SavedSearch search) -> searches.put(record.key(), search);
            case Decoding.Undecodable<SavedSearch>(String reason, String detail) ->
                log.warn(
                        "saved search skipped, save it again; offset={} reason={} detail={}",
                        record.offset(),
                        reason,
                        detail);
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
