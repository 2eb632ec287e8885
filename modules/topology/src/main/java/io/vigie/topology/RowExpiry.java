package io.vigie.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Passes changed rows on, and deletes those that are older than their size is kept, some at a time: the state would grow for
 * ever. The state's own listener then tells of the deletion, as of any change, and the tombstone comes through here.
 */
final class RowExpiry extends ContextualProcessor<String, @Nullable Tally, String, @Nullable Tally> {
    static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    /** A look takes some milliseconds, and a million rows are looked at in a quarter of an hour. */
    static final int ROWS_MAX = 10_000;

    private @Nullable String next;

    @Override
    public void init(ProcessorContext<String, @Nullable Tally> context) {
        super.init(context);
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> expire(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, @Nullable Tally> row) {
        context().forward(row);
    }

    private void expire(Instant now) {
        var expired = new ArrayList<String>();
        KeyValueStore<String, ?> rows = context().getStateStore(Counts.COUNTS);
        int seen = 0;
        try (var from = rows.range(next, null)) {
            while (from.hasNext() && seen < ROWS_MAX) {
                String key = from.peekNextKey();
                if (Row.of(key)
                        .map(row -> Windows.expired(row.size(), row.start(), now))
                        .orElse(false)) {
                    expired.add(key);
                }
                from.next();
                seen++;
            }
            next = from.hasNext() ? from.peekNextKey() : null;
        }
        expired.forEach(rows::delete);
    }
}
