package io.vigie.topology;

import io.vigie.events.Signal;
import io.vigie.topology.signals.Mention;
import io.vigie.topology.signals.SignalDetector;
import io.vigie.topology.signals.SignalSettings;
import io.vigie.topology.signals.SignalState;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Has a detector hear the mentions of a partition's offers; what it remembers is in the store. */
final class SignalListener extends ContextualProcessor<String, Mention, String, Signal> {
    private final SignalSettings settings;
    private final InsightMetrics metrics;
    private @Nullable SignalDetector detector;

    SignalListener(SignalSettings settings, InsightMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, Signal> context) {
        super.init(context);
        detector = new SignalDetector(settings, new Stored(context.getStateStore(Signals.STORE)));
    }

    @Override
    public void process(Record<String, Mention> mention) {
        if (detector == null) {
            throw new IllegalStateException("not initialised");
        }
        for (Signal signal : detector.hear(mention.value())) {
            metrics.signal(signal.getOfferId());
            context().forward(mention.withKey(signal.getSignalId()).withValue(signal));
        }
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
