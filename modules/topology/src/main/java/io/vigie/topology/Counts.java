package io.vigie.topology;

import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.InstantSource;
import java.time.ZoneId;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows of {@code voc.offer-themes}: what the verbatims there are add up to, by offer, theme, window and channel. A
 * row that falls to nothing goes, and so does one that is older than its size is kept. The state's cache gathers what
 * changes a row between two commits, so that the row is written once.
 *
 * <p>A verbatim is in six rows for each of its themes. It goes to its offer's partition as one record, and is made rows there.
 */
final class Counts {
    static final String COUNTS = "offer-themes";

    static final String FACTS = "counted-facts";

    private final Windows windows;

    private Counts(ZoneId zone) {
        this.windows = new Windows(zone);
    }

    static void add(
            KStream<String, VerbatimChange> changes,
            Topics topics,
            SchemaRegistry registry,
            ZoneId zone,
            InstantSource clock) {
        var counts = new Counts(zone);
        changes.flatMap(
                        (_, change) -> FactsChange.of(change).stream()
                                .map(facts -> KeyValue.pair(facts.offerId(), facts))
                                .toList(),
                        Named.as("changed-facts"))
                .repartition(
                        Repartitioned.with(Serdes.String(), StoredForm.serde(FactsChange::write, FactsChange::read))
                                .withName(FACTS))
                .processValues(() -> new RowsOfOffer(counts.windows, clock), Named.as("contributions"))
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

    private @Nullable OfferTheme row(String key, @Nullable Tally tally) {
        if (tally == null) {
            return null;
        }
        var row = Row.of(key).orElseThrow();
        return tally.as(row, windows.end(row.size(), row.start()));
    }
}
