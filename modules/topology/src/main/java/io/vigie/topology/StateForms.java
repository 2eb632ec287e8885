package io.vigie.topology;

import io.vigie.topology.signals.SignalSettings;
import java.util.Map;
import java.util.Optional;

/**
 * In which form each store and each repartition topic of the streams keeps its values. Who changes one so that a former
 * version's values mean something else changes its words here: then no start takes the old ones for the new.
 */
final class StateForms {
    private static final Map<String, String> STORES = Map.ofEntries(
            Map.entry(Understanding.SEEN, "window; event -> mark"),
            Map.entry(VerbatimChanges.COUNTED, "verbatimId -> Avro Verbatim without words"),
            Map.entry(OwnWrites.STORE, "verbatimId -> a sign, of an erasure its time, writing"),
            Map.entry(Counts.COUNTS, "row -> Tally " + Tally.VERSION),
            Map.entry(CustomerContacts.CONVERSATIONS, "source:conversation -> [?]customerKey"),
            Map.entry(History.STORE, "account NUL time NUL event -> Avro Contact"),
            Map.entry(AccountRecords.STORE, "account NUL kind NUL id -> said received"),
            Map.entry(AccountErasing.STORE, "account -> requested contacts remembered promises breaches requestId"),
            Map.entry(Promises.STORE, "promiseId -> Avro Promise"),
            Map.entry(Promises.DUE, "due promiseId -> nothing"),
            Map.entry(Breaches.STORE, "account NUL breachId -> Avro Breach"),
            Map.entry(Erasing.VERBATIMS, "customerKey|verbatimId -> said received complaint erased"),
            Map.entry(Erasing.CUSTOMERS, "customerKey -> requested erased outstanding complaints requestId"),
            Map.entry(QuestionLedger.LINES, "offer NUL questionId -> Avro Question"),
            Map.entry(QuestionLedger.LINKS, "kind NUL offer NUL ids -> by kind, Asker " + Asker.VERSION),
            Map.entry(Signals.STORE, "offer, series -> signals " + SignalSettings.STATE_VERSION));

    private static final Map<String, String> REPARTITIONS = Map.of(
            Counts.FACTS,
            "offer -> FactsChange " + FactsChange.VERSION,
            "customer-contacts",
            "account -> Avro Contact, or a letter, a time and an id",
            "customers",
            "customerKey -> a sign and fields",
            "question-entries",
            "offer -> a letter and Avro Verbatim, Avro Action or a vague answer",
            "signal-mentions",
            "offer -> Mention");

    private StateForms() {}

    /** Empty for a store that nobody described here. */
    static Optional<String> ofStore(String name) {
        return Optional.ofNullable(STORES.get(name));
    }

    /** Empty for one that nobody described here; without {@code -repartition} at its end. */
    static Optional<String> ofRepartition(String name) {
        return Optional.ofNullable(REPARTITIONS.get(name));
    }
}
