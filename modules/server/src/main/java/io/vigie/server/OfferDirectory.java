package io.vigie.server;

import io.vigie.events.Offer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The offer catalogue as it is known here. Any thread may ask. */
public interface OfferDirectory {
    /** All offers, by id. */
    List<Offer> offers();

    Optional<Offer> offer(String id);

    /** Waits until a write is seen here; false when that takes longer. */
    boolean awaits(RecordMetadata written, Duration max);
}
