package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.events.Offer;
import io.vigie.index.Comparison;
import io.vigie.index.Comparison.Compared;
import io.vigie.index.Dimension;
import io.vigie.index.MeanDifference;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.Stats;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Changes;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Measure;
import io.vigie.server.page.Names;
import io.vigie.server.page.Section;
import io.vigie.server.page.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Puts what the index says of an offer into words, each number with its list. */
final class OfferTelling {
    private static final int THEMES_MAX = 12;
    private static final int TONE_DIGITS = 2;

    private final Wording in;
    private final Names names;
    private final OfferFigures figures;
    private final PagePeriod period;

    OfferTelling(Wording in, Names names, OfferFigures figures) {
        this.in = in;
        this.names = names;
        this.figures = figures;
        this.period = figures.period();
    }

    static String path(String offerId) {
        return Section.OFFERS.address() + "/" + Addresses.encoded(offerId);
    }

    /** Owner, segment and dates of an offer, as far as they are known. */
    static String about(Offer offer, Wording in) {
        var parts = new ArrayList<String>();
        offer.getOwner().ifPresent(owner -> parts.add(in.say("offer.owner", owner)));
        segment(offer, in).ifPresent(parts::add);
        offer.getLaunchedAt().ifPresent(time -> parts.add(in.say("offer.launched", in.day(time))));
        offer.getRetiredAt().ifPresent(time -> parts.add(in.say("offer.retired", in.day(time))));
        return String.join(" · ", parts);
    }

    /** Whom it is sold to; the usual codes in words. */
    static Optional<String> segment(Offer offer, Wording in) {
        return offer.getSegment().map(code -> in.name("value.segment." + code, code));
    }

    List<Measure> measures() {
        SearchRequest all = asking("");
        SearchRequest complaints = OfferFigures.of(all, Intent.COMPLAINT);
        Stats now = stats(figures.all());
        Stats before = stats(figures.former());
        Comparison complained = figures.complaintChange();
        var measures = new ArrayList<Measure>();
        measures.add(measure(
                "offer.verbatims", all, figures.all().total(), figures.former().total()));
        measures.add(measure(
                "offer.complaints",
                complaints,
                complained.first().total(),
                complained.second().total()));
        measures.add(measure("offer.severe", asking(OfferFigures.SEVERE), now.severe(), before.severe()));
        measures.add(measure("offer.leaving", asking(OfferFigures.LEAVING), now.churn(), before.churn()));
        measures.add(measure(
                "offer.negative",
                asking(OfferFigures.NEGATIVE),
                figures.negative().now(),
                figures.negative().before()));
        measures.add(measure(
                "offer.mismatch",
                asking(OfferFigures.MISMATCH),
                figures.mismatched().now(),
                figures.mismatched().before()));
        nps(now, before).ifPresent(measures::add);
        return measures;
    }

    private static Stats stats(SearchResult result) {
        return result.stats()
                .orElseGet(() -> new Stats(OptionalDouble.empty(), 0, 0, 0, 0, 0, OptionalDouble.empty(), 0));
    }

    private Measure measure(String key, SearchRequest request, long now, long before) {
        return new Measure(
                in.count(key, now),
                new Linked(in.number(now), now(request)),
                Optional.of(new Linked(in.number(before), earlier(request))),
                change(now, before));
    }

    private String change(long now, long before) {
        if (before == 0) {
            return now == 0 ? "" : in.say("offer.change.new");
        }
        return now == before ? in.say("offer.change.same") : in.signedPercent((double) (now - before) / before);
    }

    private Optional<Measure> nps(Stats now, Stats before) {
        if (now.nps().isEmpty()) {
            return Optional.empty();
        }
        SearchRequest answered = asking("note:0..10");
        Optional<Linked> former = before.nps().isEmpty()
                ? Optional.empty()
                : Optional.of(new Linked(in.decimal(before.nps().getAsDouble(), 0), earlier(answered)));
        return Optional.of(new Measure(
                in.count("offer.nps", now.npsAnswers()),
                new Linked(in.decimal(now.nps().getAsDouble(), 0), now(answered)),
                former,
                ""));
    }

    /** How the mean tone has changed, unless nothing was said. */
    Optional<String> tone() {
        Optional<MeanDifference> difference = figures.change().sentiment();
        if (difference.isPresent()) {
            MeanDifference means = difference.get();
            String now = in.decimal(means.first().mean(), TONE_DIGITS);
            String before = in.decimal(means.second().mean(), TONE_DIGITS);
            if (!clearly(means)) {
                return Optional.of(in.say("offer.tone.same", before, now));
            }
            return Optional.of(
                    means.difference() > 0
                            ? in.say("offer.tone.better", before, now)
                            : in.say("offer.tone.worse", before, now));
        }
        OptionalDouble mean = stats(figures.all()).sentiment();
        return mean.isEmpty()
                ? Optional.empty()
                : Optional.of(in.say("offer.tone", in.decimal(mean.getAsDouble(), TONE_DIGITS)));
    }

    private static boolean clearly(MeanDifference means) {
        return means.margin().isPresent()
                && Math.abs(means.difference()) > means.margin().getAsDouble();
    }

    /** What is complained about, the most frequent first. */
    Changes themes() {
        List<Compared> all = present(figures.complaintChange(), Dimension.THEME);
        List<Compared> shown = all.subList(0, Math.min(THEMES_MAX, all.size()));
        int more = all.size() - shown.size();
        return new Changes(
                "themes",
                in.say("offer.themes"),
                in.say("offer.theme"),
                rows(shown, each -> names.theme(each.value(), in), true),
                more == 0 ? "" : in.count("offer.themes.more", more));
    }

    Changes channels() {
        return new Changes(
                "channels",
                in.say("offer.channels"),
                in.say("offer.channel"),
                rows(
                        present(figures.change(), Dimension.CHANNEL),
                        each -> names.value(Dimension.CHANNEL.parameter(), each.value(), in),
                        false),
                "");
    }

    /** Words that are used more, and less, than before. */
    List<Changes> words() {
        var words = new ArrayList<Changes>();
        if (!figures.change().rising().isEmpty()) {
            words.add(new Changes(
                    "rising",
                    in.say("offer.rising"),
                    in.say("offer.word"),
                    rows(figures.change().rising(), Compared::value, false),
                    ""));
        }
        if (!figures.change().falling().isEmpty()) {
            words.add(new Changes(
                    "falling",
                    in.say("offer.falling"),
                    in.say("offer.word"),
                    rows(figures.change().falling(), Compared::value, false),
                    ""));
        }
        return words;
    }

    private static List<Compared> present(Comparison comparison, Dimension dimension) {
        return comparison.values().getOrDefault(dimension, List.of()).stream()
                .filter(each -> each.contrast().first() + each.contrast().second() > 0)
                .sorted(Comparator.comparingLong(
                                (Compared each) -> each.contrast().first())
                        .thenComparingLong(each -> each.contrast().second())
                        .reversed())
                .toList();
    }

    private interface Naming {
        String name(Compared each);
    }

    private List<Changes.Row> rows(List<Compared> all, Naming naming, boolean judged) {
        double longest = all.stream()
                .mapToDouble(each -> each.contrast().firstShare())
                .max()
                .orElse(0);
        return all.stream()
                .map(each -> {
                    double share = each.contrast().firstShare();
                    boolean isClear = judged && each.q() <= Comparison.FALSE_DISCOVERIES_MAX;
                    boolean isMore = each.contrast().difference() > 0;
                    return new Changes.Row(
                            naming.name(each),
                            new Linked(in.number(each.contrast().first()), address(each.first())),
                            new Linked(in.number(each.contrast().second()), address(each.second())),
                            percent(longest == 0 ? 0 : share / longest),
                            in.percent(share),
                            points(each.contrast().difference()),
                            isClear ? isMore ? in.say("offer.clear.more") : in.say("offer.clear.less") : "",
                            isClear ? (isMore ? "bad" : "good") : "");
                })
                .toList();
    }

    /** Of a share, in points. */
    private String points(double difference) {
        double points = 100 * difference;
        String number = in.decimal(points, Math.abs(points) < 10 ? 1 : 0);
        return in.say("offer.points", points > 0 ? "+" + number : number);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * part);
    }

    private SearchRequest asking(String query) {
        return OfferFigures.asking(query, figures.offerId());
    }

    private String now(SearchRequest request) {
        return address(period.now(request));
    }

    private String earlier(SearchRequest request) {
        return address(period.earlier(request));
    }

    private String address(SearchRequest request) {
        return ListAddress.of(request, period.zone());
    }
}
