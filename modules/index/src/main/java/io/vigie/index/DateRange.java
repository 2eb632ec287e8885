package io.vigie.index;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time that the value of a date asks for, from its first instant to the first one after it, both in milliseconds
 * since the epoch.
 *
 * <p>A date is a whole period of the calendar on a zone's walls, however many hours it has there: a year, a month, a
 * day, an hour, a minute. A relative one ({@code 7j}) is a point so long ago; alone it reaches from there on, without
 * an end.
 */
record DateRange(long start, long end) {
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2})"
            + "(?:[Tt](\\d{1,2})(?:[:hH](\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?)?([Zz]|[+-]\\d{2}:\\d{2})?)?)?)?");
    private static final Pattern FRENCH_DATE = Pattern.compile("(?:(\\d{1,2})[/.])?(\\d{1,2})[/.](\\d{4})");
    private static final Pattern RELATIVE = Pattern.compile("-?([1-9]\\d{0,3})(\\p{L}+)");

    private static final Map<String, Function<LocalDate, Days>> WORDS = words();
    private static final Map<String, ChronoUnit> UNITS = units();
    private static final String FORMS = "a date such as 2026-03, 2026-03-12, 12/03/2026, hier, today or 7j";

    private static final int MONTHS = 12;

    /** Whole days, the last one exclusive. */
    private record Days(LocalDate start, LocalDate end) {}

    /** From an instant to another one, exclusive; the same for a point in time. */
    private record Period(Instant start, Instant end, boolean relative) {}

    /**
     * Reads a value.
     *
     * @param now what relative dates are counted from
     */
    static DateRange of(String value, int column, ZoneId zone, Instant now) throws QueryRefused {
        var range = QueryRange.of(value, column);
        var reader = new Reader(zone, now);
        if (range.form() == QueryRange.Form.VALUE) {
            var period = reader.period(range.from().orElseThrow());
            return of(period.start(), period.relative() ? Instant.MAX : period.end());
        }
        var start = Instant.MIN;
        var end = Instant.MAX;
        if (range.from().isPresent()) {
            var from = range.from().get();
            var period = compared(reader.period(from), from, range);
            start = from.inclusive() ? period.start() : period.end();
        }
        if (range.to().isPresent()) {
            var to = range.to().get();
            var period = compared(reader.period(to), to, range);
            end = to.inclusive() ? period.end() : period.start();
            if (range.from().isPresent() && start.isAfter(end)) {
                throw reversed(range.from().get(), to);
            }
        }
        return of(start, end);
    }

    /** Whether a text that begins with a letter is a date nevertheless. */
    static boolean isWord(String text) {
        return WORDS.containsKey(QueryField.plain(text)) || isNow(text);
    }

    private static boolean isNow(String text) {
        String plain = QueryField.plain(text);
        return plain.equals("now") || plain.equals("maintenant");
    }

    private static DateRange of(Instant start, Instant end) {
        return new DateRange(
                start.equals(Instant.MIN) ? Long.MIN_VALUE : CalendarBuckets.millis(start),
                end.equals(Instant.MAX) ? Long.MAX_VALUE : CalendarBuckets.millis(end));
    }

    /** "Less than 7 days" can mean younger or older, so a comparison with a duration is not guessed. */
    private static Period compared(Period period, QueryRange.End end, QueryRange range) throws QueryRefused {
        if (period.relative() && range.form() == QueryRange.Form.COMPARISON && !isNow(end.text())) {
            throw QueryRefused.syntax(
                    end.column(),
                    end.text() + " at column " + end.column() + " is no date to compare with; write date:" + end.text()
                            + " for what came since, -date:" + end.text() + " for what came before");
        }
        return period;
    }

    private static QueryRefused reversed(QueryRange.End from, QueryRange.End to) {
        return QueryRefused.syntax(
                from.column(),
                "the range at column " + from.column() + " is reversed; did you mean [" + to.text() + " TO "
                        + from.text() + "]?");
    }

    /** Reads one end. */
    private record Reader(ZoneId zone, Instant now) {
        Period period(QueryRange.End end) throws QueryRefused {
            var word = WORDS.get(QueryField.plain(end.text()));
            if (word != null) {
                var days = word.apply(LocalDate.ofInstant(now, zone));
                return days(days.start(), days.end());
            }
            if (isNow(end.text())) {
                return new Period(now, now, true);
            }
            var relative = RELATIVE.matcher(end.text());
            if (relative.matches()) {
                return relative(end, relative);
            }
            try {
                return calendar(end);
            } catch (DateTimeException e) {
                throw noDate(end, dayHint(end.text()));
            }
        }

        private Period relative(QueryRange.End end, Matcher relative) throws QueryRefused {
            var unit = UNITS.get(QueryField.plain(relative.group(2)));
            if (unit == null) {
                int column = end.column() + relative.start(2);
                throw QueryRefused.syntax(
                        column,
                        "unknown unit " + relative.group(2) + " at column " + column
                                + "; write h (hours), j or d (days), sem or w (weeks), m (months) or a (years), as in"
                                + " date:" + relative.group(1) + "j");
            }
            // To the minute, so that the pages of one search mostly ask for the same time.
            var start = ZonedDateTime.ofInstant(now, zone)
                    .truncatedTo(ChronoUnit.MINUTES)
                    .minus(Long.parseLong(relative.group(1)), unit)
                    .toInstant();
            return new Period(start, start, true);
        }

        private Period calendar(QueryRange.End end) throws QueryRefused {
            var date = DATE.matcher(iso(end.text()));
            if (!date.matches()) {
                throw noDate(end, "");
            }
            var year = Year.of(number(date, 1));
            if (date.group(2) == null) {
                return days(year.atDay(1), year.plusYears(1).atDay(1));
            }
            var month = YearMonth.of(year.getValue(), number(date, 2));
            if (date.group(3) == null) {
                return days(month.atDay(1), month.plusMonths(1).atDay(1));
            }
            var day = LocalDate.of(year.getValue(), month.getMonth(), number(date, 3));
            return date.group(4) == null ? days(day, day.plusDays(1)) : time(day, date);
        }

        private Period time(LocalDate day, Matcher date) {
            var unit = date.group(6) != null
                    ? ChronoUnit.SECONDS
                    : date.group(5) != null ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
            var start = day.atTime(number(date, 4), number(date, 5), number(date, 6));
            if (date.group(7) != null) {
                var offset =
                        OffsetDateTime.of(start, ZoneOffset.of(date.group(7).toUpperCase(Locale.ROOT)));
                return new Period(offset.toInstant(), offset.plus(1, unit).toInstant(), false);
            }
            return new Period(first(start), first(start.plus(1, unit)), false);
        }

        /** When walls show a time for the first time; where clocks skip it, when they skip. */
        private Instant first(LocalDateTime local) {
            var transition = zone.getRules().getTransition(local);
            return transition != null && transition.isGap()
                    ? transition.getInstant()
                    : local.atZone(zone).toInstant();
        }

        private Period days(LocalDate start, LocalDate end) {
            return new Period(
                    start.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant(), false);
        }
    }

    /** A date in the order of French ones in the order of the others. */
    private static String iso(String text) {
        var french = FRENCH_DATE.matcher(text);
        if (!french.matches()) {
            return text;
        }
        String month = french.group(3) + "-" + french.group(2);
        return french.group(1) == null ? month : month + "-" + french.group(1);
    }

    private static int number(Matcher date, int group) {
        return date.group(group) == null ? 0 : Integer.parseInt(date.group(group));
    }

    private static String dayHint(String text) {
        var date = DATE.matcher(iso(text));
        if (!date.matches() || date.group(3) == null) {
            return "";
        }
        int month = number(date, 2);
        if (month < 1 || month > MONTHS) {
            return "; a year has " + MONTHS + " months";
        }
        var days = YearMonth.of(number(date, 1), month);
        return number(date, 3) <= days.lengthOfMonth()
                ? ""
                : "; " + days.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH) + " " + days.getYear() + " has "
                        + days.lengthOfMonth() + " days";
    }

    private static QueryRefused noDate(QueryRange.End end, String hint) {
        return QueryRefused.syntax(
                end.column(),
                (end.text().isEmpty() ? "a date is missing" : end.text() + " is no date") + " at column " + end.column()
                        + hint + "; write " + FORMS);
    }

    private static Map<String, Function<LocalDate, Days>> words() {
        var words = new HashMap<String, Function<LocalDate, Days>>();
        name(words, today -> new Days(today, today.plusDays(1)), "aujourdhui", "today");
        name(words, today -> new Days(today.minusDays(1), today), "hier", "yesterday");
        name(words, today -> new Days(today.minusDays(2), today.minusDays(1)), "avanthier");
        name(words, today -> week(today), "cettesemaine", "thisweek");
        name(words, today -> week(today.minusWeeks(1)), "semainederniere", "lastweek");
        name(words, today -> month(YearMonth.from(today)), "cemois", "cemoisci", "thismonth");
        name(words, today -> month(YearMonth.from(today).minusMonths(1)), "moisdernier", "lastmonth");
        return Map.copyOf(words);
    }

    private static Days week(LocalDate day) {
        var monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new Days(monday, monday.plusWeeks(1));
    }

    private static Days month(YearMonth month) {
        return new Days(month.atDay(1), month.plusMonths(1).atDay(1));
    }

    private static Map<String, ChronoUnit> units() {
        var units = new HashMap<String, ChronoUnit>();
        name(units, ChronoUnit.HOURS, "h", "heure", "heures", "hour", "hours");
        name(units, ChronoUnit.DAYS, "j", "jour", "jours", "d", "day", "days");
        name(units, ChronoUnit.WEEKS, "sem", "semaine", "semaines", "w", "week", "weeks");
        name(units, ChronoUnit.MONTHS, "m", "mois", "month", "months");
        name(units, ChronoUnit.YEARS, "a", "an", "ans", "y", "year", "years");
        return Map.copyOf(units);
    }

    private static <T> void name(Map<String, T> named, T meaning, String... names) {
        for (String name : names) {
            named.put(name, meaning);
        }
    }
}
