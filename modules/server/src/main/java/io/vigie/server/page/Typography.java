package io.vigie.server.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How each language writes numbers, dates and the spaces around its punctuation. */
final class Typography {
    /** Narrow and unbreakable, as French printers set it. */
    static final char NARROW = '\u202f';

    private static final char UNBREAKABLE = '\u00a0';
    private static final int GROUP = 3;

    private final Language language;
    private final ZoneId zone;
    private final DateTimeFormatter day;
    private final DateTimeFormatter shortDay;
    private final DateTimeFormatter moment;
    private final DateTimeFormatter time;
    private final DateTimeFormatter month;

    Typography(Language language, ZoneId zone) {
        this.language = language;
        this.zone = zone;
        this.day = format("d MMM uuuu");
        this.shortDay = format("d MMM");
        this.moment = format("d MMM uuuu HH:mm");
        this.time = format("HH:mm");
        this.month = format("MMM uuuu");
    }

    private DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language.locale()).withZone(zone);
    }

    ZoneId zone() {
        return zone;
    }

    String number(long number) {
        return grouped(Long.toString(Math.abs(number)), number < 0);
    }

    /** @param digits behind the decimal sign, 0 to 6 */
    String decimal(double number, int digits) {
        String plain = String.format(Locale.ROOT, "%." + digits + "f", Math.abs(number));
        int point = plain.indexOf('.');
        String whole = point < 0 ? plain : plain.substring(0, point);
        String rest = point < 0 ? "" : (french() ? "," : ".") + plain.substring(point + 1);
        boolean isZero = plain.chars().noneMatch(c -> c >= '1' && c <= '9');
        return grouped(whole, number < 0 && !isZero) + rest;
    }

    /** @param share 1 is 100 % */
    String percent(double share, int digits) {
        return decimal(100 * share, digits) + (french() ? NARROW + "%" : "%");
    }

    /** With its sign, also when it is above 0. */
    String signedPercent(double share, int digits) {
        return (share > 0 ? "+" : "") + percent(share, digits);
    }

    String day(Instant instant) {
        return first(day.format(instant));
    }

    String day(LocalDate date) {
        return day(date.atStartOfDay(zone).toInstant());
    }

    String shortDay(Instant instant) {
        return first(shortDay.format(instant));
    }

    String moment(Instant instant) {
        return first(moment.format(instant));
    }

    /** Of the days of a month only the first is an ordinal in French. */
    private String first(String date) {
        return french() && date.startsWith("1 ") ? "1er" + date.substring(1) : date;
    }

    String time(Instant instant) {
        return time.format(instant);
    }

    String month(Instant instant) {
        return month.format(instant);
    }

    /** The same text with the spaces that must not break, as its language sets them. */
    static String spaced(String text, Language language) {
        if (language != Language.FRENCH) {
            return text;
        }
        return text.replaceAll(" ([:;!?»%])", NARROW + "$1").replace("« ", "«" + NARROW);
    }

    private String grouped(String digits, boolean negative) {
        var out = new StringBuilder(negative ? "\u2212" : "");
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % GROUP == 0) {
                out.append(french() ? NARROW : ',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }

    /** A quotation in the marks of the language. */
    String quoted(String text) {
        return french() ? "«" + NARROW + text + NARROW + "»" : "“" + text + "”";
    }

    /** Between a name and its value, such as a colon. */
    String colon() {
        return french() ? NARROW + ":" + UNBREAKABLE : ":" + UNBREAKABLE;
    }

    private boolean french() {
        return language == Language.FRENCH;
    }
}
