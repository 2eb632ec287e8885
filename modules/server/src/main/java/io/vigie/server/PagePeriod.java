package io.vigie.server;

import io.vigie.index.SearchRequest;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.PeriodView;
import io.vigie.server.page.Wording;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The period that all numbers of a page are of: whole days, as the address gives them, cut off at now so that it can be held
 * against one of the same length before it.
 *
 * @param first its first day
 * @param last its last day
 * @param to the first instant after it; now, when its last day is not over
 * @param before where the period before it begins, which ends where this one begins
 */
record PagePeriod(LocalDate first, LocalDate last, Instant from, Instant to, Instant before, ZoneId zone) {
    static final Set<String> PARAMETERS = Set.of("from", "to");

    private static final int DAYS = 30;
    private static final int DAYS_MAX = 3_660;
    private static final int YEAR_MIN = 1970;
    private static final int YEAR_MAX = 9999;
    private static final List<Integer> PRESETS = List.of(7, DAYS, 90, 365);

    static PagePeriod read(Parameters parameters, Instant now, ZoneId zone) throws Refusal {
        LocalDate last = day(parameters, "to").orElse(LocalDate.ofInstant(now, zone));
        LocalDate first = day(parameters, "from").orElse(last.minusDays(DAYS - 1L));
        if (ChronoUnit.DAYS.between(first, last) >= DAYS_MAX) {
            throw Parameters.bad("from", first.toString(), "at most " + DAYS_MAX + " days before to");
        }
        Instant from = start(first, zone);
        Instant end = start(last.plusDays(1), zone);
        Instant to = end.isAfter(now) ? now.truncatedTo(ChronoUnit.SECONDS) : end;
        if (!from.isBefore(to)) {
            throw new Refusal(Fault.BAD_PARAMETER, "from is not before to: there is no time between them");
        }
        return new PagePeriod(first, last, from, to, PreviousPeriod.start(from, to, zone), zone);
    }

    /** A day as a field for dates sends it. */
    static Optional<LocalDate> day(Parameters parameters, String name) throws Refusal {
        Optional<String> given = parameters.one(name).map(String::strip);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(given.get());
            if (day.getYear() >= YEAR_MIN && day.getYear() <= YEAR_MAX) {
                return Optional.of(day);
            }
        } catch (DateTimeException e) {
            throw badDay(name, given.get());
        }
        throw badDay(name, given.get());
    }

    private static Refusal badDay(String name, String given) {
        return Parameters.bad(name, given, "a date such as 2026-03-01");
    }

    private static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    SearchRequest now(SearchRequest request) {
        return request.withFrom(from).withTo(to);
    }

    SearchRequest earlier(SearchRequest request) {
        return request.withFrom(before).withTo(from);
    }

    Within within() {
        return new Within(Optional.of(from), Optional.of(to));
    }

    /** What follows the question mark of a page of this period. */
    String query() {
        return query(first, last);
    }

    private static String query(LocalDate first, LocalDate last) {
        return "from=" + first + "&to=" + last;
    }

    /** Of the period, and of the one before. */
    String told(Wording in) {
        LocalDate earlierFirst = LocalDate.ofInstant(before, zone);
        LocalDate earlierLast = LocalDate.ofInstant(from.minusMillis(1), zone);
        return in.say("range.told", in.day(first), end(in), in.day(earlierFirst), in.day(earlierLast));
    }

    private String end(Wording in) {
        return to.equals(start(last.plusDays(1), zone)) ? in.day(last) : in.moment(to);
    }

    /** @param path of the page */
    PeriodView view(String path, Instant now, Wording in) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return new PeriodView(
                path,
                List.of(),
                presets(path, "", today, first, last, in),
                first.toString(),
                last.toString(),
                told(in));
    }

    /**
     * The ways to periods that end today.
     *
     * @param kept parameters that stay, each with an ampersand after it
     */
    static List<PeriodView.Preset> presets(
            String path, String kept, LocalDate today, LocalDate first, LocalDate last, Wording in) {
        return PRESETS.stream()
                .map(days -> {
                    LocalDate from = today.minusDays(days - 1L);
                    return new PeriodView.Preset(
                            in.say("range.days", days),
                            path + "?" + kept + query(from, today),
                            from.equals(first) && today.equals(last));
                })
                .toList();
    }

    /** A parameter as an address has it. */
    static String parameter(String name, String value) {
        return name + "=" + Addresses.encoded(value);
    }
}
