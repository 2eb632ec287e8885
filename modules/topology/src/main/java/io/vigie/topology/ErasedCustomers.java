package io.vigie.topology;

import io.vigie.events.Erasure;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the requests to erase customers on the one global thread, so that events of theirs that are read again, from a
 * raw topic or a dead letter, are not understood again. All of them are read before the first event.
 */
final class ErasedCustomers extends ContextualProcessor<byte[], byte[], Void, Void> {
    /** Key: customerKey. Value: when his erasure was requested, in milliseconds. */
    static final String NAME = "erasures";

    private static final Logger log = LoggerFactory.getLogger(ErasedCustomers.class);

    private final AvroDecoder<Erasure> decoder;
    private final TopologyMetrics metrics;

    ErasedCustomers(AvroDecoder<Erasure> decoder, TopologyMetrics metrics) {
        this.decoder = decoder;
        this.metrics = metrics;
    }

    /**
     * Whether something falls under the erasure of its customer: it was said or received by then. Of a source whose clock
     * is ahead, the time of receipt tells.
     */
    static boolean covers(Instant requestedAt, Instant saidAt, Instant receivedAt) {
        return !saidAt.isAfter(requestedAt) || !receivedAt.isAfter(requestedAt);
    }

    static boolean erased(
            ReadOnlyKeyValueStore<String, Long> requests, String customerKey, Instant saidAt, Instant receivedAt) {
        Long requestedAt = requests.get(customerKey);
        return requestedAt != null && covers(Instant.ofEpochMilli(requestedAt), saidAt, receivedAt);
    }

    @Override
    public void process(Record<byte[], byte[]> request) {
        if (request.key() == null) {
            refuse("no-key", "the record has no key");
        } else if (request.value() == null) {
            store().delete(new String(request.key(), StandardCharsets.UTF_8));
        } else {
            switch (decoder.decode(request.value())) {
                case Decoding.Undecodable<Erasure>(String reason, String detail) -> refuse(reason, detail);
                case Decoding.Decoded<Erasure>(Erasure erasure) ->
                    store().put(
                                    erasure.getCustomerKey(),
                                    erasure.getRequestedAt().toEpochMilli());
            }
        }
    }

    private void refuse(String reason, String detail) {
        metrics.erasureRefused(reason);
        log.warn("erasure left out, request it again: reason={} detail={}", reason, detail);
    }

    private KeyValueStore<String, Long> store() {
        return context().getStateStore(NAME);
    }
}
