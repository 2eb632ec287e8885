package io.vigie.server;

import io.vigie.events.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The newest dead letters in memory: their headers, which hold nothing of the customer's, and which of them were sent back.
 * What the records themselves say is dropped as it is read. Questions may come from any thread.
 */
public final class DeadLetterView implements DeadLetterDirectory, AutoCloseable {
    /** Most that are known; the one that was read first goes first. */
    static final int KEPT_MAX = 10_000;
    /** A detail is a sentence; longer ones are cut here, {@code vigie dead-letters show} has them whole. */
    static final int DETAIL_LENGTH_MAX = 300;
    /** More marks than letters: those of letters that are no longer known go with them in time. */
    static final int MARKS_MAX = 2 * KEPT_MAX;

    private static final Comparator<BuriedRecord> NEWEST = Comparator.comparing(BuriedRecord::producedAt)
            .thenComparingLong(BuriedRecord::offset)
            .reversed();

    private final String mark;
    private final TopicView letters;
    private final TopicView marks;
    /** By place, in the order in which they were read; guarded by itself, as what follows. */
    private final Map<String, BuriedRecord> kept = new LinkedHashMap<>();

    private final Set<String> sentBack = new LinkedHashSet<>();
    private boolean cut;

    /** A topic and who reads it: a consumer without a group, which becomes the view's own. */
    public record Read(Consumer<String, byte[]> consumer, String topic) {}

    /**
     * A view that does nothing yet.
     *
     * @param replays the topic of marks of what was sent back
     * @param topicId Kafka's own id of the topic of dead letters, which its marks begin with
     */
    public DeadLetterView(Read deadLetters, Read replays, String topicId) {
        this.mark = topicId + "-";
        // One more than is kept, so that it is known whether there were more.
        this.letters = new TopicView(
                "the dead letters", deadLetters.consumer(), deadLetters.topic(), KEPT_MAX + 1, this::bury);
        this.marks = new TopicView(
                "what was sent back of the dead letters", replays.consumer(), replays.topic(), MARKS_MAX, this::mark);
    }

    /** Starts reading on threads of its own. */
    public void start() {
        letters.start();
        marks.start();
    }

    @Override
    public List<BuriedRecord> deadLetters() {
        var all = new ArrayList<BuriedRecord>();
        synchronized (kept) {
            kept.forEach((place, each) -> all.add(new BuriedRecord(
                    each.letter(), each.producedAt(), each.partition(), each.offset(), sentBack.contains(place))));
        }
        all.sort(NEWEST);
        return Collections.unmodifiableList(all);
    }

    @Override
    public boolean isCut() {
        synchronized (kept) {
            return cut;
        }
    }

    @Override
    public Health.State state() {
        return letters.state() instanceof Health.Up ? marks.state() : letters.state();
    }

    /** Polls once; true when something changed. */
    boolean step() {
        boolean changed = letters.step();
        return marks.step() || changed;
    }

    private void bury(ConsumerRecord<String, byte[]> copy) {
        var read = DeadLetter.of(copy);
        var letter = new DeadLetter(
                read.stage(), read.reason(), cut(read.detail()), read.topic(), read.partition(), read.offset());
        var buried = new BuriedRecord(
                letter, Instant.ofEpochMilli(copy.timestamp()), copy.partition(), copy.offset(), false);
        synchronized (kept) {
            kept.put(buried.place(), buried);
            if (kept.size() > KEPT_MAX) {
                kept.remove(kept.keySet().iterator().next());
                cut = true;
            }
        }
    }

    private static String cut(String detail) {
        return detail.length() <= DETAIL_LENGTH_MAX ? detail : detail.substring(0, DETAIL_LENGTH_MAX - 1) + "…";
    }

    private void mark(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || !record.key().startsWith(mark)) {
            return;
        }
        synchronized (kept) {
            sentBack.add(record.key().substring(mark.length()));
            if (sentBack.size() > MARKS_MAX) {
                sentBack.remove(sentBack.iterator().next());
            }
        }
    }

    @Override
    public void close() {
        letters.close();
        marks.close();
    }
}
