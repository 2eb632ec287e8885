package io.vigie.server;

import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The requests to erase customers, and what became of them, as it is known here. Any thread may ask. */
public interface ErasureDirectory {
    /** Every request that is known. */
    List<Erasure> requests();

    Optional<Erasure> request(String requestId);

    /** The last request for a customer: it covers those before. */
    Optional<Erasure> latest(String customerKey);

    /** What became of a request, by place. */
    List<ErasureReceipt> receipts(String requestId);

    /** Waits until a request is seen here; false when that takes longer. */
    boolean awaits(RecordMetadata written, Duration max);
}
