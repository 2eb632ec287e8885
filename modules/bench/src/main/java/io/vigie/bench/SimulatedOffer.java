package io.vigie.bench;

import io.vigie.topology.signals.Mention;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What customers say about an offer on which nothing happens, or just what is ordered: days and nights, weeks and weekends,
 * busy and quiet days, common and rare themes and words, and customers who come in bursts.
 */
final class SimulatedOffer {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);

    /** Share of the verbatims of a day, by hour: few at night, most in the morning. */
    private static final double[] HOURS =
            shares(1, 1, 1, 1, 1, 1, 2, 5, 10, 14, 14, 12, 8, 9, 12, 12, 11, 10, 9, 7, 5, 4, 3, 2);

    /** How busy Monday to Sunday are. */
    private static final double[] DAYS = {1.35, 1.15, 1.1, 1.05, 1.05, 0.8, 0.5};

    private static final int THEMES = 40;
    private static final double[] THEME_SHARES = zipf(THEMES, 1);
    private static final int WORDS = 40_000;
    private static final double[] WORD_SHARES = cumulated(zipf(WORDS, 1.05));
    private static final int WORDS_SAID = 12;
    private static final double SECOND_THEME = 0.3;
    private static final String[] CHANNELS = {"PHONE", "PHONE", "PHONE", "EMAIL", "EMAIL", "CHAT", "WEB"};
    private static final String[] SOURCES = {"zendesk", "zendesk", "genesys", "qualtrics"};

    private final String id;
    private final double perDay;
    private final Noise noise;
    private final SplittableRandom random;
    private final List<Rise> rises = new ArrayList<>();
    private final PriorityQueue<Spoken> waiting = new PriorityQueue<>(Comparator.comparing(Spoken::at));
    private long spoken;

    /** @param perDay verbatims of a usual day */
    SimulatedOffer(String id, double perDay, Noise noise, long seed) {
        this.id = id;
        this.perDay = perDay;
        this.noise = noise;
        this.random = new SplittableRandom(seed);
    }

    /**
     * How far counts are from Poisson.
     *
     * @param dayShape of the Gamma distribution by which all of a day is busier or quieter; 0 for none
     * @param burst how likely it is that a customer is the first of a burst of 2 or more, on the same theme within hours
     * @param follow how likely each further one of a burst is
     */
    record Noise(String name, double dayShape, double burst, double follow) {
        static final Noise POISSON = new Noise("poisson", 0, 0, 0);
        /** Variance about twice the mean in the counts of a theme by day. */
        static final Noise BURSTS = new Noise("bursts", 25, 0.12, 0.6);
    }

    /** For some days a theme is heard so many times as often, or a word is used by so many. */
    record Rise(int theme, double factor, String word, int words, Instant from, Duration lasting) {
        static Rise ofTheme(int theme, double factor, Instant from, Duration lasting) {
            return new Rise(theme, factor, "", 0, from, lasting);
        }

        static Rise ofWord(String word, int words, Instant from, Duration lasting) {
            return new Rise(0, 1, word, words, from, lasting);
        }

        Instant until() {
            return from.plus(lasting);
        }
    }

    private record Spoken(Instant at, int theme, String word) {}

    static String theme(int rank) {
        return "theme." + rank;
    }

    /** Of all verbatims, those with this theme, be it their second. */
    private static double share(int theme) {
        return THEME_SHARES[theme] * (1 + SECOND_THEME);
    }

    void add(Rise rise) {
        rises.add(rise);
    }

    /** Speaks for so many days, in the order of time. */
    void speak(int days, Consumer<Mention> listener) {
        for (int day = 0; day < days; day++) {
            LocalDate date = FIRST_DAY.plusDays(day);
            scatter(date);
            Instant end = date.plusDays(1).atStartOfDay(PARIS).toInstant();
            while (!waiting.isEmpty() && waiting.peek().at().isBefore(end)) {
                listener.accept(mention(waiting.remove()));
            }
        }
    }

    private void scatter(LocalDate date) {
        double busy = DAYS[date.getDayOfWeek().getValue() - 1]
                * (noise.dayShape() == 0 ? 1 : gamma(noise.dayShape()) / noise.dayShape());
        double alone = 1 / (1 + noise.burst() / (1 - noise.follow()));
        for (int hour = 0; hour < HOURS.length; hour++) {
            Instant start = date.atTime(hour, 0).atZone(PARIS).toInstant();
            double usual = perDay * busy * HOURS[hour] * alone;
            scatterThemes(start, usual, 1, -1);
            for (Rise rise : rises) {
                if (!start.isBefore(rise.from()) && start.isBefore(rise.until())) {
                    scatterThemes(start, usual * share(rise.theme()), rise.factor() - 1, rise.theme());
                }
            }
        }
        for (Rise rise : rises) {
            if (rise.words() > 0 && rise.from().atZone(PARIS).toLocalDate().equals(date)) {
                scatterWord(rise);
            }
        }
    }

    private void scatterThemes(Instant start, double usual, double factor, int theme) {
        int count = poisson(usual * factor);
        for (int i = 0; i < count; i++) {
            int its = theme >= 0 ? theme : drawTheme();
            Instant at = start.plusMillis(random.nextLong(3_600_000));
            waiting.add(new Spoken(at, its, ""));
            if (noise.burst() > 0 && random.nextDouble() < noise.burst()) {
                Instant next = at;
                do {
                    next = next.plusSeconds(random.nextLong(5_400));
                    waiting.add(new Spoken(next, its, ""));
                } while (random.nextDouble() < noise.follow());
            }
        }
    }

    private void scatterWord(Rise rise) {
        for (int i = 0; i < rise.words(); i++) {
            Instant at = rise.from().plusMillis(random.nextLong(rise.lasting().toMillis()));
            waiting.add(new Spoken(at, drawTheme(), rise.word()));
        }
    }

    private Mention mention(Spoken what) {
        var themes = new ArrayList<String>();
        themes.add(theme(what.theme()));
        if (random.nextDouble() < SECOND_THEME) {
            String second = theme(drawTheme());
            if (!themes.contains(second)) {
                themes.add(second);
            }
        }
        spoken++;
        return new Mention(
                id + "-" + spoken,
                id,
                what.at(),
                what.at(),
                random.nextLong(),
                themes,
                CHANNELS[random.nextInt(CHANNELS.length)],
                SOURCES[random.nextInt(SOURCES.length)],
                text(what),
                true);
    }

    private String text(Spoken what) {
        var text = new StringBuilder(what.word());
        for (int i = 0; i < WORDS_SAID; i++) {
            text.append(' ').append(word(drawWord()));
        }
        return text.toString();
    }

    /** A made-up word that is neither a stop word nor a plural. */
    private static String word(int rank) {
        var word = new StringBuilder("q");
        for (int rest = rank; rest > 0; rest /= 20) {
            word.append("bcdfghjklmnpqrtvwyza".charAt(rest % 20));
        }
        return word.append("ok").toString();
    }

    private int drawTheme() {
        double left = random.nextDouble();
        int theme = 0;
        while (theme < THEMES - 1 && (left -= THEME_SHARES[theme]) > 0) {
            theme++;
        }
        return theme;
    }

    private int drawWord() {
        int found = java.util.Arrays.binarySearch(WORD_SHARES, random.nextDouble());
        return Math.min(WORDS - 1, found < 0 ? -found - 1 : found);
    }

    /** Knuth's method; means here are small. */
    private int poisson(double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Marsaglia and Tsang 2000, for shapes of 1 and more. */
    private double gamma(double shape) {
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + c * x, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }

    private static double[] zipf(int size, double exponent) {
        var weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = Math.pow(i + 1.0, -exponent);
        }
        return shares(weights);
    }

    private static double[] shares(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        var shares = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            shares[i] = weights[i] / sum;
        }
        return shares;
    }

    private static double[] cumulated(double[] shares) {
        var sums = new double[shares.length];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            sums[i] = sum;
        }
        return sums;
    }
}
