package io.vigie.server;

import io.vigie.index.Checkpoint;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a client search what it has just sent. Its events have come through when the stream has committed what it read
 * behind them, which is one transaction with what it wrote of them, and the index has then read to the end of the
 * verbatims. So it does not matter which verbatims come of an event, or whether any do. Other processes may do both.
 */
public final class ReadYourWrites {
    /** Longest wait; usually a fifth of a second is enough. */
    static final Duration WAIT_MAX = Duration.ofSeconds(5);
    /** Most requests that wait at once. */
    static final int WAITING_MAX = 64;

    static final String AFTER = "after";

    private static final Duration ASK_EVERY = Duration.ofMillis(10);
    private static final int RETRY_SECONDS = 1;

    private static final Logger log = LoggerFactory.getLogger(ReadYourWrites.class);

    private final List<String> eventTopics;
    private final String verbatims;
    private final Offsets offsets;
    private final Supplier<Checkpoint> searchable;
    private final Duration waitMax;
    private final Admission waiting = new Admission(WAITING_MAX, Duration.ZERO);
    private Map<TopicPartition, Long> committed = Map.of();
    private long committedAt;

    /**
     * Asks nothing before the first wait.
     *
     * @param eventTopics where events go; only ever add to the end of it, since tokens know them by their place
     * @param verbatims the topic that the index is built from
     * @param offsets of the group that reads the former and writes the latter
     * @param searchable how far the index has read the latter for what searches see
     */
    public ReadYourWrites(
            List<String> eventTopics, String verbatims, Offsets offsets, Supplier<Checkpoint> searchable) {
        this(eventTopics, verbatims, offsets, searchable, WAIT_MAX);
    }

    ReadYourWrites(
            List<String> eventTopics,
            String verbatims,
            Offsets offsets,
            Supplier<Checkpoint> searchable,
            Duration waitMax) {
        this.eventTopics = List.copyOf(eventTopics);
        this.verbatims = verbatims;
        this.offsets = offsets;
        this.searchable = searchable;
        this.waitMax = waitMax;
        this.committedAt = System.nanoTime();
    }

    /**
     * What a client is given to wait with; empty when nothing was accepted, or in too many partitions.
     *
     * @param last offset of the last record accepted, of each partition that took one
     */
    Optional<String> token(Map<TopicPartition, Long> last) {
        return tokens().encode(last);
    }

    /**
     * Waits until the events behind all these tokens are searchable.
     *
     * @throws Refusal when one is no token of this installation, when they do not come through in time, or when too many
     *     wait
     */
    void await(Collection<String> after) throws Refusal {
        if (after.isEmpty()) {
            return;
        }
        var positions = positions(after);
        var permit = waiting.enter(1)
                .orElseThrow(() -> new Refusal(
                        Problem.of(Fault.BUSY, WAITING_MAX + " requests with " + AFTER + " wait, which is all at once")
                                .retryAfter(RETRY_SECONDS)));
        try (var _ = permit) {
            await(positions);
        } catch (UnknownOffsetsException e) {
            log.warn("cannot tell how far events have come", e);
            throw late(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw late("the server is stopping");
        }
    }

    /**
     * What was written and not yet read.
     *
     * @param events that are not yet understood; empty when the group has read none so far
     * @param verbatims that are not yet searchable
     */
    record Lag(OptionalLong events, long verbatims) {}

    /** @throws UnknownOffsetsException when Kafka does not say */
    Lag lag() {
        var read = new HashMap<>(offsets.committed());
        read.keySet().removeIf(partition -> !eventTopics.contains(partition.topic()));
        OptionalLong events = read.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(left(offsets.ends(read.keySet()), partition -> read.getOrDefault(partition, 0L)));
        var reached = searchable.get();
        long unread = left(verbatimEnds(), partition -> reached.nextOffset(partition.partition()));
        return new Lag(events, unread);
    }

    private static long left(Map<TopicPartition, Long> ends, ToLongFunction<TopicPartition> read) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - read.applyAsLong(end.getKey())))
                .sum();
    }

    private Map<TopicPartition, Long> verbatimEnds() {
        return offsets.ends(searchable.get().nextOffsets().keySet().stream()
                .map(partition -> new TopicPartition(verbatims, partition))
                .collect(Collectors.toSet()));
    }

    private WriteToken tokens() {
        return new WriteToken(eventTopics, searchable.get().topicId());
    }

    private Map<TopicPartition, Long> positions(Collection<String> after) throws Refusal {
        var all = new HashMap<TopicPartition, Long>();
        for (String token : after) {
            var positions = tokens().decode(token);
            if (positions.isEmpty()) {
                throw Parameters.bad(
                        AFTER, token, "the token of an answer to POST /api/v1/events of this installation");
            }
            positions.get().forEach((partition, last) -> all.merge(partition, last, Math::max));
        }
        return all;
    }

    private void await(Map<TopicPartition, Long> accepted) throws Refusal, InterruptedException {
        long end = System.nanoTime() + waitMax.toNanos();
        if (!await(end, () -> isRead(accepted))) {
            throw late("the stream has not read the events within " + waitMax.toMillis() + " ms");
        }
        var ends = verbatimEnds();
        if (!await(end, () -> isSearchable(ends))) {
            throw late("the index has not read the verbatims of the events within " + waitMax.toMillis() + " ms");
        }
    }

    private boolean isRead(Map<TopicPartition, Long> accepted) {
        var read = committedSince(System.nanoTime());
        return accepted.entrySet().stream().allMatch(last -> read.getOrDefault(last.getKey(), 0L) > last.getValue());
    }

    private boolean isSearchable(Map<TopicPartition, Long> ends) {
        var reached = searchable.get();
        return ends.entrySet().stream()
                .allMatch(end -> reached.nextOffset(end.getKey().partition()) >= end.getValue());
    }

    /** Those who ask at the same time share an answer; one that was asked for before is too old. */
    private synchronized Map<TopicPartition, Long> committedSince(long asked) {
        if (committedAt - asked < 0) {
            long now = System.nanoTime();
            committed = offsets.committed();
            committedAt = now;
        }
        return committed;
    }

    private static boolean await(long end, BooleanSupplier happened) throws InterruptedException {
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            Thread.sleep(ASK_EVERY);
        }
        return true;
    }

    private static Refusal late(String why) {
        return new Refusal(Problem.of(
                        Fault.UNAVAILABLE,
                        why + "; what was accepted is safe: ask again, or leave " + AFTER
                                + " out to search what there is")
                .retryAfter(RETRY_SECONDS));
    }
}
