package io.vigie.topology;

import io.vigie.events.Action;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;

/** Adds the ledger of technical questions: verbatims, actions and vague answers in, by offer; {@code voc.questions} out. */
final class Questions {
    private Questions() {}

    /**
     * A vague answer that an agent gave.
     *
     * @param offerId the offer of the conversation, or unassigned; only questions about this offer are marked
     */
    record VagueAnswer(String offerId, String conversationId, Instant at) {}

    /** @param vagueAnswers with any key */
    static void add(
            StreamsBuilder builder,
            KStream<String, VerbatimChange> changes,
            KStream<String, VagueAnswer> vagueAnswers,
            Topics topics,
            SchemaRegistry registry,
            TextReaders texts,
            InsightMetrics metrics) {
        KStream<String, LedgerEntry> vague = vagueAnswers.map(
                (_, answer) ->
                        KeyValue.pair(answer.offerId(), new LedgerEntry.Vague(answer.conversationId(), answer.at())),
                Named.as("vague-answers-by-offer"));
        var lines = ledger(
                builder,
                entries(builder, changes, topics, registry, metrics).merge(vague, Named.as("all-of-ledger")),
                topics,
                registry,
                texts,
                new TextFaults("technical questions", metrics));
        OfText.made(lines, "questions", topics)
                .to(
                        topics.questions(),
                        Produced.with(Serdes.String(), lineSerde(topics, registry))
                                .withName("questions"));
    }

    private static KStream<String, LedgerEntry> entries(
            StreamsBuilder builder,
            KStream<String, VerbatimChange> changes,
            Topics topics,
            SchemaRegistry registry,
            InsightMetrics metrics) {
        KStream<String, LedgerEntry> said =
                changes.flatMap((_, change) -> said(change), Named.as("questions-by-offer"));
        KStream<String, LedgerEntry> acted = builder.stream(
                        topics.actions(),
                        Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("actions"))
                .process(
                        () -> new ActionReader(registry.decoder(Action.class), topics.actions(), metrics),
                        Named.as("actions-by-offer"));
        return said.merge(acted, Named.as("said-and-done"));
    }

    private static KStream<String, OfText<Question>> ledger(
            StreamsBuilder builder,
            KStream<String, LedgerEntry> entries,
            Topics topics,
            SchemaRegistry registry,
            TextReaders texts,
            TextFaults faults) {
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(QuestionLedger.LINES), Serdes.String(), lineSerde(topics, registry)));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(QuestionLedger.LINKS), Serdes.String(), Serdes.ByteArray()));
        return entries.repartition(Repartitioned.with(Serdes.String(), LedgerEntry.serde(topics, registry))
                        .withName("question-entries"))
                .process(
                        () -> new QuestionLedger(
                                registry.serdeAs(topics.actions(), Action.class),
                                topics.actions(),
                                texts.questions(),
                                faults),
                        Named.as("question-ledger"),
                        QuestionLedger.LINES,
                        QuestionLedger.LINKS);
    }

    private static Serde<Question> lineSerde(Topics topics, SchemaRegistry registry) {
        return registry.serdeAs(topics.questions(), Question.class);
    }

    /** A verbatim is taken out of the ledger of its former offer by its former self, which has no words. */
    private static List<KeyValue<String, LedgerEntry>> said(VerbatimChange change) {
        var entries = new ArrayList<KeyValue<String, LedgerEntry>>();
        Verbatim before = change.before();
        Verbatim after = change.after();
        if (before != null && QuestionLedger.mayAsk(before)) {
            if (after != null && after.getOfferId().equals(before.getOfferId())) {
                entries.add(entry(after));
                return entries;
            }
            entries.add(entry(before));
        }
        if (after != null && QuestionLedger.mayAsk(after)) {
            entries.add(entry(after));
        }
        return entries;
    }

    private static KeyValue<String, LedgerEntry> entry(Verbatim verbatim) {
        return KeyValue.pair(verbatim.getOfferId(), new LedgerEntry.Said(verbatim));
    }
}
