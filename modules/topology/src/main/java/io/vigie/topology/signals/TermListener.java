package io.vigie.topology.signals;

import io.vigie.events.Signal;
import io.vigie.events.SignalCause;
import io.vigie.events.SignalKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Listens for terms that were never or hardly heard about an offer and that several customers use within a day.
 *
 * <p>What is to be expected of such a term is learned like the rate of a theme: half a mention, and what was heard of it, in
 * the time that rare terms are remembered; or what its use about all offers makes expect of this one, when that is more. The
 * likelihood is held against the part of the budget that is for terms, divided by the rare terms that are heard in a month
 * (see {@link SignalDetector}).
 *
 * <p>A term is remembered only until it is known, so that what is kept grows with the news and not with the words said. A
 * pair of words is looked at once both are known: when one of them is new, it says so itself.
 */
final class TermListener {
    static final char KIND = 'w';
    private static final double TERMS_PART = 0.5;
    private static final double LIKELIHOOD_MAX = 0.002;
    private static final double PRIOR = 0.5;
    /** One mention in ten of a rare term brings another by itself: an article read by two, a campaign of a day. */
    private static final double DISPERSION = 1.1;

    private static final int OBSERVED_MIN = 3;
    private static final int SAMPLED = 16;
    private static final int EVIDENCE_MAX = 20;

    private final SignalSettings settings;
    private final Saved saved;

    TermListener(SignalSettings settings, Saved saved) {
        this.settings = settings;
        this.saved = saved;
    }

    /** A term that is unusual by now. */
    private record News(Term term, TermHistory history, boolean common, double expected, double likelihood) {
        boolean isBetterThan(@Nullable News other) {
            return other == null
                    || likelihood < other.likelihood
                    || (likelihood == other.likelihood && term.isPair() && !other.term.isPair());
        }
    }

    Optional<Signal> hear(Mention mention, List<Term> terms, OfferPast offer, OfferPast all, boolean raises) {
        Map<String, TermHistory> known = new HashMap<>();
        Map<Term, TermHistory> rare = new HashMap<>();
        News news = null;
        int looks = 0;
        for (Term term : terms) {
            if (term.isPair() && !(isKnown(term.first(), known) && isKnown(term.second(), known))) {
                continue;
            }
            TermHistory history = history(mention.offerId(), term, offer.hourNow());
            if (history.isKnown()) {
                if (!history.wasTold(offer.hourNow())) {
                    known.put(term.key(), history);
                }
                hearKnownElsewhere(mention, term, all);
                if (history.note(offer.hourNow())) {
                    write(mention.offerId(), term, history);
                }
                continue;
            }
            looks++;
            rare.put(term, history);
            News found = hearRare(mention, term, history, offer, all, raises);
            news = found != null && found.isBetterThan(news) ? found : news;
        }
        offer.addRareTerms(looks);
        // Before they are told, and what is known of them is let go.
        Optional<Signal> signal =
                Optional.ofNullable(news).map(told -> signal(mention, told, offer, neighbours(told, rare, offer)));
        if (news != null) {
            rare.values().stream()
                    .filter(history -> history.recent().size() > 1)
                    .forEach(history -> history.tell(offer.hourNow()));
        }
        rare.forEach((term, history) -> write(mention.offerId(), term, history));
        return signal;
    }

    /** What is known here may be new elsewhere: one mention in so many is counted, for that many. */
    private void hearKnownElsewhere(Mention mention, Term term, OfferPast all) {
        if (Math.floorMod(Hash.of(mention.verbatimId() + ' ' + term.key()), SAMPLED) == 0) {
            TermHistory everywhere = history(SignalDetector.ALL_OFFERS, term, all.hourNow());
            everywhere.addBefore(OfferPast.hour(mention.occurredAt().toEpochMilli()), SAMPLED);
            write(SignalDetector.ALL_OFFERS, term, everywhere);
        }
    }

    private static boolean isKnown(@Nullable String word, Map<String, TermHistory> known) {
        return word == null || known.containsKey(word);
    }

    private @Nullable News hearRare(
            Mention mention, Term term, TermHistory history, OfferPast offer, OfferPast all, boolean raises) {
        long hour = OfferPast.hour(mention.occurredAt().toEpochMilli());
        boolean another = history.add(offer.hourNow(), hour, mention.customer(), mention.verbatimId());
        TermHistory everywhere = history(SignalDetector.ALL_OFFERS, term, all.hourNow());
        everywhere.add(all.hourNow(), hour, mention.customer(), "");
        write(SignalDetector.ALL_OFFERS, term, everywhere);
        int observed = history.recent().size();
        if (!another || !raises || observed < OBSERVED_MIN) {
            return null;
        }
        double mean = Math.max(ownRate(history, offer), rateElsewhere(everywhere, offer, all)) * crowd(offer);
        double known = PRIOR + Math.max(history.before(), everywhere.isCommon() ? everywhere.before() : 0);
        double likelihood = Expectation.of(mean, known, 0, DISPERSION).tail(observed);
        double threshold = Math.min(LIKELIHOOD_MAX, settings.falseAlarmsPerMonth() * TERMS_PART / looksPerMonth(offer));
        return likelihood <= threshold ? new News(term, history, everywhere.isCommon(), mean, likelihood) : null;
    }

    /** Per day. */
    private static double ownRate(TermHistory history, OfferPast offer) {
        long hours = Math.min(TermHistory.RARE_HOURS, offer.hourNow() - offer.first());
        return (PRIOR + history.before()) * Counts.DAY / (double) Math.max(Counts.DAY, hours);
    }

    /** Per day, in this offer's part of what is said about all. */
    private static double rateElsewhere(TermHistory everywhere, OfferPast offer, OfferPast all) {
        long hours = Math.max(Season.HOURS, all.hourNow() - everywhere.born());
        return everywhere.before()
                * Counts.DAY
                / (double) hours
                * Math.min(1, offer.verbatimsPerDay() / all.verbatimsPerDay());
    }

    /** On a day when many more speak than usual, more is said of everything. */
    private static double crowd(OfferPast offer) {
        return Math.max(1, offer.lastDay() / offer.verbatimsPerDay());
    }

    private static double looksPerMonth(OfferPast offer) {
        return Math.max(1, offer.verbatimsPerDay() * 7 * Outlook.WEEKS_PER_MONTH * offer.rareTermsPerVerbatim());
    }

    private TermHistory history(String offerId, Term term, long now) {
        var history = saved.get(key(offerId, term), TermHistory::read, () -> new TermHistory(now));
        if (history.forgottenAt(now)) {
            return new TermHistory(now);
        }
        history.advance(now);
        return history;
    }

    private void write(String offerId, Term term, TermHistory history) {
        saved.put(key(offerId, term), history::write);
    }

    /** A hash is enough: no words are kept. */
    private static String key(String offerId, Term term) {
        return SignalDetector.key(KIND, offerId, Long.toHexString(Hash.of(term.key())));
    }

    /**
     * Rare terms of the verbatim that several customers use along with the news, the strongest first. Of one that is known nobody
     * remembers where it was used; and no word of a single customer is told.
     */
    private static List<SignalCause> neighbours(News news, Map<Term, TermHistory> rare, OfferPast offer) {
        Set<String> told = verbatims(news.history());
        var causes = new ArrayList<SignalCause>();
        rare.forEach((term, history) -> {
            Set<String> common = verbatims(history);
            common.retainAll(told);
            if (common.size() >= OBSERVED_MIN && !overlap(news.term(), term)) {
                double heard = offer.verbatimsPerDay()
                        * Math.min(TermHistory.RARE_HOURS, offer.hourNow() - offer.first())
                        / Counts.DAY;
                causes.add(Usual.cause("word=" + term.written(), common.size(), told.size(), history.before(), heard));
            }
        });
        return Usual.strongest(causes);
    }

    private static Set<String> verbatims(TermHistory history) {
        return history.recent().stream().map(TermHistory.Recent::verbatimId).collect(Collectors.toSet());
    }

    /** Whether one is the other, or a word of it. */
    private static boolean overlap(Term one, Term other) {
        return !Collections.disjoint(
                List.of(one.key().split(" ", -1)), List.of(other.key().split(" ", -1)));
    }

    private static Signal signal(Mention mention, News news, OfferPast offer, List<SignalCause> neighbours) {
        SignalKind kind = news.common() ? SignalKind.RISE : SignalKind.NEW_TERM;
        List<TermHistory.Recent> recent = news.history().recent();
        Instant start = Rise.instant(offer.hourNow() - Counts.DAY);
        long since = recent.stream().mapToLong(TermHistory.Recent::hour).min().orElse(offer.hourNow());
        var ids = new ArrayList<String>();
        for (int i = recent.size() - 1; i >= 0 && ids.size() < EVIDENCE_MAX; i--) {
            ids.add(recent.get(i).verbatimId());
        }
        return Signal.newBuilder()
                .setSignalId(String.join(
                        "|", mention.offerId(), kind.name(), news.term().key(), start.toString()))
                .setKind(kind)
                .setOfferId(mention.offerId())
                .setTerm(news.term().written())
                .setWindowStart(start)
                .setWindowEnd(offer.now())
                .setSince(Rise.instant(since))
                .setDetectedAt(mention.heardAt())
                .setObserved(recent.size())
                .setExpected(news.expected())
                .setFalseAlarmsPerMonth(news.likelihood() * looksPerMonth(offer))
                .setExplanation(neighbours)
                .setVerbatimIds(ids)
                .build();
    }
}
