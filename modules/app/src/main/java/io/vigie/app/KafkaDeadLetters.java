package io.vigie.app;

import io.vigie.events.DeadLetter;
import io.vigie.sink.DeadLetters;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The sink's dead letters, on their topic; safe when Kafka has acknowledged them. */
final class KafkaDeadLetters implements DeadLetters, AutoCloseable {
    private static final Duration ACKNOWLEDGED_MAX = Duration.ofSeconds(30);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    KafkaDeadLetters(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public void bury(DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(topic, null, key, value, letter.headers()))
                    .get(ACKNOWLEDGED_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("a dead letter was not acknowledged by topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while writing a dead letter to topic " + topic, e);
        }
    }

    @Override
    public void close() {
        producer.close(ACKNOWLEDGED_MAX);
    }
}
