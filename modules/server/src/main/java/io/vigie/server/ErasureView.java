package io.vigie.server;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests to erase customers and their receipts in memory, fed from their compacted topics from the beginning: a few
 * hundred bytes for each customer who ever was erased. Questions may come from any thread.
 */
public final class ErasureView implements ErasureDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ErasureView.class);

    private final Function<byte[], Decoding<Erasure>> decodeRequest;
    private final Function<byte[], Decoding<ErasureReceipt>> decodeReceipt;
    private final TopicView requestView;
    private final TopicView receiptView;
    private final Map<String, Erasure> requests = new ConcurrentHashMap<>();
    private final Map<String, Erasure> latest = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ErasureReceipt>> receipts = new ConcurrentHashMap<>();

    /** A view that does nothing yet; as {@link OfferView#OfferView}, twice. */
    public ErasureView(
            Supplier<Consumer<String, byte[]>> consumers,
            String requestTopic,
            Function<byte[], Decoding<Erasure>> decodeRequest,
            String receiptTopic,
            Function<byte[], Decoding<ErasureReceipt>> decodeReceipt) {
        this.decodeRequest = decodeRequest;
        this.decodeReceipt = decodeReceipt;
        this.requestView =
                new TopicView("the erasures", consumers.get(), requestTopic, Long.MAX_VALUE, this::applyRequest);
        this.receiptView = new TopicView(
                "the receipts of erasures", consumers.get(), receiptTopic, Long.MAX_VALUE, this::applyReceipt);
    }

    /** Starts reading on threads of its own. */
    public void start() {
        requestView.start();
        receiptView.start();
    }

    @Override
    public List<Erasure> requests() {
        return List.copyOf(requests.values());
    }

    @Override
    public Optional<Erasure> request(String requestId) {
        return Optional.ofNullable(requests.get(requestId));
    }

    @Override
    public Optional<Erasure> latest(String customerKey) {
        return Optional.ofNullable(latest.get(customerKey));
    }

    @Override
    public List<ErasureReceipt> receipts(String requestId) {
        return List.copyOf(receipts.getOrDefault(requestId, Map.of()).values());
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return requestView.awaits(written, max);
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        return requestView.state() instanceof Health.Down down ? down : receiptView.state();
    }

    /** Polls both once. */
    void step() {
        requestView.step();
        receiptView.step();
    }

    private void applyRequest(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        switch (decodeRequest.apply(record.value())) {
            case Decoding.Decoded<Erasure>(Erasure request) -> {
                requests.put(request.getRequestId(), request);
                latest.merge(
                        request.getCustomerKey(),
                        request,
                        (known, other) -> other.getRequestedAt().isBefore(known.getRequestedAt()) ? known : other);
            }
            case Decoding.Undecodable<Erasure>(String reason, String detail) -> skip(record, reason, detail);
        }
    }

    private void applyReceipt(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        switch (decodeReceipt.apply(record.value())) {
            case Decoding.Decoded<ErasureReceipt>(ErasureReceipt receipt) -> {
                receipts.computeIfAbsent(receipt.getRequestId(), _ -> new ConcurrentSkipListMap<>())
                        .put(receipt.getPlace(), receipt);
                // A later request of the same customer has taken its record's place; its receipts still tell of it.
                requests.putIfAbsent(
                        receipt.getRequestId(),
                        new Erasure(receipt.getCustomerKey(), receipt.getRequestId(), receipt.getRequestedAt(), null));
            }
            case Decoding.Undecodable<ErasureReceipt>(String reason, String detail) -> skip(record, reason, detail);
        }
    }

    private static void skip(ConsumerRecord<String, byte[]> record, String reason, String detail) {
        log.warn(
                "skipped, request the erasure again; topic={} partition={} offset={} reason={} detail={}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason,
                detail);
    }

    @Override
    public void close() {
        requestView.close();
        receiptView.close();
    }
}
