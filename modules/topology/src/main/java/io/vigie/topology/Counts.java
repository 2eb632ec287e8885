package io.vigie.topology;

import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of {@code voc.offer-themes}: what the verbatims there are add up to, by offer, theme, window and channel. A
 * row that falls to nothing goes, and so does one that is older than its size is kept. The state's cache gathers what
 * changes a row between two commits, so that the row is written once.
 */
final class Counts {
    static final String COUNTS = "offer-themes";

    private final Windows windows;
    private final InstantSource clock;

    private Counts(ZoneId zone, InstantSource clock) {
        this.windows = new Windows(zone);
        this.clock = clock;
    }

    static void add(
            KStream<String, VerbatimChange> changes,
            Topics topics,
            SchemaRegistry registry,
            ZoneId zone,
            InstantSource clock) {
        var counts = new Counts(zone, clock);
        changes.flatMap((_, change) -> counts.contributions(change), Named.as("contributions"))
                .groupByKey(Grouped.with(
                        COUNTS, Serdes.String(), StoredForm.serde(Contribution::write, Contribution::read)))
                .aggregate(
                        () -> null,
                        (_, one, tally) -> Tally.sum(tally, one),
                        Named.as("sum-contributions"),
                        Materialized.<String, Tally>as(Stores.persistentKeyValueStore(COUNTS))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(StoredForm.serde(Tally::write, Tally::read)))
                .toStream(Named.as("changed-counts"))
                .process(RowExpiry::new, Named.as("expired-counts"), COUNTS)
                .mapValues(counts::row, Named.as("count-rows"))
                .to(
                        topics.offerThemes(),
                        Produced.with(Serdes.String(), registry.serdeAs(topics.offerThemes(), OfferTheme.class))
                                .withName("counts"));
    }

    /** What changes in each row; rows in which nothing does are left out. */
    private List<KeyValue<String, Contribution>> contributions(VerbatimChange change) {
        Instant now = clock.instant();
        var net = new LinkedHashMap<Row, Contribution>();
        if (change.after() != null) {
            var facts = Facts.of(change.after());
            windows.rows(facts, now).forEach(row -> net.merge(row, facts.one(), Contribution::plus));
        }
        if (change.before() != null) {
            var facts = Facts.of(change.before());
            windows.rows(facts, now).forEach(row -> net.merge(row, facts.one().negated(), Contribution::plus));
        }
        return net.entrySet().stream()
                .filter(one -> !one.getValue().changesNothing())
                .map(Counts::keyed)
                .toList();
    }

    private static KeyValue<String, Contribution> keyed(Map.Entry<Row, Contribution> one) {
        return KeyValue.pair(one.getKey().key(), one.getValue());
    }

    private @Nullable OfferTheme row(String key, @Nullable Tally tally) {
        if (tally == null) {
            return null;
        }
        var row = Row.of(key).orElseThrow();
        return tally.as(row, windows.end(row.size(), row.start()));
    }
}
