package io.vigie.sink;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Makes the Kafka clients of the {@link AlertSink}, which drops them after a failure and asks for new ones. */
public interface AlertClients {
    /** Reads committed verbatims in a consumer group, from the beginning when that has no offsets; subscribes to nothing yet. */
    Consumer<byte[], byte[]> verbatims();

    /** Reads committed alerts, without a group. */
    Consumer<byte[], byte[]> alerts();

    /** Has a transactional id that no other living process has; its transactions are not initialised yet. */
    Producer<byte[], byte[]> producer();

    /** Where the topic of alerts ends now, with what transactions have written that are not over yet. */
    long written();
}
