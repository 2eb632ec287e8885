package io.vigie.app;

import io.vigie.events.DeadLetter;
import io.vigie.events.Topics;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Chooses the dead letters that are to be sent back, and counts what it does with each. */
final class Replay {
    private final DeadLetterFilter filter;
    private final long limit;
    private final SentBack sentBack;
    private final Set<String> rawTopics;
    private final BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> chosen;
    private final TreeMap<String, Long> chosenByTopic = new TreeMap<>();
    private long sentBefore;
    private long notRaw;
    private long count;

    /**
     * Has chosen none yet.
     *
     * @param limit most that are chosen
     * @param chosen sees each that is to be sent back
     */
    Replay(
            DeadLetterFilter filter,
            long limit,
            SentBack sentBack,
            Topics topics,
            BiConsumer<DeadLetter, ConsumerRecord<byte[], byte[]>> chosen) {
        this.filter = filter;
        this.limit = limit;
        this.sentBack = sentBack;
        this.rawTopics = Set.of(topics.tickets(), topics.calls(), topics.surveys());
        this.chosen = chosen;
    }

    /** Looks at one dead letter; false when no more are wanted. */
    boolean offer(ConsumerRecord<byte[], byte[]> copy) {
        if (count >= limit) {
            return false;
        }
        var letter = DeadLetter.of(copy);
        if (!filter.takes(letter, copy.timestamp())) {
            return true;
        }
        if (!rawTopics.contains(letter.topic())) {
            // A header must not choose any topic of the cluster; and a verbatim that came back could be an erased one.
            notRaw++;
        } else if (sentBack.contains(new Position(copy.partition(), copy.offset()))) {
            sentBefore++;
        } else {
            count++;
            chosenByTopic.merge(letter.topic(), 1L, Long::sum);
            chosen.accept(letter, copy);
        }
        return count < limit;
    }

    long count() {
        return count;
    }

    /** How many were left out because they were sent back before. */
    long sentBefore() {
        return sentBefore;
    }

    /** How many were left out because they are of no topic of events. */
    long notRaw() {
        return notRaw;
    }

    /** What was chosen and what was left out, for people. */
    String told(String done) {
        var text = new StringBuilder().append(count).append(" dead letters ").append(done);
        chosenByTopic.forEach(
                (topic, n) -> text.append("\n  ").append(n).append(" to ").append(topic));
        if (sentBefore > 0) {
            text.append("\n  ").append(sentBefore).append(" left out: sent back before");
        }
        if (notRaw > 0) {
            text.append("\n  ")
                    .append(notRaw)
                    .append(" left out: not of a topic of events; what was read from elsewhere is read there again:"
                            + " vigie index rebuild, or for what is counted a start with --reset insights");
        }
        return text.toString();
    }
}
