package io.vigie.app;

import io.vigie.events.Revision;
import io.vigie.events.RevisionReason;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.VerbatimVersion;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the stream that owns the verbatims. One that is sent twice is carried out once, so nothing need be known
 * of earlier runs, and a run may be killed anywhere.
 */
final class ReassignmentSender {
    private final Producer<byte[], byte[]> producer;
    private final Serializer<Verbatim> verbatims;
    private final Serializer<Revision> revisions;
    private final Topics topics;
    private final ReplayTransactions.Pace pace;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long sent;

    ReassignmentSender(
            Producer<byte[], byte[]> producer, SchemaRegistry schemas, Topics topics, ReplayTransactions.Pace pace) {
        this.producer = producer;
        this.verbatims = schemas.serializer();
        this.revisions = schemas.serializer();
        this.topics = topics;
        this.pace = pace;
    }

    /**
     * Sends one.
     *
     * @param present the record that is to be replaced
     * @param wanted what it is to be
     * @throws CommandFailedException when this or an earlier one cannot be sent
     */
    void send(ConsumerRecord<byte[], byte[]> present, Verbatim wanted) {
        var revision = new Revision(
                wanted.getVerbatimId(),
                RevisionReason.REASSIGNED,
                new VerbatimVersion(wanted.getClassifiedAt(), wanted.getClassifier(), Topics.UNASSIGNED),
                Instant.ofEpochMilli(present.timestamp()),
                // The subject is that of the verbatims, where these very bytes are to be.
                ByteBuffer.wrap(verbatims.serialize(topics.verbatims(), wanted)));
        try {
            // The time is now: by that of what is replaced, retention would take the request away before it is read.
            var _ = producer.send(
                    new ProducerRecord<>(
                            topics.revisions(),
                            present.partition(),
                            present.key(),
                            revisions.serialize(topics.revisions(), revision)),
                    (_, refused) -> failure.compareAndSet(null, refused));
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        requireWell();
        sent++;
        if (sent % pace.atOnce() == 0) {
            rest();
        }
    }

    /** Returns once Kafka has all of them. */
    void end() {
        producer.flush();
        requireWell();
    }

    private void rest() {
        try {
            pace.sent(sent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted; run the same again, none is reassigned twice", e);
        }
    }

    private void requireWell() {
        var failed = failure.get();
        if (failed != null) {
            throw new CommandFailedException(
                    "asking stopped after " + sent + " verbatims: " + failed
                            + "; run the same again, none is reassigned twice",
                    failed);
        }
    }
}
