package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Health, metrics and the description of the API. */
final class OperationsEndpoint {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Health health;
    private final PrometheusMeterRegistry meters;
    private final Document openApi = Document.resource("openapi.json", "application/json");

    OperationsEndpoint(Health health, PrometheusMeterRegistry meters) {
        this.health = health;
        this.meters = meters;
    }

    /** Answers as long as the process does; a failed part ends the process, it does not linger here. */
    Document live() {
        return Document.json(out -> {
            out.writeStartObject();
            out.writeStringField("status", "live");
            out.writeEndObject();
        });
    }

    /** @param details whether whoever asks may read what the checks say; those who may not are told how they stand */
    Document ready(boolean details) {
        List<Health.Finding> findings = health.findings();
        boolean ready = findings.stream().noneMatch(finding -> finding.state() instanceof Health.Down);
        return Document.json(ready ? 200 : 503, out -> {
            out.writeStartObject();
            out.writeStringField("status", ready ? "ready" : "not-ready");
            out.writeArrayFieldStart("checks");
            for (Health.Finding finding : findings) {
                check(out, finding, details);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    Document metrics(@Nullable String accept) {
        String type = accept != null && accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : TEXT_TYPE;
        return Document.text(type, meters.scrape(type));
    }

    Document openApi() {
        return openApi;
    }

    private static void check(JsonGenerator out, Health.Finding finding, boolean details) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", finding.name());
        switch (finding.state()) {
            case Health.Up() -> out.writeStringField("state", "up");
            case Health.Busy(String detail) -> state(out, "up", detail, details);
            case Health.Down(String detail) -> state(out, "down", detail, details);
        }
        out.writeEndObject();
    }

    private static void state(JsonGenerator out, String state, String detail, boolean details) throws IOException {
        out.writeStringField("state", state);
        if (details) {
            out.writeStringField("detail", detail);
        }
    }
}
