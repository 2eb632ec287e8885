package io.vigie.topology;

import io.vigie.events.OfferTheme;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.ZoneId;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.Stores;

/** Keeps the rows of {@code voc.offer-themes}: what the verbatims there are add up to. A row that falls to nothing goes. */
final class Counts {
    private static final String COUNTS = "offer-themes";

    private Counts() {}

    static void add(KStream<String, VerbatimChange> changes, Topics topics, SchemaRegistry registry, ZoneId zone) {
        Serde<OfferTheme> serde = registry.serdeAs(topics.offerThemes(), OfferTheme.class);
        var windows = new Windows(zone);
        changes.flatMap((_, change) -> windows.contributions(change), Named.as("contributions"))
                .groupByKey(Grouped.with(COUNTS, Serdes.String(), serde))
                .aggregate(
                        () -> null,
                        (_, one, row) -> row == null ? one : Windows.sum(row, one),
                        Named.as("sum-contributions"),
                        Materialized.<String, OfferTheme>as(Stores.persistentKeyValueStore(COUNTS))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(serde))
                .toStream(Named.as("changed-counts"))
                .to(topics.offerThemes(), Produced.with(Serdes.String(), serde).withName("counts"));
    }
}
