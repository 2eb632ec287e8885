package io.vigie.understanding;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what says until when in a plain sentence, and resolves it against the time it was said.
 *
 * <p>In doubt the later reading counts, so that nobody is said to have broken a promise that a fair reader still thinks
 * open. A day ends at {@link #DAY_END}, as « avant vendredi » does.
 */
final class Deadlines {
    static final LocalTime DAY_END = LocalTime.of(18, 0);
    static final LocalTime NOON = LocalTime.NOON;
    static final LocalTime EVENING_END = LocalTime.of(20, 0);
    /** A date without a year lies at most so far ahead; « le 3 mars » said in April speaks of the past. */
    private static final int AHEAD_DAYS_MAX = 183;

    private static final Duration FARTHEST = Duration.ofDays(400);

    /** What one expression says. */
    sealed interface Piece {
        int from();

        int to();

        /** An instant, since hours and minutes are counted from the word. */
        record Moment(int from, int to, Instant at) implements Piece {}

        record Day(int from, int to, LocalDate date) implements Piece {}

        /** A time of a day; {@code today} when it is said to be today's. */
        record Time(int from, int to, LocalTime time, boolean today) implements Piece {}
    }

    private interface Reader {
        @Nullable
        Piece read(Matcher found, Deadlines said);
    }

    private record Rule(Pattern pattern, Reader reader) {
        static Rule of(String pattern, Reader reader) {
            return new Rule(Pattern.compile("(?<= )(?:" + pattern + ")(?= )"), reader);
        }
    }

    private static final String WEEKDAY = "(?<weekday>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
            + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues?|wed|thurs?|thu|fri)";
    private static final List<List<String>> WEEKDAYS = List.of(
            List.of("lundi", "monday"),
            List.of("mardi", "tuesday", "tues", "tue"),
            List.of("mercredi", "wednesday", "wed"),
            List.of("jeudi", "thursday", "thurs", "thur", "thu"),
            List.of("vendredi", "friday", "fri"),
            List.of("samedi", "saturday"),
            List.of("dimanche", "sunday"));
    private static final String MONTH = "(?<month>janv(?:ier)?|fev(?:r(?:ier)?)?|mars|avril|mai|juin|juillet|aout"
            + "|sept(?:embre|ember)?|oct(?:obre|ober)?|nov(?:embre|ember)?|dec(?:embre|ember)?|january|february|march|april|may"
            + "|june|july|august|jan|feb|apr|jun|jul|aug)";
    private static final List<String> MONTHS =
            List.of("jan", "fe", "mar", "a[pv]", "ma[iy]", "jui?n", "jui?l", "a[uo]", "sep", "oct", "nov", "dec");
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("un", 1),
            Map.entry("une", 1),
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("deux", 2),
            Map.entry("two", 2),
            Map.entry("trois", 3),
            Map.entry("three", 3),
            Map.entry("quatre", 4),
            Map.entry("four", 4),
            Map.entry("cinq", 5),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("sept", 7),
            Map.entry("seven", 7),
            Map.entry("huit", 8),
            Map.entry("huitaine", 8),
            Map.entry("eight", 8),
            Map.entry("neuf", 9),
            Map.entry("nine", 9),
            Map.entry("dix", 10),
            Map.entry("dizaine", 10),
            Map.entry("ten", 10),
            Map.entry("douze", 12),
            Map.entry("twelve", 12),
            Map.entry("quinze", 15),
            Map.entry("quinzaine", 15),
            Map.entry("fifteen", 15),
            Map.entry("vingt", 20),
            Map.entry("vingtaine", 20),
            Map.entry("twenty", 20),
            Map.entry("trente", 30),
            Map.entry("thirty", 30));
    private static final String NUMBER = "\\d{1,3}|" + String.join("|", NUMBERS.keySet());
    private static final String WITHIN = "(?<prep>sous|dans|d' ici|en|avant|within|in|under|inside)(?: a)?"
            + "(?: un delai (?:de|maximum de|maximal de|max de)| les| the next| the| at most| about| environ| maximum| max"
            + "| au plus| moins de| une| less than| no more than| prochaines| prochains)*";
    private static final String CLOCK =
            "(?<hour>\\d{1,2})(?: ?h(?:eures?)?(?: ?(?<minute>[0-5]\\d))?|:(?<minutes>[0-5]\\d))";

    /** Words before an expression that say it is no deadline. */
    private static final Pattern NO_DEADLINE = Pattern.compile(
            " (?:depuis|apres|(?:a partir|a compter) (?:de|du)|jusqu' (?:a|au|en)|pas avant|hier|since|after|from|starting|until"
                    + "|till|not before|last|du|datant de|recu|recue|your|votre|de chaque|chaque|every|tous les|toutes les|le"
                    + " rendez vous de|on the bill of|dated|des)(?: le| la| les| ce| cet| cette| the| du| l'| this| last)? $");

    private static final Pattern BEGINS = Pattern.compile(" (?:apres|(?:a partir|a compter) de|after|from|starting) $");
    private static final int BEFORE_CHARS = 40;
    private static final Pattern PAST =
            Pattern.compile("^ (?:derniers?|dernieres?|passee?|ago|last|suivant l' appel)(?= )");

    private static final List<Rule> RULES = List.of(
            // Counted from the word.
            Rule.of(
                    "(?:dans l' heure|within the hour|d' ici une heure|(?:with)?in an hour)",
                    (found, said) -> said.hours(found, 60)),
            Rule.of(
                    "(?:dans|d' ici|sous|in|within) (?:une )?(?:demi heure|half an hour|(?:petite )?demie heure)",
                    (found, said) -> said.hours(found, 30)),
            Rule.of(
                    "(?:dans|d' ici|sous) (?:un|1) quart d' heure|in (?:a )?quarter of an hour",
                    (found, said) -> said.hours(found, 15)),
            Rule.of("(?:sous|dans la) huitaine", (found, said) -> said.days(found, 8)),
            Rule.of(
                    "(?:sous|dans la|d' ici une) quinzaine(?! de)|(?:with)?in a fortnight",
                    (found, said) -> said.days(found, 15)),
            Rule.of(
                    WITHIN + " (?:(?:" + NUMBER + ") ?(?:h|j|heures|jours)? (?:a|ou|to|or|et) )?(?<n>" + NUMBER
                            + ")(?: de| d'| petites?| full| short)?"
                            + " ?(?<kind>(?:working|business|office) )?(?<unit>minutes?|mins?|mn|heures?|h|hours?|hrs?|jours?|j"
                            + "|days?|semaines?|weeks?|mois|months?)(?: (?<work>ouvree?s?|ouvrables?))?",
                    (found, said) -> said.within(found)),
            // Days.
            Rule.of("apres demain|(?:the )?day after tomorrow", (found, said) -> said.days(found, 2)),
            Rule.of("demain|tomorrow", (found, said) -> said.days(found, 1)),
            Rule.of(
                    "aujourd'hui|today|ce jour|eod|cob|(?:the )?(?:end|close) of (?:the |this )?(?:day|business)"
                            + "|(?:en |la )?fin de (?:la )?journee|dans la journee",
                    (found, said) -> said.day(found, said.today)),
            Rule.of(
                    "debut (?:de (?:la )?)?semaine prochaine|early next week|(?:the )?(?:start|beginning) of next week",
                    (found, said) -> said.day(found, said.nextWeek(DayOfWeek.TUESDAY))),
            Rule.of(
                    "(?:en )?milieu (?:de (?:la )?)?semaine prochaine|mid next week|(?:the )?middle of next week",
                    (found, said) -> said.day(found, said.nextWeek(DayOfWeek.WEDNESDAY))),
            Rule.of(
                    WEEKDAY + " (?:de la )?semaine prochaine|" + WEEKDAY.replace("?<weekday>", "?<weekday2>")
                            + " next week",
                    (found, said) -> said.day(
                            found,
                            said.nextWeek(weekday(
                                    found.group("weekday") != null
                                            ? found.group("weekday")
                                            : found.group("weekday2"))))),
            Rule.of(
                    "(?:(?:la )?fin (?:de )?(?:la )?)?semaine prochaine|(?:(?:the )?end of )?next week",
                    (found, said) -> said.day(found, said.nextWeek(DayOfWeek.FRIDAY))),
            Rule.of(
                    "(?:la )?fin (?:de |de la |de cette )?semaine|cette semaine|courant de (?:la )?semaine|dans la semaine"
                            + "|(?:the )?end of (?:the |this )?week|this week|eow",
                    (found, said) -> said.day(found, said.thisOrNext(DayOfWeek.FRIDAY))),
            Rule.of("(?:en )?debut de semaine", (found, said) -> said.day(found, said.thisOrNext(DayOfWeek.TUESDAY))),
            Rule.of(
                    "(?:ce|le|dans le) week end|(?:this|the|over the) weekend",
                    (found, said) -> said.day(found, said.thisOrNext(DayOfWeek.SUNDAY))),
            Rule.of(
                    "(?:la )?fin (?:du|de ce) mois|ce mois ci|dans le mois|courant du mois|(?:the )?end of (?:the|this) month"
                            + "|this month",
                    (found, said) -> said.day(found, said.today.with(TemporalAdjusters.lastDayOfMonth()))),
            Rule.of(
                    "(?:(?:la )?fin (?:du |de )?)?(?:le |du )?mois prochain|(?:the end of )?next month",
                    (found, said) ->
                            said.day(found, said.today.plusMonths(1).with(TemporalAdjusters.lastDayOfMonth()))),
            Rule.of(
                    "(?:la )?fin (?:d'|de l') ?annee|(?:the )?(?:end of the year|year end)",
                    (found, said) -> said.day(found, said.today.with(TemporalAdjusters.lastDayOfYear()))),
            Rule.of("(?<year>20\\d\\d) (?<monthNumber>\\d\\d) (?<day>\\d\\d)", (found, said) -> said.numeric(found)),
            Rule.of(
                    "(?<day>\\d{1,2})/(?<monthNumber>\\d{1,2})(?:/(?<year>20\\d\\d|\\d\\d))?",
                    (found, said) -> said.numeric(found)),
            Rule.of(
                    "(?<day>\\d{1,2}|premier)(?:er|st|nd|rd|th)?(?: of)? " + MONTH + "(?: ,)?(?: (?<year>20\\d\\d))?",
                    (found, said) -> said.dated(found)),
            Rule.of(
                    MONTH + " (?:the )?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:(?: ,)? (?<year>20\\d\\d))?",
                    (found, said) -> said.dated(found)),
            Rule.of(
                    WEEKDAY + "(?: le)?(?: the)? (?<day>\\d{1,2})(?:st|nd|rd|th|er)?(?! ?h(?:eures?)? )(?! ?[ap]m )",
                    (found, said) -> said.dayOfMonth(found)),
            Rule.of(
                    "(?:le (?<day>\\d{1,2}|1er)(?= (?:,|au plus|inclus|du mois|prochain|dans|a \\d| *$|pour|avec|sans|et|en|matin))"
                            + "|the (?<day2>\\d{1,2})(?:st|nd|rd|th))(?: of the month| du mois)?",
                    (found, said) -> said.dayOfMonth(found)),
            Rule.of(
                    "(?:fin|courant|mi|debut|d' ici|by|end of|mid|early|late|by the end of|in|en)(?: (?:la )?(?:fin|mi))?(?: de| d')? "
                            + MONTH + "(?: (?<year>20\\d\\d))?",
                    (found, said) -> said.monthEnd(found)),
            Rule.of(
                    "(?<of>ce |cette |this |next )?" + WEEKDAY
                            + "(?: (?<more>prochain|qui vient|en huit|en 8|en quinze|week))?",
                    (found, said) -> said.weekday(found)),
            // Times of the day.
            Rule.of(
                    "(?:fin d' )?(?<this>cet |cette |this |l' |dans l' )?(?:apres midi|aprem|afternoon)",
                    (found, said) -> time(found, DAY_END)),
            Rule.of(
                    "(?<this>ce |this )?(?:soir|evening|(?<night>tonight))|(?:en |dans la )?soiree",
                    (found, said) -> time(found, EVENING_END)),
            Rule.of(
                    "(?<this>ce |this )?(?:matin|morning)|(?:dans la |en |fin de )?matinee",
                    (found, said) -> time(found, NOON)),
            Rule.of("midi|noon|midday", (found, said) -> time(found, NOON)),
            Rule.of("(?<hour>\\d{1,2})(?::(?<minutes>[0-5]\\d))? ?(?<half>am|pm)", (found, said) -> clock(found)),
            Rule.of(CLOCK, (found, said) -> clock(found)),
            Rule.of("(?<hour>1\\d|20|9|8) o'clock", (found, said) -> clock(found)));

    private final ZonedDateTime said;
    private final LocalDate today;

    Deadlines(ZonedDateTime said) {
        this.said = said;
        this.today = said.toLocalDate();
    }

    /** The expressions in a plain sentence, from left to right; they do not overlap. */
    List<Piece> in(String plain) {
        var left = new StringBuilder(plain);
        var pieces = new ArrayList<Piece>();
        for (Rule rule : RULES) {
            Matcher found = rule.pattern().matcher(left.toString());
            while (found.find()) {
                Piece piece = rule.reader().read(found, this);
                if (piece != null && isDeadline(plain, found.start(), found.end())) {
                    pieces.add(piece);
                } else if (piece instanceof Piece.Time time
                        && BEGINS.matcher(before(plain, found.start())).find()) {
                    pieces.add(new Piece.Time(time.from(), time.to(), endOfWhatBegins(time.time()), time.today()));
                }
                if (piece != null) {
                    left.replace(found.start(), found.end(), "#".repeat(found.end() - found.start()));
                }
            }
        }
        pieces.sort(Comparator.comparingInt(Piece::from));
        return pieces;
    }

    /** When what these expressions say together is over; the latest of several. Empty when that is not ahead. */
    Optional<Instant> due(List<Piece> pieces) {
        Instant moment = Instant.MIN;
        LocalDate day = LocalDate.MIN;
        LocalTime time = LocalTime.MIN;
        boolean today = false;
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Moment counted -> moment = counted.at().isAfter(moment) ? counted.at() : moment;
                case Piece.Day one -> day = one.date().isAfter(day) ? one.date() : day;
                case Piece.Time hour -> {
                    time = hour.time().isAfter(time) ? hour.time() : time;
                    today |= hour.today();
                }
            }
        }
        boolean dated = !day.equals(LocalDate.MIN);
        if (dated || !time.equals(LocalTime.MIN)) {
            Instant at = at(dated ? day : this.today, time.equals(LocalTime.MIN) ? DAY_END : time, dated || today);
            moment = at.isAfter(moment) ? at : moment;
        }
        boolean ahead = moment.isAfter(said.toInstant())
                && moment.isBefore(said.toInstant().plus(FARTHEST));
        return ahead ? Optional.of(moment) : Optional.empty();
    }

    /** Who says « aujourd'hui » at seven in the evening means before midnight; « à 10 h » said at noon means tomorrow. */
    private Instant at(LocalDate day, LocalTime time, boolean dated) {
        ZonedDateTime at = day.atTime(time).atZone(said.getZone());
        if (at.isAfter(said) || !day.equals(today)) {
            return at.toInstant();
        }
        return dated
                ? today.plusDays(1).atStartOfDay(said.getZone()).toInstant()
                : today.plusDays(1).atTime(time).atZone(said.getZone()).toInstant();
    }

    private static boolean isDeadline(String plain, int from, int to) {
        return !NO_DEADLINE.matcher(before(plain, from)).find()
                && !PAST.matcher(plain.substring(to)).find();
    }

    private static String before(String plain, int from) {
        return plain.substring(Math.max(0, from - BEFORE_CHARS), from);
    }

    /** « Demain après 14 h » lasts until the end of the day, « après 18 h » until midnight. */
    private static LocalTime endOfWhatBegins(LocalTime time) {
        return time.isBefore(DAY_END) ? DAY_END : LocalTime.of(23, 59);
    }

    private Piece hours(Matcher found, int minutes) {
        return new Piece.Moment(found.start(), found.end(), said.toInstant().plus(Duration.ofMinutes(minutes)));
    }

    private Piece days(Matcher found, int days) {
        return day(found, today.plusDays(days));
    }

    private Piece day(Matcher found, LocalDate date) {
        return new Piece.Day(found.start(), found.end(), date);
    }

    private @Nullable Piece within(Matcher found) {
        int n = number(found.group("n"));
        String unit = found.group("unit");
        boolean work = found.group("work") != null || found.group("kind") != null;
        if (unit.startsWith("min") || unit.equals("mn")) {
            return hours(found, n);
        }
        if (unit.startsWith("h")) {
            if (isClock(found.group("prep"), n)) {
                return time(found, LocalTime.of(n, 0));
            }
            return work ? day(found, WorkingDays.after(today, (n + 23) / 24)) : hours(found, n * 60);
        }
        if (found.group("prep").equals("avant") && n == 0) {
            return null;
        }
        return switch (unit.charAt(0)) {
            case 'j', 'd' -> day(found, work ? WorkingDays.after(today, n) : today.plusDays(n));
            case 's', 'w' -> day(found, today.plusWeeks(n));
            default -> day(found, today.plusMonths(n));
        };
    }

    /** « d'ici 17 h » and « avant 10 h » are times of the day, « dans 2 h » and « d'ici 48 h » are not. */
    private static boolean isClock(String preposition, int hour) {
        boolean either = preposition.equals("d' ici") || preposition.equals("avant");
        return either && hour >= 8 && hour <= 20;
    }

    private @Nullable Piece numeric(Matcher found) {
        return date(found, Integer.parseInt(found.group("monthNumber")), Integer.parseInt(found.group("day")));
    }

    private @Nullable Piece dated(Matcher found) {
        String day = found.group("day");
        return date(found, month(found), day.equals("premier") ? 1 : Integer.parseInt(day));
    }

    private @Nullable Piece date(Matcher found, int month, int day) {
        String year = found.group("year");
        if (month < 1 || month > 12) {
            return null;
        }
        if (year != null) {
            int full = year.length() == 2 ? 2000 + Integer.parseInt(year) : Integer.parseInt(year);
            return valid(full, month, day).map(date -> day(found, date)).orElse(null);
        }
        return valid(today.getYear(), month, day)
                .filter(date -> !date.isBefore(today))
                .or(() -> valid(today.getYear() + 1, month, day))
                .filter(date -> date.isBefore(today.plusDays(AHEAD_DAYS_MAX)))
                .map(date -> day(found, date))
                .orElse(null);
    }

    private static Optional<LocalDate> valid(int year, int month, int day) {
        boolean there = day >= 1 && day <= LocalDate.of(year, month, 1).lengthOfMonth();
        return there ? Optional.of(LocalDate.of(year, month, day)) : Optional.empty();
    }

    private @Nullable Piece dayOfMonth(Matcher found) {
        String written = found.group("day") != null ? found.group("day") : found.group("day2");
        int day = written.equals("1er") ? 1 : Integer.parseInt(written);
        if (day < 1 || day > 31) {
            return null;
        }
        LocalDate month = today.withDayOfMonth(1);
        while (month.lengthOfMonth() < day || month.withDayOfMonth(day).isBefore(today)) {
            month = month.plusMonths(1);
        }
        return day(found, month.withDayOfMonth(day));
    }

    private @Nullable Piece monthEnd(Matcher found) {
        int month = month(found);
        String year = found.group("year");
        int its = year != null ? Integer.parseInt(year) : today.getYear() + (month < today.getMonthValue() ? 1 : 0);
        LocalDate end = LocalDate.of(its, month, 1).with(TemporalAdjusters.lastDayOfMonth());
        return year == null && end.isAfter(today.plusDays(AHEAD_DAYS_MAX)) ? null : day(found, end);
    }

    private Piece weekday(Matcher found) {
        DayOfWeek weekday = weekday(found.group("weekday"));
        String of = found.group("of");
        String more = found.group("more");
        if (more != null && (more.startsWith("en ") || more.equals("week"))) {
            int weeks = more.equals("en quinze") ? 2 : 1;
            return day(found, today.with(TemporalAdjusters.next(weekday)).plusWeeks(weeks));
        }
        if ("next ".equals(of) || "prochain".equals(more)) {
            return day(found, nextWeek(weekday));
        }
        return day(found, of != null ? thisOrNext(weekday) : today.with(TemporalAdjusters.next(weekday)));
    }

    /** That day of this week, or of the next one once it is over. */
    private LocalDate thisOrNext(DayOfWeek weekday) {
        LocalDate day = today.with(TemporalAdjusters.nextOrSame(weekday));
        boolean over = day.equals(today) && !said.toLocalTime().isBefore(DAY_END);
        return over ? day.plusWeeks(1) : day;
    }

    private LocalDate nextWeek(DayOfWeek weekday) {
        return today.with(TemporalAdjusters.next(DayOfWeek.MONDAY)).with(TemporalAdjusters.nextOrSame(weekday));
    }

    private static Piece time(Matcher found, LocalTime time) {
        boolean today = found.group().startsWith("ce")
                || found.group().startsWith("this")
                || found.group().equals("tonight");
        return new Piece.Time(found.start(), found.end(), time, today);
    }

    private static @Nullable Piece clock(Matcher found) {
        int hour = Integer.parseInt(found.group("hour"));
        String half = group(found, "half");
        if (half != null) {
            hour = hour % 12 + (half.equals("pm") ? 12 : 0);
        }
        String minutes = group(found, "minutes") != null ? group(found, "minutes") : group(found, "minute");
        if (hour > 23) {
            return null;
        }
        int minute = minutes == null ? 0 : Integer.parseInt(minutes);
        return new Piece.Time(found.start(), found.end(), LocalTime.of(hour, minute), false);
    }

    private static @Nullable String group(Matcher found, String name) {
        return found.namedGroups().containsKey(name) ? found.group(name) : null;
    }

    private static int number(String written) {
        Integer known = NUMBERS.get(written);
        return known != null ? known : Integer.parseInt(written);
    }

    private static DayOfWeek weekday(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (WEEKDAYS.get(day.getValue() - 1).contains(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static int month(Matcher found) {
        String name = found.group("month");
        for (int i = 0; i < MONTHS.size(); i++) {
            if (Pattern.compile(MONTHS.get(i)).matcher(name).lookingAt()) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(name);
    }
}
