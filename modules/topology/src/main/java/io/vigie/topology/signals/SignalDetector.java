package io.vigie.topology.signals;

import io.vigie.events.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hears mentions one by one and says when something is unusual. One thread at a time.
 *
 * <p><b>Rises.</b> For each offer and theme, the distinct customers of the last 1, 6, 24 hours and 7 days are held against
 * what the past makes expect of those very hours of the week. The count of a window is negative binomial, as in the
 * surveillance algorithm of Noufaily et al. (Statistics in Medicine 32, 2013), which mends that of Farrington et al. (1996):
 * Poisson counts, whose variance is enlarged by how bursty the offer's customers are (quasi-Poisson dispersion, estimated by
 * day and by week and drawn to that of the whole offer), by what is not known of the rate (the Gamma distribution that
 * Jeffreys' prior becomes after what was heard) and of the season. As there, a past outbreak counts little: a day's count
 * enters the baseline cut at what is exceeded once in a thousand days. As in EARS C3 (Hutwagner et al. 2003), the last seven
 * days are no part of the baseline.
 *
 * <p><b>The rate of false alarms</b> is kept by a count of looks. A look is taken only when somebody says something, at
 * each window, and its likelihood is computed as seen from that mention. By Campbell's and Mecke's formulas the expected
 * number of false alarms is then at most the number of looks times the threshold, however much windows, themes and successive
 * looks depend on each other. So the threshold is the budget of false alarms of a month divided by the looks of a month: a
 * quiet offer has few looks, and a lenient threshold. Scan statistics (Kulldorff 2001) and CUSUM charts (Lucas 1985) were
 * the alternatives; the first needs simulation for its threshold as soon as counts are neither Poisson nor stationary, the
 * second a threshold for each rate, and both hold one series at a time. Half of the budget
 * is for themes, half for {@linkplain TermListener terms}.
 *
 * <p><b>Once.</b> A customer counts once a week per theme, once a day per term. What was heard before must be handed over
 * {@linkplain Mention#learningOnly for learning only}.
 */
public final class SignalDetector {
    /** Stands for all offers together; no offer id is empty. */
    public static final String ALL_OFFERS = "";

    private static final int[] WINDOW_HOURS = {1, 6, Counts.DAY, Season.HOURS};
    private static final double THEMES_PART = 0.5;
    private static final double LIKELIHOOD_MAX = 0.005;
    /** Fewer customers than these are no signal, however unlikely. */
    private static final int OBSERVED_MIN = 3;
    /** A rise by less is not worth telling, however sure. */
    private static final double RATIO_MIN = 1.5;

    private final SignalSettings settings;
    private final Saved saved;
    private final TermListener terms;

    public SignalDetector(SignalSettings settings, SignalState state) {
        this.settings = settings;
        this.saved = new Saved(state);
        this.terms = new TermListener(settings, saved);
    }

    /** What a mention makes a signal; mostly nothing. */
    public List<Signal> hear(Mention mention) {
        return hear(mention, Term.of(mention.text()));
    }

    /**
     * As {@link #hear(Mention)}, for whoever has the text read himself.
     *
     * @param words the terms of its text
     */
    public List<Signal> hear(Mention mention, List<Term> words) {
        OfferPast offer = past(mention.offerId(), mention);
        OfferPast all = past(ALL_OFFERS, mention);
        if (!offer.advance(mention.occurredAt()) || !all.advance(mention.occurredAt())) {
            return List.of();
        }
        var signals = new ArrayList<Signal>();
        boolean raises = mention.raises() && offer.learnedFor(settings.learning());
        for (String theme : mention.themes()) {
            hearTheme(mention, theme, offer, all, raises).ifPresent(signals::add);
        }
        if (!mention.text().isEmpty()) {
            terms.hear(mention, words, offer, all, raises).ifPresent(signals::add);
            offer.add(mention, settings.zone());
            all.add(mention, settings.zone());
        }
        saved.put(key('o', mention.offerId(), ""), offer::write);
        saved.put(key('o', ALL_OFFERS, ""), all::write);
        return signals;
    }

    /** Whether this is the key of a term, and its offer's then; of all entries, those of terms grow with what is said. */
    public static Optional<String> offerOfTerm(String key) {
        return key.charAt(0) == TermListener.KIND ? Optional.of(key.substring(1, key.indexOf('\0'))) : Optional.empty();
    }

    /**
     * Whether the entry of a term says no more than none would, because the term was last heard so long ago.
     *
     * @param now event time; the newest of the offer's when that is later
     */
    public boolean isForgotten(String key, byte[] value, Instant now) {
        String offerId = offerOfTerm(key).orElseThrow();
        var offer = saved.get(key('o', offerId, ""), OfferPast::read, () -> OfferPast.startingAt(now));
        long hour = Math.max(offer.hourNow(), OfferPast.hour(now.toEpochMilli()));
        return saved.read(key, value, TermHistory::read).forgottenAt(hour);
    }

    static String key(char kind, String offerId, String what) {
        return kind + offerId + '\0' + what;
    }

    private OfferPast past(String offerId, Mention mention) {
        return saved.get(key('o', offerId, ""), OfferPast::read, () -> OfferPast.startingAt(mention.occurredAt()));
    }

    private Optional<Signal> hearTheme(Mention mention, String theme, OfferPast offer, OfferPast all, boolean raises) {
        long hour = OfferPast.hour(mention.occurredAt().toEpochMilli());
        String key = key('s', mention.offerId(), theme);
        var series = saved.get(key, Series::read, () -> Series.startingAt(offer.hourNow()));
        var outlook = new Outlook(offer, settings.zone());
        outlook.bringToNow(series);
        Optional<Signal> signal = Optional.empty();
        if (series.add(hour, mention, theme)) {
            Counts everywhere = hearEverywhere(hour, theme, all);
            if (raises && !series.quietAt(offer.hourNow())) {
                signal = look(mention, theme, series, outlook, everywhere);
            }
        }
        signal.ifPresent(told -> series.tell(
                OfferPast.hour(told.getWindowStart().toEpochMilli()),
                offer.hourNow() + settings.coolDown().toHours() + 1));
        saved.put(key, series::write);
        return signal;
    }

    private Counts hearEverywhere(long hour, String theme, OfferPast all) {
        String key = key('s', ALL_OFFERS, theme);
        var counts = saved.get(key, Counts::read, () -> new Counts(all.hourNow()));
        counts.forgetBefore(all.first());
        counts.advance(all.hourNow(), (day, count, week) -> count);
        counts.add(hour);
        saved.put(key, counts::write);
        return counts;
    }

    private Optional<Signal> look(Mention mention, String theme, Series series, Outlook outlook, Counts everywhere) {
        double looks = outlook.themesPerMonth() * WINDOW_HOURS.length;
        double threshold = Math.min(LIKELIHOOD_MAX, settings.falseAlarmsPerMonth() * THEMES_PART / looks);
        double least = threshold;
        Optional<Rise> found = Optional.empty();
        for (int hours : WINDOW_HOURS) {
            int observed = series.counts().between(outlook.hourNow() - hours, outlook.hourNow());
            Expectation expected = outlook.expected(series, hours);
            if (observed >= OBSERVED_MIN && observed >= RATIO_MIN * expected.mean()) {
                double likelihood = expected.tail(observed);
                if (likelihood <= least) {
                    least = likelihood;
                    found = Optional.of(new Rise(hours, observed, expected.mean(), likelihood * looks));
                }
            }
        }
        return found.map(rise -> rise.signal(mention, theme, series, outlook, everywhere));
    }
}
