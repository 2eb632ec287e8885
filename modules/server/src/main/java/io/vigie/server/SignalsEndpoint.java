package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/signals}: the weak signals, the newest first. */
final class SignalsEndpoint {
    private static final Set<String> PARAMETERS = Set.of("offer", "kind", "theme", "from", "to", "size", "zone");
    private static final int SIZE_MAX = 1_000;
    private static final int SIZE = 100;
    private static final String ZONE = "Europe/Paris";

    private final SignalDirectory directory;

    SignalsEndpoint(SignalDirectory directory) {
        this.directory = directory;
    }

    Document list(@Nullable String query) throws Refusal {
        var parameters = Parameters.of(query, PARAMETERS, "");
        int size = parameters.number("size", SIZE, SIZE_MAX);
        List<Signal> found = directory.newest().stream()
                .filter(SignalFilter.read(parameters, zone(parameters)))
                .toList();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeNumberField("total", found.size());
            out.writeArrayFieldStart("signals");
            for (Signal signal : found.subList(0, Math.min(size, found.size()))) {
                write(out, signal);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static ZoneId zone(Parameters parameters) throws Refusal {
        String name = parameters.one("zone").orElse(ZONE);
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Parameters.bad("zone", name, "a time zone such as Europe/Paris");
        }
    }

    private static void write(JsonGenerator out, Signal signal) throws IOException {
        out.writeStartObject();
        out.writeStringField("signalId", signal.getSignalId());
        out.writeStringField("kind", signal.getKind().name());
        out.writeStringField("offerId", signal.getOfferId());
        if (signal.getTheme().isPresent()) {
            out.writeStringField("theme", signal.getTheme().get());
        }
        if (signal.getTerm().isPresent()) {
            out.writeStringField("term", signal.getTerm().get());
        }
        Document.time(out, "windowStart", signal.getWindowStart());
        Document.time(out, "windowEnd", signal.getWindowEnd());
        Document.time(out, "since", signal.getSince());
        Document.time(out, "detectedAt", signal.getDetectedAt());
        out.writeNumberField("observed", signal.getObserved());
        out.writeNumberField("expected", rounded(signal.getExpected()));
        out.writeNumberField("falseAlarmsPerMonth", rounded(signal.getFalseAlarmsPerMonth()));
        out.writeArrayFieldStart("explanation");
        for (SignalCause cause : signal.getExplanation()) {
            write(out, cause);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("verbatims");
        for (String id : signal.getVerbatimIds()) {
            out.writeStartObject();
            out.writeStringField("verbatimId", id);
            out.writeStringField("href", "/api/v1/verbatims/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, SignalCause cause) throws IOException {
        out.writeStartObject();
        out.writeStringField("dimension", cause.getDimension());
        out.writeStringField("value", cause.getValue());
        out.writeNumberField("observed", cause.getObserved());
        out.writeNumberField("of", cause.getOf());
        out.writeNumberField("expected", rounded(cause.getExpected()));
        out.writeNumberField("g2", rounded(cause.getG2()));
        out.writeEndObject();
    }

    /** To three digits: more would say more than is known. */
    private static double rounded(double value) {
        return value == 0 || !Double.isFinite(value)
                ? 0
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(3))
                        .doubleValue();
    }
}
