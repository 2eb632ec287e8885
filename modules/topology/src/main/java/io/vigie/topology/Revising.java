package io.vigie.topology;

import io.vigie.events.DeadLetter;
import io.vigie.events.Revision;
import io.vigie.events.RevisionHeader;
import io.vigie.events.RevisionReason;
import io.vigie.events.Verbatim;
import io.vigie.events.VerbatimVersion;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.topology.VerbatimChanges.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Carries revisions out: the thread that counts a verbatim is the only one that writes it anew, so it decides about one
 * revision after the other, and none is made from what is not there any more. A revision that comes too late does nothing;
 * whatever made it late stands further on in {@code voc.verbatims}, where its author sees it.
 */
final class Revising extends ContextualProcessor<byte[], byte[], byte[], Outcome> {
    private final AvroDecoder<Revision> decoder;
    private final VerbatimReader reader;
    private final InsightMetrics metrics;

    Revising(AvroDecoder<Revision> decoder, AvroDecoder<Verbatim> verbatims, InsightMetrics metrics) {
        this.decoder = decoder;
        this.reader = new VerbatimReader(verbatims);
        this.metrics = metrics;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (record.key() == null || record.value() == null) {
            bury(record, "wrong-key", "a revision has the verbatimId as its key, and a value");
            return;
        }
        switch (decoder.decode(record.value())) {
            case Decoding.Undecodable<Revision>(String reason, String detail) -> bury(record, reason, detail);
            case Decoding.Decoded<Revision>(Revision revision) -> {
                var problem = problem(record, revision);
                if (problem.isPresent()) {
                    bury(record, "revision", problem.get());
                } else {
                    metrics.revision(revision.getReason(), decide(record, revision));
                }
            }
        }
    }

    /** What became of a revision. */
    enum Decision {
        APPLIED,
        /** Its verbatim is not there, or not any more. */
        GONE,
        /** Its verbatim has changed since, or is just being changed. */
        LATE
    }

    private Decision decide(Record<byte[], byte[]> record, Revision revision) {
        String id = revision.getVerbatimId();
        if (revision.getReason() == RevisionReason.ERASED) {
            ownWrites().erasure(id, writing(), context().currentSystemTimeMs());
            write(record, revision, null);
            return Decision.APPLIED;
        }
        Verbatim counted = counted().get(id);
        if (ownWrites().underWay(id)) {
            return Decision.LATE;
        }
        if (counted == null) {
            return Decision.GONE;
        }
        if (!revision.getExpected().equals(Optional.of(version(counted)))) {
            return Decision.LATE;
        }
        ownWrites().version(id, writing());
        write(record, revision, bytes(revision.getValue().orElseThrow()));
        return Decision.APPLIED;
    }

    static VerbatimVersion version(Verbatim verbatim) {
        return new VerbatimVersion(verbatim.getClassifiedAt(), verbatim.getClassifier(), verbatim.getOfferId());
    }

    private void write(Record<byte[], byte[]> record, Revision revision, byte @Nullable [] value) {
        // A broker refuses what is written in the future, and with it the transaction.
        long at = Math.min(revision.getWrittenAt().toEpochMilli(), context().currentSystemTimeMs());
        context()
                .forward(new Record<byte[], Outcome>(
                        record.key(), new Outcome.Written(value), at, RevisionHeader.of(writing())));
    }

    /** The position of the revision, which no other one has. */
    private String writing() {
        var origin = context().recordMetadata().orElseThrow();
        return origin.partition() + "-" + origin.offset();
    }

    private Optional<String> problem(Record<byte[], byte[]> record, Revision revision) {
        if (!revision.getVerbatimId().equals(new String(record.key(), StandardCharsets.UTF_8))) {
            return Optional.of("the key is the verbatimId as UTF-8 text; it is another");
        }
        if (revision.getWrittenAt().isBefore(Instant.EPOCH)) {
            return Optional.of("writtenAt is before 1970");
        }
        if (revision.getReason() == RevisionReason.ERASED) {
            return Optional.empty();
        }
        if (revision.getExpected().isEmpty() || revision.getValue().isEmpty()) {
            return Optional.of("only an erasure goes without the version expected and the one to be written");
        }
        return switch (reader.read(record.key(), bytes(revision.getValue().get()))) {
            case VerbatimReader.Reading.Usable _ -> Optional.empty();
            case VerbatimReader.Reading.Unusable(String reason, String detail) ->
                Optional.of("its value: " + reason + ": " + detail);
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private void bury(Record<byte[], byte[]> record, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        var letter = new DeadLetter("insights", reason, detail, origin.topic(), origin.partition(), origin.offset());
        metrics.dead(letter);
        context()
                .forward(record.<Outcome>withValue(new Outcome.Dead(letter, record.value()))
                        .withHeaders(letter.headers()));
    }

    private KeyValueStore<String, Verbatim> counted() {
        return context().getStateStore(VerbatimChanges.COUNTED);
    }

    private OwnWrites ownWrites() {
        return new OwnWrites(context().getStateStore(OwnWrites.STORE));
    }
}
