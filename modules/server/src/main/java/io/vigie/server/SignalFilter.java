package io.vigie.server;

import io.vigie.events.Signal;
import io.vigie.events.SignalKind;
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

/**
 * Which signals are wanted.
 *
 * @param offers empty for all
 * @param themes empty for all
 * @param from earliest time of detection, inclusive
 * @param to latest time of detection, exclusive
 */
record SignalFilter(
        List<String> offers,
        List<String> themes,
        Optional<SignalKind> kind,
        Optional<Instant> from,
        Optional<Instant> to)
        implements Predicate<Signal> {
    static final Set<String> PARAMETERS = Set.of("offer", "kind", "theme", "from", "to");

    /** @param zone where days begin */
    static SignalFilter read(Parameters parameters, ZoneId zone) throws Refusal {
        return new SignalFilter(
                parameters.many("offer"),
                parameters.many("theme"),
                kind(parameters),
                time(parameters, "from", zone, false),
                time(parameters, "to", zone, true));
    }

    @Override
    public boolean test(Signal signal) {
        return (offers.isEmpty() || offers.contains(signal.getOfferId()))
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
}
