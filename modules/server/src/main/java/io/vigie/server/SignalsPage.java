package io.vigie.server;

import io.vigie.events.Offer;
import io.vigie.events.Signal;
import io.vigie.events.SignalKind;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.PeriodView;
import io.vigie.server.page.Section;
import io.vigie.server.page.SignalsView;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /signaux}: what has risen, the newest first. */
final class SignalsPage {
    private static final int PAGE_SIZE = 25;
    private static final int PAGES_MAX = SignalDirectory.SIGNALS_MAX / PAGE_SIZE;
    private static final Set<String> PARAMETERS = known();

    private final Pages pages;
    private final SearchEndpoint search;
    private final SignalTelling signals;
    private final OfferDirectory offers;

    SignalsPage(Pages pages, SearchEndpoint search, SignalTelling signals, OfferDirectory offers) {
        this.pages = pages;
        this.search = search;
        this.signals = signals;
        this.offers = offers;
    }

    /**
     * What is asked for.
     *
     * @param from as the address has it; empty for always
     * @param to as the address has it
     * @param page from 1
     */
    private record Asked(
            SignalFilter filter, Optional<LocalDate> from, Optional<LocalDate> to, boolean muted, int page) {
        String offer() {
            return filter.offers().stream().findFirst().orElse("");
        }

        /** As parameters of an address, each with an ampersand after it. */
        String kept(boolean withMuted) {
            var kept = new StringBuilder();
            filter.offers().forEach(offer -> add(kept, "offer", offer));
            filter.themes().forEach(theme -> add(kept, "theme", theme));
            filter.kind().ifPresent(kind -> add(kept, "kind", kind.name()));
            if (withMuted) {
                add(kept, "muted", "1");
            }
            return kept.toString();
        }

        String period() {
            var period = new StringBuilder();
            from.ifPresent(day -> add(period, "from", day.toString()));
            to.ifPresent(day -> add(period, "to", day.toString()));
            return period.toString();
        }

        private static void add(StringBuilder out, String name, String value) {
            out.append(PagePeriod.parameter(name, value)).append('&');
        }
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        Asked asked = search.read(() -> asked(request.query()));
        Instant now = pages.now();
        var mutes = signals.mutes();
        List<Signal> all =
                signals.directory().newest().stream().filter(asked.filter()).toList();
        List<Signal> heard = all.stream()
                .filter(signal -> mutes.muting(signal, now).isEmpty())
                .toList();
        List<Signal> wanted = asked.muted() ? all : heard;
        int start = Math.min((asked.page() - 1) * PAGE_SIZE, wanted.size());
        int end = Math.min(start + PAGE_SIZE, wanted.size());
        var view = new SignalsView(
                pages.frame(request, in.say("signals.title"), Optional.of(Section.SIGNALS), OfferPage.STYLE),
                period(asked, in),
                filter(asked, in),
                total(wanted.size(), start, end, in),
                muted(asked, all.size() - heard.size(), in),
                signals.cards(wanted.subList(start, end), in),
                end < wanted.size()
                        ? Optional.of(new Linked(
                                in.say("signals.older"),
                                address(asked.kept(asked.muted()) + asked.period() + "page=" + (asked.page() + 1))))
                        : Optional.empty(),
                wanted.isEmpty() ? Optional.of(nothing(asked, in)) : Optional.empty());
        return PageAnswer.page(Templates.signals(view));
    }

    private Asked asked(String query) throws Refusal {
        Parameters parameters = Parameters.of(query, PARAMETERS, "");
        return new Asked(
                SignalFilter.read(parameters, pages.zone()),
                PagePeriod.day(parameters, "from"),
                PagePeriod.day(parameters, "to"),
                parameters.one("muted").isPresent(),
                Math.max(1, parameters.number("page", 1, PAGES_MAX)));
    }

    private static String total(int total, int start, int end, Wording in) {
        return start == 0 && end == total
                ? in.count("signals.total", total)
                : in.say("signals.range", Math.min(start + 1, total), end, total);
    }

    private PeriodView period(Asked asked, Wording in) {
        LocalDate today = LocalDate.ofInstant(pages.now(), pages.zone());
        LocalDate first = asked.from().orElse(LocalDate.MIN);
        LocalDate last = asked.to().orElse(today);
        String kept = asked.kept(asked.muted());
        var presets = new ArrayList<>(PagePeriod.presets(Section.SIGNALS.address(), kept, today, first, last, in));
        boolean isAll = asked.from().isEmpty() && asked.to().isEmpty();
        presets.add(new PeriodView.Preset(in.say("range.all"), address(kept), isAll));
        return new PeriodView(
                Section.SIGNALS.address(),
                kept(asked),
                presets,
                asked.from().map(LocalDate::toString).orElse(""),
                asked.to().map(LocalDate::toString).orElse(""),
                in.say("signals.period"));
    }

    private static List<PeriodView.Kept> kept(Asked asked) {
        var kept = new ArrayList<PeriodView.Kept>();
        asked.filter().themes().forEach(theme -> kept.add(new PeriodView.Kept("theme", theme)));
        if (asked.muted()) {
            kept.add(new PeriodView.Kept("muted", "1"));
        }
        return kept;
    }

    private SignalsView.Filter filter(Asked asked, Wording in) {
        var all = new ArrayList<SignalsView.Option>();
        all.add(new SignalsView.Option(
                "", in.say("signals.offers"), asked.offer().isEmpty()));
        var known = new HashSet<String>();
        for (Offer offer : offers.offers()) {
            known.add(offer.getOfferId());
            all.add(new SignalsView.Option(
                    offer.getOfferId(), offer.getName(), offer.getOfferId().equals(asked.offer())));
        }
        signals.directory().newest().stream()
                .map(Signal::getOfferId)
                .distinct()
                .filter(id -> !known.contains(id))
                .sorted()
                .forEach(id -> all.add(new SignalsView.Option(id, signals.offer(id, in), id.equals(asked.offer()))));
        Optional<SignalKind> kind = asked.filter().kind();
        var kinds = List.of(
                new SignalsView.Option("", in.say("signals.kinds"), kind.isEmpty()),
                new SignalsView.Option(
                        SignalKind.RISE.name(),
                        in.say("signal.kind.rise"),
                        kind.filter(SignalKind.RISE::equals).isPresent()),
                new SignalsView.Option(
                        SignalKind.NEW_TERM.name(),
                        in.say("signal.kind.new"),
                        kind.filter(SignalKind.NEW_TERM::equals).isPresent()));
        return new SignalsView.Filter(all, kinds, kept(asked));
    }

    private static Optional<Linked> muted(Asked asked, int count, Wording in) {
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                asked.muted()
                        ? new Linked(in.say("signals.muted.hide"), address(asked.kept(false) + asked.period()))
                        : new Linked(
                                in.count("signals.muted.show", count), address(asked.kept(true) + asked.period())));
    }

    private Notice nothing(Asked asked, Wording in) {
        boolean isNarrow = !asked.kept(false).isEmpty() || !asked.period().isEmpty();
        if (isNarrow && !signals.directory().newest().isEmpty()) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("signals.none.such"),
                    List.of(Notice.way(in.say("signals.none.all"), Section.SIGNALS.address())));
        }
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("signals.none"),
                List.of(
                        Notice.tip(in.say("signals.none.learning")),
                        Notice.command(in.say("signals.none.backtest"), "./vigie signals backtest --from 2026-01-01")));
    }

    /** @param parameters each with an ampersand after it, but for the last one */
    private static String address(String parameters) {
        String query = parameters.endsWith("&") ? parameters.substring(0, parameters.length() - 1) : parameters;
        return query.isEmpty() ? Section.SIGNALS.address() : Section.SIGNALS.address() + "?" + query;
    }

    private static Set<String> known() {
        var known = new HashSet<>(SignalFilter.PARAMETERS);
        known.addAll(Set.of("muted", "page"));
        return Set.copyOf(known);
    }
}
