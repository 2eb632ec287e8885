package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.AuditEntry;
import java.io.IOException;

/** An entry of the journal as JSON. */
final class AuditJson {
    private AuditJson() {}

    static void write(JsonGenerator out, AuditEntry entry) throws IOException {
        out.writeStartObject();
        Document.time(out, "at", entry.getAt());
        out.writeStringField("user", entry.getUser());
        out.writeArrayFieldStart("roles");
        for (String role : entry.getRoles()) {
            out.writeString(role);
        }
        out.writeEndArray();
        out.writeStringField("via", entry.getVia());
        out.writeStringField("action", entry.getAction());
        out.writeStringField("route", entry.getRoute());
        if (entry.getSubject().isPresent()) {
            out.writeStringField("subject", entry.getSubject().get());
        }
        if (entry.getQuery().isPresent()) {
            out.writeStringField("query", entry.getQuery().get());
        }
        if (entry.getCount().isPresent()) {
            out.writeNumberField("count", entry.getCount().get());
        }
        if (entry.getStatus().isPresent()) {
            out.writeNumberField("status", entry.getStatus().get());
        }
        out.writeStringField("requestId", entry.getRequestId());
        out.writeEndObject();
    }
}
