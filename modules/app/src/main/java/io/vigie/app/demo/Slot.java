package io.vigie.app.demo;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/** What may stand between braces in a text. */
enum Slot {
    TOWN,
    STREET,
    FIRST,
    LAST,
    PHONE,
    MOBILE,
    MAIL,
    IBAN,
    CARD,
    /** The customer number as printed on a bill. */
    CUSTOMER,
    /** The number of a support case. */
    CASE,
    /** A recent day, without its year. */
    DATE,
    /** A day to come, without its year. */
    SOON,
    WEEKDAY,
    /** A sum of money below 200 euros, without the sign. */
    AMOUNT,
    /** A sum of whole euros, from 300 to 4,000. */
    LARGE,
    /** A count from 2 to 19. */
    N;

    private static final Pattern OPEN = Pattern.compile("\\{([a-z]+)}");

    /** Who speaks, on which day and in which language: what the slots are filled from. */
    record Moment(Customer customer, LocalDate day, Locale language) {}

    /**
     * @throws IllegalArgumentException when a name between braces is not a slot
     */
    static String fill(String text, Moment moment, Random random) {
        return OPEN.matcher(text)
                .replaceAll(
                        open -> valueOf(open.group(1).toUpperCase(Locale.ROOT)).value(moment, random));
    }

    private String value(Moment moment, Random random) {
        var customer = moment.customer();
        return switch (this) {
            case TOWN -> customer.town();
            case STREET -> customer.street();
            case FIRST -> customer.first();
            case LAST -> customer.last();
            case PHONE -> customer.phone();
            case MOBILE -> customer.mobile();
            case MAIL -> customer.mail();
            case IBAN -> customer.iban();
            case CARD -> customer.card();
            case CUSTOMER -> customer.id();
            case CASE -> "D-" + (2_000_000 + random.nextInt(900_000));
            case DATE -> spoken(moment.day().minusDays(1 + random.nextInt(12)), moment.language());
            case SOON -> spoken(moment.day().plusDays(3 + random.nextInt(18)), moment.language());
            case WEEKDAY -> DayOfWeek.of(1 + random.nextInt(6)).getDisplayName(TextStyle.FULL, moment.language());
            case AMOUNT -> String.format(moment.language(), "%.2f", 9.99 + random.nextInt(190));
            case LARGE -> Integer.toString(300 + 50 * random.nextInt(75));
            case N -> Integer.toString(2 + random.nextInt(18));
        };
    }

    private static String spoken(LocalDate day, Locale language) {
        var first = day.getDayOfMonth() == 1 && language.equals(Locale.FRENCH);
        return DateTimeFormatter.ofPattern(first ? "d'er' MMMM" : "d MMMM", language)
                .format(day);
    }
}
