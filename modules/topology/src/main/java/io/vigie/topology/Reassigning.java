package io.vigie.topology;

import io.vigie.events.Reassignment;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.topology.VerbatimChanges.Outcome;
import io.vigie.topology.VerbatimReader.Reading;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Carries out the requests to write verbatims again under another offer. One is carried out when the verbatim is still
 * unassigned, otherwise as in the request, and no record of it is on its way; so asking twice is asking once, and what was
 * erased, understood anew or assigned since is left alone. What is written keeps the time of what it replaces.
 */
final class Reassigning extends ContextualProcessor<byte[], byte[], byte[], Outcome> {
    private final VerbatimReader reader;
    private final InsightMetrics metrics;

    Reassigning(AvroDecoder<Verbatim> decoder, InsightMetrics metrics) {
        this.reader = new VerbatimReader(decoder);
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> request) {
        switch (reader.read(request.key(), request.value())) {
            case Reading.Unusable(String reason, String detail) -> bury(request, reason, detail);
            case Reading.Usable(String id, Verbatim wanted) -> {
                var producedAt = Reassignment.producedAt(request.headers());
                if (wanted == null || producedAt.isEmpty()) {
                    bury(request, "not-a-request", "a verbatim with the header " + Reassignment.PRODUCED_AT + " is");
                } else {
                    reassign(request, id, wanted, producedAt.getAsLong());
                }
            }
        }
    }

    private void reassign(Record<byte[], byte[]> request, String id, Verbatim wanted, long producedAt) {
        var rewrites = new Rewrites(context().getStateStore(Rewrites.ON_THEIR_WAY));
        KeyValueStore<String, Verbatim> counted = context().getStateStore(VerbatimChanges.COUNTED);
        Verbatim present = counted.get(id);
        if (rewrites.any(id) || present == null || !unassigned(present).equals(unassigned(wanted))) {
            metrics.reassignment("outdated");
            return;
        }
        if (!present.getOfferId().equals(Topics.UNASSIGNED)
                || wanted.getOfferId().equals(Topics.UNASSIGNED)) {
            metrics.reassignment("assigned");
            return;
        }
        long offset = context().recordMetadata().orElseThrow().offset();
        // A broker refuses what is produced in the future, and with it the transaction.
        long at = Math.min(producedAt, context().currentSystemTimeMs());
        metrics.reassignment("written");
        context()
                .forward(new Record<>(
                        request.key(),
                        new Outcome.Again(request.value()),
                        at,
                        rewrites.write(id, "reassigned-" + offset)));
    }

    /** What must be the same; a mention may be found only with the offer. */
    private static Verbatim unassigned(Verbatim verbatim) {
        return Verbatim.newBuilder(VerbatimChanges.countedOf(verbatim))
                .setOfferId(Topics.UNASSIGNED)
                .setOfferMention(null)
                .build();
    }

    private void bury(Record<byte[], byte[]> request, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        context().forward(VerbatimChanges.dead(request, origin, reason, detail, metrics));
    }
}
