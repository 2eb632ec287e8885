package io.vigie.topology;

import io.vigie.events.DeadLetter;
import io.vigie.events.EventRules;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of {@code voc.verbatims} into changes, by the help of what it has counted of each verbatim so far. A
 * record that is there again, and the tombstone of what is not there, give nothing.
 */
final class VerbatimChanges extends ContextualProcessor<byte[], byte[], byte[], VerbatimChanges.Outcome> {
    /** Key: verbatimId. Value: the verbatim without text, evidence and redactions. */
    static final String COUNTED = "counted-verbatims";

    private final AvroDecoder<Verbatim> decoder;
    private final InsightMetrics metrics;

    VerbatimChanges(AvroDecoder<Verbatim> decoder, InsightMetrics metrics) {
        this.decoder = decoder;
        this.metrics = metrics;
    }

    /** What one record became. */
    sealed interface Outcome {
        record Changed(VerbatimChange change) implements Outcome {}

        /** The record cannot be used; {@code value} is its own bytes. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
        record Dead(DeadLetter letter, byte[] value) implements Outcome {}
    }

    @Override
    public void process(Record<byte[], byte[]> verbatim) {
        if (verbatim.key() == null) {
            bury(verbatim, "wrong-key", "the key is the verbatimId as UTF-8 text; this record's key is missing");
        } else if (verbatim.value() == null) {
            change(verbatim, null);
        } else {
            switch (decoder.decode(verbatim.value())) {
                case Decoding.Undecodable<Verbatim>(String reason, String detail) -> bury(verbatim, reason, detail);
                case Decoding.Decoded<Verbatim>(Verbatim after) -> checked(verbatim, after);
            }
        }
    }

    private void checked(Record<byte[], byte[]> verbatim, Verbatim after) {
        if (!after.getVerbatimId().equals(id(verbatim))) {
            bury(verbatim, "wrong-key", "the key is the verbatimId as UTF-8 text; this record's key is another");
        } else if (!EventRules.isOfferOfVerbatim(after.getOfferId())) {
            bury(verbatim, "offer-id", "offerId takes 1 to 200 characters of A-Z a-z 0-9 - _");
        } else {
            change(verbatim, after);
        }
    }

    private void change(Record<byte[], byte[]> verbatim, @Nullable Verbatim after) {
        var counted = counted();
        String id = id(verbatim);
        Verbatim before = counted.get(id);
        Verbatim kept = after == null ? null : countedOf(after);
        if (before == null ? kept == null : before.equals(kept)) {
            metrics.unchanged();
            return;
        }
        counted.put(id, kept);
        context().forward(verbatim.withValue(new Outcome.Changed(new VerbatimChange(before, after))));
    }

    /** What is counted of a verbatim. The words are not, and are most of it. */
    private static Verbatim countedOf(Verbatim verbatim) {
        return Verbatim.newBuilder(verbatim)
                .setText("")
                .setRedactions(Map.of())
                .setThemes(verbatim.getThemes().stream()
                        .map(theme -> new Theme(theme.getTheme(), theme.getScore(), List.of()))
                        .toList())
                .build();
    }

    private void bury(Record<byte[], byte[]> verbatim, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        var letter = new DeadLetter("insights", reason, detail, origin.topic(), origin.partition(), origin.offset());
        metrics.dead(letter);
        context()
                .forward(verbatim.<Outcome>withValue(new Outcome.Dead(letter, verbatim.value()))
                        .withHeaders(letter.headers()));
    }

    private static String id(Record<byte[], byte[]> verbatim) {
        return new String(verbatim.key(), StandardCharsets.UTF_8);
    }

    private KeyValueStore<String, Verbatim> counted() {
        return context().getStateStore(COUNTED);
    }
}
