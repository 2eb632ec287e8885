package io.vigie.app;

import io.vigie.events.Offer;
import io.vigie.server.OfferDirectory;
import io.vigie.topology.OffersSeen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A directory whose writes count as seen only when the stream of the same process has seen them too: an event posted right
 * after its offer was declared resolves to it.
 */
final class SeenByStream implements OfferDirectory {
    private final OfferDirectory directory;
    private final OffersSeen stream;

    private SeenByStream(OfferDirectory directory, OffersSeen stream) {
        this.directory = directory;
        this.stream = stream;
    }

    static UnaryOperator<OfferDirectory> over(OffersSeen stream) {
        return directory -> new SeenByStream(directory, stream);
    }

    @Override
    public List<Offer> offers() {
        return directory.offers();
    }

    @Override
    public Optional<Offer> offer(String id) {
        return directory.offer(id);
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        try {
            return directory.awaits(written, max) && stream.await(written.offset(), max);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
