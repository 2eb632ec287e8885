package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
        List<Signal> found =
                directory.newest().stream().filter(wanted(parameters)).toList();
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

    private static Predicate<Signal> wanted(Parameters parameters) throws Refusal {
        List<String> offers = parameters.many("offer");
        List<String> themes = parameters.many("theme");
        Optional<SignalKind> kind = kind(parameters);
        ZoneId zone = zone(parameters);
        Optional<Instant> from = time(parameters, "from", zone, false);
        Optional<Instant> to = time(parameters, "to", zone, true);
        return signal -> (offers.isEmpty() || offers.contains(signal.getOfferId()))
                && (themes.isEmpty() || themes.contains(signal.getTheme().orElse("")))
                && kind.map(signal.getKind()::equals).orElse(true)
                && from.map(time -> !signal.getDetectedAt().isBefore(time)).orElse(true)
                && to.map(time -> signal.getDetectedAt().isBefore(time)).orElse(true);
    }

    private static Optional<SignalKind> kind(Parameters parameters) throws Refusal {
        Optional<String> given = parameters.one("kind");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String name = given.get().strip().toUpperCase(Locale.ROOT);
        return Optional.of(Arrays.stream(SignalKind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Parameters.bad("kind", given.get(), "RISE, NEW_TERM")));
    }

    private static ZoneId zone(Parameters parameters) throws Refusal {
        String name = parameters.one("zone").orElse(ZONE);
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Parameters.bad("zone", name, "a time zone such as Europe/Paris");
        }
    }

    private static Optional<Instant> time(Parameters parameters, String name, ZoneId zone, boolean end) throws Refusal {
        Optional<String> given = parameters.one(name);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        // A plus sign in an address arrives as a blank.
        String text = given.get().strip().replace(' ', '+');
        try {
            if (text.indexOf('T') >= 0) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
            LocalDate day = LocalDate.parse(text);
            return Optional.of((end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            throw Parameters.bad(
                    name, given.get(), "a date such as 2026-03-01, or a time such as 2026-03-01T09:30:00Z");
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
