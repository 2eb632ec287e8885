package io.vigie.sink;

import io.vigie.events.DeadLetter;
import io.vigie.events.RevisionHeader;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.index.Arrival;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Writes records of the verbatims topic to the index; one that cannot be written is a dead letter. */
final class RecordWriter {
    private final AvroDecoder<Verbatim> decoder;
    private final VerbatimIndex index;
    private final DeadLetters deadLetters;
    private final SinkMetrics metrics;
    private final Freshness freshness;

    RecordWriter(
            AvroDecoder<Verbatim> decoder,
            VerbatimIndex index,
            DeadLetters deadLetters,
            SinkMetrics metrics,
            Freshness freshness) {
        this.decoder = decoder;
        this.index = index;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        this.freshness = freshness;
    }

    void write(ConsumerRecords<byte[], byte[]> records) throws IOException {
        int puts = 0;
        int deletes = 0;
        for (var record : records) {
            if (record.value() == null) {
                deletes += delete(record);
            } else {
                puts += put(record);
            }
        }
        metrics.applied(puts, deletes);
    }

    private int put(ConsumerRecord<byte[], byte[]> record) throws IOException {
        return switch (decoder.decode(record.value())) {
            case Decoding.Decoded<Verbatim>(Verbatim verbatim)
            when keyed(record, verbatim) -> {
                index.put(verbatim, new Arrival(record.partition(), record.offset()));
                // What is written anew keeps the time of the first writing.
                if (!RevisionHeader.on(record.headers())) {
                    freshness.waiting(record.timestamp());
                }
                yield 1;
            }
            case Decoding.Decoded<Verbatim> _ ->
                bury(record, "wrong-key", "the key is not the verbatimId of its value");
            case Decoding.Undecodable<Verbatim>(String reason, String detail) -> bury(record, reason, detail);
        };
    }

    private int delete(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.key() == null) {
            return bury(record, "no-key", "a tombstone without a key deletes nothing");
        }
        index.delete(new String(record.key(), StandardCharsets.UTF_8));
        return 1;
    }

    private static boolean keyed(ConsumerRecord<byte[], byte[]> record, Verbatim verbatim) {
        return record.key() != null
                && verbatim.getVerbatimId().equals(new String(record.key(), StandardCharsets.UTF_8));
    }

    private int bury(ConsumerRecord<byte[], byte[]> record, String reason, String detail) {
        var letter = new DeadLetter("sink", reason, detail, record.topic(), record.partition(), record.offset());
        deadLetters.bury(letter, record.key(), record.value());
        metrics.dead(letter);
        return 0;
    }
}
