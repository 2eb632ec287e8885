package io.vigie.topology;

import io.vigie.events.Action;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads actions, which only the server writes. One that cannot be read is left out, as it is there, and stays in its topic. */
final class ActionReader extends ContextualProcessor<String, byte[], String, LedgerEntry> {
    private static final Logger log = LoggerFactory.getLogger(ActionReader.class);

    private final AvroDecoder<Action> decoder;
    private final String topic;
    private final InsightMetrics metrics;

    ActionReader(AvroDecoder<Action> decoder, String topic, InsightMetrics metrics) {
        this.decoder = decoder;
        this.topic = topic;
        this.metrics = metrics;
    }

    @Override
    public void process(Record<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        switch (decoder.decode(record.value())) {
            case Decoding.Decoded<Action>(Action action) ->
                context().forward(new Record<>(action.getOfferId(), new LedgerEntry.Acted(action), record.timestamp()));
            case Decoding.Undecodable<Action>(String reason, String detail) -> {
                metrics.unreadable(topic, reason);
                log.warn(
                        "action left out, publish it again: actionId={} reason={} detail={}",
                        record.key(),
                        reason,
                        detail);
            }
        }
    }
}
