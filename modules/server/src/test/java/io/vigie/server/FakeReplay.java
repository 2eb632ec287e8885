package io.vigie.server;

import java.util.HashMap;
import java.util.Map;

/** Sends what waits, once. */
final class FakeReplay implements DeadLetterReplay {
    private final Map<String, Long> waiting = new HashMap<>();
    private final Map<String, Long> sent = new HashMap<>();
    volatile String failure = "";

    synchronized void put(String reason, long records) {
        waiting.put(reason, records);
    }

    synchronized long sent(String reason) {
        return sent.getOrDefault(reason, 0L);
    }

    @Override
    public synchronized Count count(String reason, String topic) throws FailedException {
        requireWell();
        return new Count(waiting.getOrDefault(reason, 0L), sent.getOrDefault(reason, 0L), 0);
    }

    @Override
    public synchronized long send(String reason, String topic) throws FailedException {
        requireWell();
        long now = Math.min(RECORDS_MAX, waiting.getOrDefault(reason, 0L));
        waiting.merge(reason, -now, Long::sum);
        sent.merge(reason, now, Long::sum);
        return now;
    }

    private void requireWell() throws FailedException {
        if (!failure.isEmpty()) {
            throw new FailedException(failure, new IllegalStateException(failure));
        }
    }
}
