package io.vigie.topology;

import io.vigie.events.Intent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/**
 * Files each complaint in the topic of its offer, and takes it out of there when it is erased, is found to be no complaint,
 * or to be about another offer.
 */
final class Complaints {
    private final ComplaintTopics topics;
    private final Set<String> ensured = ConcurrentHashMap.newKeySet();

    private Complaints(ComplaintTopics topics) {
        this.topics = topics;
        // Made with the fixed topics: no offer has it.
        ensured.add(Topics.UNASSIGNED);
    }

    static void add(
            KStream<String, VerbatimChange> changes, Topics topics, SchemaRegistry registry, ComplaintTopics ensure) {
        var complaints = new Complaints(ensure);
        changes.flatMapValues(complaints::filings, Named.as("complaints-filed"))
                .to(
                        (id, filing, context) -> topics.complaints(filing.offerId()),
                        Produced.with(Serdes.String(), filing(topics, registry)).withName("complaints"));
    }

    /** @param complaint null to take it out */
    record Filing(String offerId, @Nullable Verbatim complaint) {}

    private List<Filing> filings(VerbatimChange change) {
        var filings = new ArrayList<Filing>();
        Optional<String> from = offerOfComplaint(change.before());
        Optional<String> to = offerOfComplaint(change.after());
        from.filter(offer -> !to.equals(from)).ifPresent(offer -> filings.add(new Filing(offer, null)));
        to.ifPresent(offer -> filings.add(new Filing(offer, change.after())));
        filings.forEach(filing -> ensure(filing.offerId()));
        return filings;
    }

    /** A producer that is to send to a topic that is not there waits a minute and then fails. */
    private void ensure(String offerId) {
        if (!ensured.contains(offerId)) {
            topics.ensure(offerId);
            ensured.add(offerId);
        }
    }

    private static Optional<String> offerOfComplaint(@Nullable Verbatim verbatim) {
        return Optional.ofNullable(verbatim)
                .filter(known -> known.getIntent() == Intent.COMPLAINT)
                .map(Verbatim::getOfferId);
    }

    /** Every topic of complaints has the type of the verbatims, whose subject is asked for once. */
    private static Serde<Filing> filing(Topics topics, SchemaRegistry registry) {
        var verbatims = registry.<Verbatim>serializer();
        return Serdes.serdeFrom(
                (_, filing) ->
                        filing.complaint() == null ? null : verbatims.serialize(topics.verbatims(), filing.complaint()),
                (topic, _) -> {
                    throw new UnsupportedOperationException("filings are only written: " + topic);
                });
    }
}
