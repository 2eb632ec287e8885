package io.vigie.app;

import io.vigie.events.Breach;
import io.vigie.events.Promise;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.ContactLedgers;
import io.vigie.server.Health;
import io.vigie.server.LedgerView;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The views of promises and breaches in one process. */
final class LedgerParts implements AutoCloseable {
    private final Closing closing = new Closing();
    private final LedgerView<Promise> promises;
    private final LedgerView<Breach> breaches;

    LedgerParts(Connections connections, SchemaRegistry schemas) {
        this.promises = closing.add(new LedgerView<>(
                "the promises",
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().promises(),
                schemas.decoder(Promise.class)::decode,
                Promise::getOfferId));
        this.breaches = closing.add(new LedgerView<>(
                "the breaches",
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().breaches(),
                schemas.decoder(Breach.class)::decode,
                Breach::getOfferId));
    }

    /** Starts reading; what is not read yet is missing from answers. */
    ContactLedgers start() {
        promises.start();
        breaches.start();
        return new ContactLedgers(promises, breaches);
    }

    /** Up once both are read. */
    Health.State state() {
        return promises.state() instanceof Health.Up ? breaches.state() : promises.state();
    }

    @Override
    public void close() {
        closing.close();
    }
}
