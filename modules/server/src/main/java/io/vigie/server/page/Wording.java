package io.vigie.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * How one page says what it says: the only way from a template to words, numbers and dates. A text is found by its key in
 * {@code texts_fr.properties} and {@code texts_en.properties}; {@code {0}}, {@code {1}} in it stand for values, of which
 * numbers and instants are written as the language writes them.
 */
public final class Wording {
    private final Language language;
    private final Texts texts;
    private final Typography typography;

    public Wording(Language language, ZoneId zone) {
        this.language = language;
        this.texts = Texts.of(language);
        this.typography = new Typography(language, zone);
    }

    /** French words with the narrow spaces that French sets; for words that come from elsewhere than the texts. */
    public static String french(String text) {
        return Typography.spaced(text, Language.FRENCH);
    }

    public Language language() {
        return language;
    }

    public ZoneId zone() {
        return typography.zone();
    }

    /**
     * The text of a key with its values in place.
     *
     * @throws IllegalArgumentException when there is no such text
     */
    public String say(String key, Object... values) {
        return filled(texts.text(key), values);
    }

    /**
     * The text for so many: {@code key.one} or {@code key.other}, where {@code {0}} is the number. Of nothing, French says
     * one and English says other.
     */
    public String count(String key, long number, Object... more) {
        Object[] values = new Object[more.length + 1];
        values[0] = number;
        System.arraycopy(more, 0, values, 1, more.length);
        return say(key + (isOne(number) ? ".one" : ".other"), values);
    }

    /** The text of a key when there is one, else the other words. */
    public String name(String key, String otherwise) {
        return texts.find(key).orElse(otherwise);
    }

    public Optional<String> find(String key) {
        return texts.find(key);
    }

    public String number(long number) {
        return typography.number(number);
    }

    public String decimal(double number, int digits) {
        return typography.decimal(number, digits);
    }

    /**
     * A share with its sign of percent.
     *
     * @param share 1 is 100 %
     */
    public String percent(double share) {
        return typography.percent(share, digits(share));
    }

    public String signedPercent(double share) {
        return typography.signedPercent(share, digits(share));
    }

    private static int digits(double share) {
        return share != 0 && Math.abs(share) < 0.1 ? 1 : 0;
    }

    public String day(Instant instant) {
        return typography.day(instant);
    }

    public String day(LocalDate date) {
        return typography.day(date);
    }

    public String shortDay(Instant instant) {
        return typography.shortDay(instant);
    }

    public String month(Instant instant) {
        return typography.month(instant);
    }

    public String time(Instant instant) {
        return typography.time(instant);
    }

    /** Day and time. */
    public String moment(Instant instant) {
        return typography.moment(instant);
    }

    /** In the quotation marks of the language. */
    public String quoted(String text) {
        return typography.quoted(text);
    }

    /** A name and its value. */
    public String pair(String name, String value) {
        return name + typography.colon() + value;
    }

    /** How long something took or lasts, in its largest unit. */
    public String lasting(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return count("lasting.seconds", seconds);
        }
        if (seconds < 3600) {
            return count("lasting.minutes", seconds / 60);
        }
        return seconds < 2 * 86_400 ? count("lasting.hours", seconds / 3600) : count("lasting.days", seconds / 86_400);
    }

    private boolean isOne(long number) {
        return language == Language.FRENCH ? Math.abs(number) < 2 : Math.abs(number) == 1;
    }

    /** In one pass, so that a value with braces in it stays as it is. */
    private String filled(String text, Object... values) {
        if (values.length == 0) {
            return text;
        }
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int place = place(text, at);
            if (place >= 0 && place < values.length) {
                out.append(written(values[place]));
                at += 3;
            } else {
                out.append(text.charAt(at));
                at++;
            }
        }
        return out.toString();
    }

    /** The number in braces that begin here, or -1. */
    private static int place(String text, int at) {
        boolean braces = text.charAt(at) == '{' && at + 2 < text.length() && text.charAt(at + 2) == '}';
        return braces ? Character.digit(text.charAt(at + 1), 10) : -1;
    }

    private String written(Object value) {
        return switch (value) {
            case Long number -> number(number);
            case Integer number -> number(number);
            case Instant instant -> moment(instant);
            case LocalDate date -> day(date);
            default -> value.toString();
        };
    }
}
