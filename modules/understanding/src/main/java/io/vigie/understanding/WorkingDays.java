package io.vigie.understanding;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** Monday to Friday, without the public holidays of metropolitan France. */
final class WorkingDays {
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 8),
            MonthDay.of(7, 14),
            MonthDay.of(8, 15),
            MonthDay.of(11, 1),
            MonthDay.of(11, 11),
            MonthDay.of(12, 25));
    /** Easter Monday, Ascension and Whit Monday. */
    private static final Set<Integer> DAYS_AFTER_EASTER = Set.of(1, 39, 50);

    private WorkingDays() {}

    /** The n-th working day after a day. */
    static LocalDate after(LocalDate day, int n) {
        LocalDate last = day;
        for (int left = n; left > 0; ) {
            last = last.plusDays(1);
            left -= is(last) ? 1 : 0;
        }
        return last;
    }

    static boolean is(LocalDate day) {
        return day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0
                && !FIXED.contains(MonthDay.from(day))
                && !DAYS_AFTER_EASTER.contains(
                        day.getDayOfYear() - easter(day.getYear()).getDayOfYear());
    }

    /** Easter Sunday of the Gregorian calendar, as J. M. Oudin computes it (1940). */
    static LocalDate easter(int year) {
        int century = year / 100;
        int golden = year % 19;
        int correction = (century - 17) / 25;
        int moon = (century - century / 4 - (century - correction) / 3 + 19 * golden + 15) % 30;
        moon -= (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
        int weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
        int sunday = moon - weekday;
        int month = 3 + (sunday + 40) / 44;
        return LocalDate.of(year, month, sunday + 28 - 31 * (month / 4));
    }
}
