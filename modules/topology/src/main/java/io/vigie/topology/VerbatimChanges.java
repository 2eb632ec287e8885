package io.vigie.topology;

import io.vigie.events.DeadLetter;
import io.vigie.events.RevisionHeader;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.topology.VerbatimReader.Reading;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns the records of {@code voc.verbatims} into changes, by the help of what it has counted of each verbatim so far. A
 * record that is there again, and the tombstone of what is not there, give nothing.
 */
final class VerbatimChanges extends ContextualProcessor<byte[], byte[], byte[], VerbatimChanges.Outcome> {
    /** Key: verbatimId. Value: the verbatim without text, evidence and redactions. */
    static final String COUNTED = "counted-verbatims";

    private final VerbatimReader reader;
    private final InsightMetrics metrics;

    VerbatimChanges(AvroDecoder<Verbatim> decoder, InsightMetrics metrics) {
        this.reader = new VerbatimReader(decoder);
        this.metrics = metrics;
    }

    /** What one record became. */
    sealed interface Outcome {
        record Changed(VerbatimChange change) implements Outcome {}

        /** The record cannot be used; {@code value} is its own bytes. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
        record Dead(DeadLetter letter, byte[] value) implements Outcome {}

        /** A version to be written, or null for a tombstone. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared: the bytes only pass through.
        record Written(byte @Nullable [] value) implements Outcome {}
    }

    /** Each thread of this application has this processor: what counts goes after what makes searchable. */
    @Override
    public void init(ProcessorContext<byte[], Outcome> context) {
        super.init(context);
        Courtesy.begin();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        switch (reader.read(record.key(), record.value())) {
            case Reading.Unusable(String reason, String detail) -> bury(record, reason, detail);
            case Reading.Usable(String id, Verbatim verbatim) -> {
                var writes = new OwnWrites(context().getStateStore(OwnWrites.STORE));
                switch (writes.met(
                        id, RevisionHeader.in(record.headers()), context().currentSystemTimeMs())) {
                    case CURRENT -> change(record, id, verbatim);
                    case OVERTAKEN -> metrics.overtaken();
                    case CROSSED -> {
                        change(record, id, verbatim);
                        writeAgain(record, id, writes);
                    }
                }
            }
        }
    }

    /** Ours is on its way behind it, made from what there was before: what somebody else has written comes back behind that. */
    private void writeAgain(Record<byte[], byte[]> record, String id, OwnWrites writes) {
        var origin = context().recordMetadata().orElseThrow();
        String writing = "again-" + origin.partition() + "-" + origin.offset();
        writes.version(id, writing);
        metrics.crossed();
        context()
                .forward(record.<Outcome>withValue(new Outcome.Written(record.value()))
                        .withHeaders(RevisionHeader.of(writing)));
    }

    private void change(Record<byte[], byte[]> record, String id, @Nullable Verbatim after) {
        var counted = counted();
        Verbatim before = counted.get(id);
        Verbatim kept = after == null ? null : countedOf(after);
        if (before == null ? kept == null : before.equals(kept)) {
            metrics.unchanged();
            return;
        }
        counted.put(id, kept);
        // Without headers, which would go on to whatever is made of it.
        context()
                .forward(new Record<>(
                        record.key(), new Outcome.Changed(new VerbatimChange(before, after)), record.timestamp()));
    }

    /** What is counted of a verbatim. The words are not, and are most of it. */
    static Verbatim countedOf(Verbatim verbatim) {
        return Verbatim.newBuilder(verbatim)
                .setText("")
                .setRedactions(Map.of())
                .setSuperseded(List.of())
                .setThemes(verbatim.getThemes().stream()
                        .map(theme -> new Theme(theme.getTheme(), theme.getScore(), List.of()))
                        .toList())
                .build();
    }

    private void bury(Record<byte[], byte[]> record, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        context().forward(dead(record, origin, reason, detail, metrics));
    }

    static Record<byte[], Outcome> dead(
            Record<byte[], byte[]> record,
            RecordMetadata origin,
            String reason,
            String detail,
            InsightMetrics metrics) {
        var letter = new DeadLetter("insights", reason, detail, origin.topic(), origin.partition(), origin.offset());
        metrics.dead(letter);
        return record.<Outcome>withValue(new Outcome.Dead(letter, record.value()))
                .withHeaders(letter.headers());
    }

    private KeyValueStore<String, Verbatim> counted() {
        return context().getStateStore(COUNTED);
    }
}
