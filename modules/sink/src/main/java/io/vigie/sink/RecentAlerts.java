package io.vigie.sink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The alerts of late, whoever wrote them: a verbatim that is written again, because it was classified anew, is no alert
 * again. It remembers the last {@value #ALERTS_MAX}; a verbatim that comes again later than that alerts again. Owned by
 * the thread of the session.
 */
final class RecentAlerts implements AutoCloseable {
    /** Most alerts remembered; some 150 bytes each. */
    static final int ALERTS_MAX = 100_000;

    /** Transactions leave a mark of their own in the topic, at worst one for each alert. */
    private static final int OFFSETS_PER_ALERT = 2;

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(60);

    private final Consumer<byte[], byte[]> reader;
    private final TopicPartition topic;
    private final LongSupplier written;
    private final Set<String> keys = new LinkedHashSet<>();
    private boolean begun;

    RecentAlerts(Consumer<byte[], byte[]> reader, TopicPartition topic, LongSupplier written) {
        this.reader = reader;
        this.topic = topic;
        this.written = written;
    }

    static String key(String searchId, String verbatimId) {
        return searchId + "|" + verbatimId;
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    void add(String key) {
        keys.add(key);
        if (keys.size() > ALERTS_MAX) {
            keys.remove(keys.iterator().next());
        }
    }

    /**
     * Reads whatever any process has written so far, and waits for its transactions to end.
     *
     * @throws TimeoutException when that takes too long; it goes on the next time
     */
    void catchUp() {
        long end = written.getAsLong();
        if (!begun) {
            begin(end);
        }
        long deadline = System.nanoTime() + CATCH_UP_MAX.toNanos();
        while (reader.position(topic) < end) {
            for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                if (record.key() != null) {
                    add(new String(record.key(), StandardCharsets.UTF_8));
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        topic + " was not read up to " + end + " within " + CATCH_UP_MAX.toSeconds() + " s");
            }
        }
    }

    private void begin(long end) {
        reader.assign(List.of(topic));
        long beginning = reader.beginningOffsets(List.of(topic)).getOrDefault(topic, 0L);
        reader.seek(topic, Math.max(beginning, end - (long) ALERTS_MAX * OFFSETS_PER_ALERT));
        begun = true;
    }

    @Override
    public void close() {
        reader.close();
    }
}
