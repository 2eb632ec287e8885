package io.vigie.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.CallEvent;
import io.vigie.events.EventProducer;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** One event of any kind, on its way through either door. */
record Event(SpecificRecord event) {
    private static final JsonFactory JSON = new JsonFactory();

    CompletableFuture<RecordMetadata> sendTo(EventProducer producer) {
        return switch (event) {
            case TicketEvent ticket -> producer.send(ticket);
            case CallEvent call -> producer.send(call);
            case SurveyEvent survey -> producer.send(survey);
            default -> throw new IllegalStateException("no event: " + event.getSchema());
        };
    }

    /** The last part of the address it is posted to. */
    String path() {
        return switch (event) {
            case TicketEvent _ -> "tickets";
            case CallEvent _ -> "calls";
            default -> "surveys";
        };
    }

    /** One line of JSON as the HTTP door takes it. */
    String json() {
        var line = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(line)) {
            write(out, event);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to a string", e);
        }
        return line.append('\n').toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case SpecificRecord record -> {
                out.writeStartObject();
                for (Schema.Field field : record.getSchema().getFields()) {
                    out.writeFieldName(field.name());
                    write(out, record.get(field.pos()));
                }
                out.writeEndObject();
            }
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (var entry : map.entrySet()) {
                    out.writeFieldName(entry.getKey().toString());
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case Collection<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case Instant time -> out.writeNumber(time.toEpochMilli());
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            default -> out.writeString(value.toString());
        }
    }
}
