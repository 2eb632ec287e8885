package io.vigie.server;

import io.vigie.events.DeadLetter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is put. */
final class FakeDeadLetters implements DeadLetterDirectory {
    private final List<BuriedRecord> letters = new CopyOnWriteArrayList<>();
    volatile Health.State state = new Health.Up();
    volatile boolean cut;

    void put(String stage, String reason, String detail, String topic, Instant at, boolean sentBack) {
        var letter = new DeadLetter(stage, reason, detail, topic, 2, letters.size());
        letters.add(new BuriedRecord(letter, at, 0, letters.size(), sentBack));
    }

    @Override
    public List<BuriedRecord> deadLetters() {
        return letters.stream()
                .sorted(Comparator.comparing(BuriedRecord::producedAt).reversed())
                .toList();
    }

    @Override
    public boolean isCut() {
        return cut;
    }

    @Override
    public Health.State state() {
        return state;
    }
}
