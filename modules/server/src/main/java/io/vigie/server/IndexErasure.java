package io.vigie.server;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.index.VerbatimIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the index of this server for what is to be erased, and writes its receipts: one when no search finds anything of
 * the customer any more, and the same again when no file of the index has his words.
 *
 * <p>{@link #step()} belongs to one thread, its own once it runs.
 */
public final class IndexErasure implements Runnable, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(IndexErasure.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final String VERBATIMS = "verbatims";

    private final VerbatimIndex index;
    private final ErasureDirectory directory;
    private final Offsets offsets;
    private final Set<TopicPartition> partitions;
    private final String place;
    private final Function<ErasureReceipt, ? extends Future<?>> receipts;
    private final InstantSource clock;
    /** By request, how far the index must have read its topic to have met the tombstones. */
    private final Map<String, Map<TopicPartition, Long>> upTo = new HashMap<>();
    /** By request, when the index was found to have nothing of the customer. */
    private final Map<String, ErasureReceipt> empty = new HashMap<>();

    private final Set<String> settled = new HashSet<>();

    private volatile boolean closing;

    /**
     * Watches nothing yet.
     *
     * @param topic of verbatims, which the index is built from
     * @param partitions how many it has
     * @param receipts takes what is to be written; a receipt may come again after a restart
     */
    public IndexErasure(
            VerbatimIndex index,
            ErasureDirectory directory,
            Offsets offsets,
            String topic,
            int partitions,
            String place,
            Function<ErasureReceipt, ? extends Future<?>> receipts,
            InstantSource clock) {
        this.index = index;
        this.directory = directory;
        this.offsets = offsets;
        this.partitions = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toUnmodifiableSet());
        this.place = place;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** Looks once at each request that is not settled here. */
    void step() throws IOException {
        for (Erasure request : directory.requests()) {
            String id = request.getRequestId();
            if (settled.contains(id)) {
                continue;
            }
            var written = written(id, place);
            if (written.flatMap(ErasureReceipt::getGoneBy).isPresent()) {
                settled.add(id);
                empty.remove(id);
            } else if (written(id, VERBATIMS).isPresent()) {
                look(request, written);
            }
        }
    }

    private Optional<ErasureReceipt> written(String requestId, String where) {
        return directory.receipts(requestId).stream()
                .filter(receipt -> receipt.getPlace().equals(where))
                .findFirst();
    }

    private void look(Erasure request, Optional<ErasureReceipt> written) throws IOException {
        var known = written.or(() -> Optional.ofNullable(empty.get(request.getRequestId())));
        if (known.isEmpty()) {
            known = lookForWords(request);
        }
        if (known.isEmpty()) {
            return;
        }
        Instant doneAt = known.get().getDoneAt().orElseThrow();
        if (index.erasedSince().map(since -> since.isAfter(doneAt)).orElse(true)) {
            send(ErasureReceipt.newBuilder(known.get())
                    .setGoneBy(clock.instant())
                    .build());
        } else if (written.isEmpty()) {
            send(known.get());
        }
    }

    private Optional<ErasureReceipt> lookForWords(Erasure request) throws IOException {
        String id = request.getRequestId();
        // Asked once, after the receipt of the tombstones was seen: they are before these ends.
        var ends = upTo.computeIfAbsent(id, _ -> offsets.ends(partitions));
        if (!hasRead(ends)
                || CustomerVerbatims.in(index, request.getCustomerKey(), request.getRequestedAt())
                                .total()
                        > 0) {
            return Optional.empty();
        }
        upTo.remove(id);
        var receipt = receipt(request, clock.instant());
        empty.put(id, receipt);
        return Optional.of(receipt);
    }

    /** One that does not arrive is sent again by the next step, which does not find it in the directory. */
    private void send(ErasureReceipt receipt) {
        var _ = receipts.apply(receipt);
    }

    private boolean hasRead(Map<TopicPartition, Long> ends) {
        var read = index.searchable();
        return ends.entrySet().stream()
                .allMatch(end -> read.nextOffset(end.getKey().partition()) >= end.getValue());
    }

    private ErasureReceipt receipt(Erasure request, Instant doneAt) {
        return ErasureReceipt.newBuilder()
                .setRequestId(request.getRequestId())
                .setCustomerKey(request.getCustomerKey())
                .setRequestedAt(request.getRequestedAt())
                .setPlace(place)
                .setDoneAt(doneAt)
                .build();
    }

    @Override
    public void run() {
        while (!closing) {
            try {
                step();
            } catch (IOException | UnknownOffsetsException e) {
                log.warn("cannot see whether the index has erased what it should; trying again", e);
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends it within {@link #LOOK_EVERY}; whoever started its thread may interrupt it. */
    @Override
    public void close() {
        closing = true;
    }
}
