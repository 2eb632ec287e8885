package io.vigie.app;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stream applications keep in Kafka. Every method may throw {@link KafkaAwayException}. */
interface KeptState extends AutoCloseable {
    /** What is known of who made an application's state; empty when nobody wrote it down. */
    Optional<StateRecord> record(String applicationId);

    void write(String applicationId, StateRecord record);

    /** How many partitions each topic has whose name begins so. */
    Map<String, Integer> topics(String prefix);

    /** How many partitions each of these topics has; those that are missing are left out. */
    Map<String, Integer> topics(Set<String> names);

    /** Whether an instance of the application runs, or may be back in some seconds. */
    boolean isInUse(String applicationId);

    void deleteTopics(Set<String> names);

    /** Makes the application read its topics from the beginning. */
    void forgetOffsets(String applicationId);

    @Override
    void close();
}
