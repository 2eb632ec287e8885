package io.vigie.topology;

import java.time.InstantSource;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.InternalFixedKeyRecordFactory;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes a change of an offer's facts what it adds to each row. A row is always of the partition of its offer, so that nothing
 * has to be sent on for its key: the DSL has no public word for that yet (KIP-759), and sends whatever else gets a key.
 */
final class RowsOfOffer extends ContextualFixedKeyProcessor<String, FactsChange, Contribution> {
    private final Windows windows;
    private final InstantSource clock;

    RowsOfOffer(Windows windows, InstantSource clock) {
        this.windows = windows;
        this.clock = clock;
    }

    @Override
    public void process(FixedKeyRecord<String, FactsChange> change) {
        change.value()
                .contributions(windows, clock.instant())
                .forEach((row, contribution) -> context()
                        .forward(InternalFixedKeyRecordFactory.create(
                                new Record<>(row.key(), contribution, change.timestamp(), change.headers()))));
    }
}
