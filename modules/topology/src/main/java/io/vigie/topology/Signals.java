package io.vigie.topology;

import io.vigie.events.Signal;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.Mention;
import io.vigie.topology.signals.SignalSettings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * Keeps {@code voc.signals}: what is said about an offer more often than its past makes likely.
 *
 * <p>A verbatim is heard once. When it changes, the themes that are new on it are learned from and raise nothing, and nothing
 * is taken away: what was said was said, and a baseline that forgets anyway need not be exact. So neither a reclassification
 * of all that there is nor the same records again look like a rise. An erased verbatim adds nothing and takes nothing away
 * either; what is kept of it here is its id and a hash of its customer, until newer ones displace them or its words are forgotten.
 */
final class Signals {
    /** Key and value as {@link io.vigie.topology.signals.SignalState} has them. */
    static final String STORE = "signal-baselines";

    private static final String MENTIONS = "signal-mentions";

    private Signals() {}

    static void add(
            StreamsBuilder builder,
            KStream<String, VerbatimChange> changes,
            Topics topics,
            SchemaRegistry registry,
            SignalSettings settings,
            InstantSource clock,
            TextReaders texts,
            InsightMetrics metrics) {
        var faults = new TextFaults("new terms", metrics);
        // Cached: many verbatims of a transaction change the same few entries.
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), Serdes.ByteArray())
                        .withCachingEnabled());
        var signals = changes.process(Mentioning::new, Named.as("mentions"))
                .repartition(Repartitioned.with(Serdes.String(), StoredForm.serde(Mention::write, Mention::read))
                        .withName(MENTIONS))
                .process(
                        () -> new SignalListener(settings, clock, texts.terms(), faults, metrics),
                        Named.as("listen-for-signals"),
                        STORE);
        OfText.made(signals, "signals", topics)
                .to(
                        topics.signals(),
                        Produced.with(Serdes.String(), registry.serdeAs(topics.signals(), Signal.class))
                                .withName("signals"));
    }

    /** Turns a change into what is to be heard of it, by offer. */
    private static final class Mentioning extends ContextualProcessor<String, VerbatimChange, String, Mention> {
        @Override
        public void process(Record<String, VerbatimChange> change) {
            mention(change.value(), Instant.ofEpochMilli(change.timestamp()))
                    .ifPresent(mention ->
                            context().forward(change.withKey(mention.offerId()).withValue(mention)));
        }
    }

    private static Optional<Mention> mention(VerbatimChange change, Instant heardAt) {
        Verbatim after = change.after();
        if (after == null) {
            return Optional.empty();
        }
        Mention mention = Mention.of(after, heardAt);
        Verbatim before = change.before();
        if (before == null) {
            return Optional.of(mention);
        }
        List<String> known = before.getOfferId().equals(after.getOfferId())
                ? before.getThemes().stream().map(Theme::getTheme).toList()
                : List.of();
        List<String> added = mention.themes().stream()
                .filter(theme -> !known.contains(theme))
                .toList();
        return added.isEmpty() ? Optional.empty() : Optional.of(mention.learningOnly(added));
    }
}
