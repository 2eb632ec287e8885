package io.vigie.topology;

import io.vigie.events.ErasureReceipt;
import io.vigie.events.TopicSpec;
import io.vigie.topology.OfCustomer.Gone;
import io.vigie.topology.OfCustomer.Request;
import io.vigie.topology.OfCustomer.Spoken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Knows which verbatims there are of each customer, and erases them when that is requested: each gets a tombstone, which
 * the stream reads back as the change that takes it out of complaints, counts and ledgers. One that comes after the
 * request, and was said or received before it, is erased as it comes.
 */
final class Erasing extends ContextualProcessor<String, String, String, Erasing.Done> {
    /** Key: customerKey and verbatimId, as {@link #row}. Value: how it fares, as {@link Row#text}. */
    static final String VERBATIMS = "customer-verbatims";
    /** Key: customerKey. Value: {@link ErasureProgress}. */
    static final String CUSTOMERS = "erased-customers";

    /** What is to be written. */
    sealed interface Done {
        record Tombstone(String verbatimId) implements Done {}

        record Receipt(ErasureReceipt receipt) implements Done {}
    }

    /** @param erased whether its tombstone is on its way */
    private record Row(Instant saidAt, Instant receivedAt, boolean complaint, boolean erased) {
        static Row of(String text) {
            String[] fields = text.split(" ", 4);
            return new Row(
                    Instant.ofEpochMilli(Long.parseLong(fields[0])),
                    Instant.ofEpochMilli(Long.parseLong(fields[1])),
                    fields[2].equals("c"),
                    fields[3].equals("x"));
        }

        String text() {
            return saidAt.toEpochMilli() + " " + receivedAt.toEpochMilli() + (complaint ? " c" : " -")
                    + (erased ? " x" : " -");
        }

        Row onItsWay() {
            return new Row(saidAt, receivedAt, complaint, true);
        }
    }

    @Override
    public void process(Record<String, String> record) {
        String customer = record.key();
        switch (OfCustomer.of(record.value())) {
            case Spoken spoken -> spoken(customer, spoken);
            case Gone(String verbatimId) -> gone(customer, verbatimId);
            case Request request -> request(customer, request);
        }
    }

    private void spoken(String customer, Spoken spoken) {
        var row = new Row(spoken.saidAt(), spoken.receivedAt(), spoken.complaint(), false);
        var progress = progress(customer);
        if (progress == null || !ErasedCustomers.covers(progress.requestedAt(), spoken.saidAt(), spoken.receivedAt())) {
            verbatims().put(row(customer, spoken.verbatimId()), row.text());
            return;
        }
        String before = verbatims().get(row(customer, spoken.verbatimId()));
        verbatims().put(row(customer, spoken.verbatimId()), row.onItsWay().text());
        tombstone(spoken.verbatimId());
        // Another version of one whose tombstone is on its way needs a tombstone of its own, and counts once.
        if (before == null || !Row.of(before).erased) {
            var further = progress.erasedOne();
            customers().put(customer, further.text());
            receipt(customer, further, "verbatims", further.erased());
        }
    }

    private void gone(String customer, String verbatimId) {
        String text = verbatims().delete(row(customer, verbatimId));
        var progress = progress(customer);
        if (text == null || progress == null || !Row.of(text).erased) {
            return;
        }
        var further = progress.goneOne(Row.of(text).complaint);
        customers().put(customer, further.text());
        allGone(customer, further);
    }

    private void request(String customer, Request request) {
        var known = progress(customer);
        if (known != null
                && (request.requestId().equals(known.requestId())
                        || request.requestedAt().isBefore(known.requestedAt()))) {
            // Read again, or overtaken by a later one, which covers it.
            return;
        }
        var erased = erase(customer, request.requestedAt());
        var progress = new ErasureProgress(
                request.requestId(),
                request.requestedAt(),
                erased.size(),
                erased.size() + (known == null ? 0 : known.outstanding()),
                0);
        customers().put(customer, progress.text());
        receipt(customer, progress, "verbatims", progress.erased());
        keptUntil(customer, progress, "events", TopicSpec.RAW_GONE_AFTER);
        keptUntil(customer, progress, "dead-letters", TopicSpec.DEAD_LETTER_GONE_AFTER);
        keptUntil(customer, progress, "revisions", TopicSpec.REVISION_GONE_AFTER);
        keptUntil(customer, progress, "alerts", TopicSpec.ALERT_GONE_AFTER);
        keptUntil(customer, progress, "signals", TopicSpec.SIGNAL_GONE_AFTER);
        allGone(customer, progress);
    }

    /** One customer's verbatims are few enough to be held: what is kept of each is its id. */
    private List<String> erase(String customer, Instant requestedAt) {
        var erased = new ArrayList<String>();
        try (var rows = verbatims().prefixScan(row(customer, ""), new StringSerializer())) {
            rows.forEachRemaining(entry -> {
                var row = Row.of(entry.value);
                if (!row.erased && ErasedCustomers.covers(requestedAt, row.saidAt, row.receivedAt)) {
                    erased.add(entry.key);
                }
            });
        }
        for (String key : erased) {
            verbatims().put(key, Row.of(verbatims().get(key)).onItsWay().text());
            tombstone(key.substring(row(customer, "").length()));
        }
        return erased;
    }

    private void allGone(String customer, ErasureProgress progress) {
        if (progress.outstanding() == 0) {
            receipt(customer, progress, "complaints", progress.complaints());
            receipt(customer, progress, "counts", progress.erased());
        }
    }

    private void tombstone(String verbatimId) {
        context().forward(new Record<>(verbatimId, new Done.Tombstone(verbatimId), now()));
    }

    private void receipt(String customer, ErasureProgress progress, String place, long count) {
        forward(done(customer, progress.requestId(), progress.requestedAt(), place, count, now()));
    }

    private void keptUntil(String customer, ErasureProgress progress, String place, Duration goneAfter) {
        forward(blank(customer, progress.requestId(), progress.requestedAt(), place)
                .setGoneBy(Instant.ofEpochMilli(now()).plus(goneAfter))
                .build());
    }

    /** The receipt of a compacted topic from which so many were taken now. */
    static ErasureReceipt done(
            String customer, String requestId, Instant requestedAt, String place, long count, long now) {
        Instant doneAt = Instant.ofEpochMilli(now);
        return blank(customer, requestId, requestedAt, place)
                .setCount(count)
                .setDoneAt(doneAt)
                .setGoneBy(doneAt.plus(TopicSpec.COMPACTED_GONE_AFTER))
                .build();
    }

    private static ErasureReceipt.Builder blank(String customer, String requestId, Instant requestedAt, String place) {
        return ErasureReceipt.newBuilder()
                .setRequestId(requestId)
                .setCustomerKey(customer)
                .setRequestedAt(requestedAt)
                .setPlace(place);
    }

    private void forward(ErasureReceipt receipt) {
        context().forward(new Record<>(key(receipt), new Done.Receipt(receipt), now()));
    }

    /** The key of a receipt in its topic. */
    static String key(ErasureReceipt receipt) {
        return receipt.getRequestId() + "|" + receipt.getPlace();
    }

    private long now() {
        return context().currentSystemTimeMs();
    }

    private static String row(String customer, String verbatimId) {
        return customer + "|" + verbatimId;
    }

    private @Nullable ErasureProgress progress(String customer) {
        String text = customers().get(customer);
        return text == null ? null : ErasureProgress.of(text);
    }

    private KeyValueStore<String, String> verbatims() {
        return context().getStateStore(VERBATIMS);
    }

    private KeyValueStore<String, String> customers() {
        return context().getStateStore(CUSTOMERS);
    }
}
