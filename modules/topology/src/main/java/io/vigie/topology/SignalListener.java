package io.vigie.topology;

import io.vigie.events.DeadLetter;
import io.vigie.events.Signal;
import io.vigie.topology.TextFaults.Reading;
import io.vigie.topology.signals.Mention;
import io.vigie.topology.signals.SignalDetector;
import io.vigie.topology.signals.SignalSettings;
import io.vigie.topology.signals.SignalState;
import io.vigie.topology.signals.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Has a detector hear the mentions of a partition's offers; what it remembers is in the store. What arrived long ago, and is
 * only now heard or heard again, raises nothing: it is no news, and heard again in another order it would raise other signals.
 */
final class SignalListener extends ContextualProcessor<String, Mention, String, OfText<Signal>> {
    static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final int STEP_MAX = 5_000;
    /** Event time of an offer of which nothing came for this long goes on with the clock. */
    private static final Duration SILENCE = Duration.ofDays(1);

    private final SignalSettings settings;
    private final InstantSource clock;
    private final Function<String, List<Term>> reader;
    private final TextFaults faults;
    private final InsightMetrics metrics;
    /** When something of an offer last came, since the start. */
    private final Map<String, Instant> heard = new HashMap<>();

    private Instant started = Instant.EPOCH;
    private @Nullable SignalDetector detector;
    /** The key at which the next step of forgetting begins; null for the first. */
    private @Nullable String next;

    /** @param reader finds what is listened for in a text */
    SignalListener(
            SignalSettings settings,
            InstantSource clock,
            Function<String, List<Term>> reader,
            TextFaults faults,
            InsightMetrics metrics) {
        this.settings = settings;
        this.clock = clock;
        this.reader = reader;
        this.faults = faults;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, OfText<Signal>> context) {
        super.init(context);
        started = clock.instant();
        detector = new SignalDetector(settings, new Stored(store()));
        context.schedule(FORGET_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> forget(Instant.ofEpochMilli(now)));
    }

    @Override
    public void process(Record<String, Mention> mention) {
        Instant now = clock.instant();
        heard.put(mention.value().offerId(), now);
        heard.put(SignalDetector.ALL_OFFERS, now);
        boolean late = mention.value().heardAt().isBefore(now.minus(Mention.LATE_MAX));
        Mention listened = late ? mention.value().raisingNothing() : mention.value();
        for (Signal signal : detector().hear(listened, terms(mention))) {
            metrics.signal(signal.getOfferId());
            context().forward(mention.withKey(signal.getSignalId()).withValue(new OfText.Made<>(signal)));
        }
    }

    /** None of a text that cannot be read: its themes are heard all the same. */
    private List<Term> terms(Record<String, Mention> mention) {
        if (mention.value().text().isEmpty()) {
            return List.of();
        }
        return switch (faults.read(context(), () -> reader.apply(mention.value().text()))) {
            case Reading.Done<List<Term>>(List<Term> terms) -> terms;
            case Reading.Failed<List<Term>>(DeadLetter letter) -> {
                context()
                        .forward(new Record<>(
                                mention.value().verbatimId(),
                                new OfText.Buried<>(),
                                mention.timestamp(),
                                letter.headers()));
                yield List.of();
            }
        };
    }

    /** Removes what has no say any more, some of it at a time: nearly all that is remembered are words said once. */
    private void forget(Instant now) {
        var forgotten = new ArrayList<String>();
        int seen = 0;
        try (var entries = store().range(next, null)) {
            while (entries.hasNext() && seen < STEP_MAX) {
                var entry = entries.next();
                SignalDetector.offerOfTerm(entry.key)
                        .filter(offer -> detector().isForgotten(entry.key, entry.value, timeOf(offer, now)))
                        .ifPresent(_ -> forgotten.add(entry.key));
                seen++;
            }
            next = entries.hasNext() ? entries.peekNextKey() : null;
        }
        forgotten.forEach(store()::delete);
    }

    /** An offer's own time, which may be that of an import, unless it has none any more. */
    private Instant timeOf(String offer, Instant now) {
        return heard.getOrDefault(offer, started).isBefore(now.minus(SILENCE)) ? now : Instant.EPOCH;
    }

    private SignalDetector detector() {
        if (detector == null) {
            throw new IllegalStateException("not initialised");
        }
        return detector;
    }

    private KeyValueStore<String, byte[]> store() {
        return context().getStateStore(Signals.STORE);
    }

    private record Stored(KeyValueStore<String, byte[]> store) implements SignalState {
        @Override
        public byte @Nullable [] get(String key) {
            return store.get(key);
        }

        @Override
        public void put(String key, byte[] value) {
            store.put(key, value);
        }
    }
}
