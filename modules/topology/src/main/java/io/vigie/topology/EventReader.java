package io.vigie.topology;

import io.vigie.events.CallEvent;
import io.vigie.events.Checked;
import io.vigie.events.EventRules;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads the records of one raw topic: decodes, checks, and takes out what the customer said. One thread only. */
final class EventReader<E extends SpecificRecord> {
    /** What one record was read as. */
    sealed interface Reading {
        record Usable(Said said) implements Reading {}

        record Unusable(String reason, String detail) implements Reading {}
    }

    private final AvroDecoder<E> decoder;
    private final Function<E, Checked> rules;
    private final Function<E, Said> said;

    private EventReader(AvroDecoder<E> decoder, Function<E, Checked> rules, Function<E, Said> said) {
        this.decoder = decoder;
        this.rules = rules;
        this.said = said;
    }

    static EventReader<TicketEvent> tickets(SchemaRegistry registry, EventRules rules) {
        return new EventReader<>(registry.decoder(TicketEvent.class), rules::check, Said::in);
    }

    static EventReader<CallEvent> calls(SchemaRegistry registry, EventRules rules) {
        return new EventReader<>(registry.decoder(CallEvent.class), rules::check, Said::in);
    }

    static EventReader<SurveyEvent> surveys(SchemaRegistry registry, EventRules rules) {
        return new EventReader<>(registry.decoder(SurveyEvent.class), rules::check, Said::in);
    }

    Reading read(byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            return new Reading.Unusable("no-value", "the record has no value; raw topics take no tombstones");
        }
        return switch (decoder.decode(value)) {
            case Decoding.Undecodable<E>(String reason, String detail) -> new Reading.Unusable(reason, detail);
            case Decoding.Decoded<E>(E event) -> checked(key, event);
        };
    }

    private Reading checked(byte @Nullable [] key, E event) {
        return switch (rules.apply(event)) {
            case Checked.Invalid(String reason, String detail) -> new Reading.Unusable(reason, detail);
            case Checked.Valid() -> keyed(key, said.apply(event));
        };
    }

    /** Another key may lie on another partition, where the same event would not be known as a double. */
    private static Reading keyed(byte @Nullable [] key, Said said) {
        if (key == null || !new String(key, StandardCharsets.UTF_8).equals(said.key())) {
            return new Reading.Unusable(
                    "wrong-key",
                    "the key is ticketId, callId or responseId as UTF-8 text; this record's key is "
                            + (key == null ? "missing" : "another"));
        }
        return new Reading.Usable(said);
    }
}
