package io.vigie.server;

import io.vigie.events.Intent;
import io.vigie.events.Offer;
import io.vigie.events.Signal;
import io.vigie.events.Topics;
import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Notice;
import io.vigie.server.page.OffersView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /offres}: every offer, what is said about it in a period, and what is complained about most. */
final class OffersPage {
    private final Pages pages;
    private final SearchEndpoint search;
    private final OfferDirectory offers;
    private final SignalDirectory signals;
    private final ClosedLoop loop;

    /** @param search whose places, refusals and measures these are too */
    OffersPage(Pages pages, SearchEndpoint search, OfferDirectory offers, SignalDirectory signals, ClosedLoop loop) {
        this.pages = pages;
        this.search = search;
        this.offers = offers;
        this.signals = signals;
        this.loop = loop;
    }

    /** Counts by offer. */
    private record Counts(
            Map<String, Long> all, Map<String, Long> complaints, Map<String, Long> former, Map<String, Long> severe) {}

    /** An offer with its numbers. */
    private record Row(String id, String name, Counts counts) {
        long all() {
            return counts.all().getOrDefault(id, 0L);
        }

        long complaints() {
            return counts.complaints().getOrDefault(id, 0L);
        }

        long former() {
            return counts.former().getOrDefault(id, 0L);
        }

        long severe() {
            return counts.severe().getOrDefault(id, 0L);
        }
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        PagePeriod period = search.read(() ->
                PagePeriod.read(Parameters.of(request.query(), PagePeriod.PARAMETERS, ""), pages.now(), pages.zone()));
        SearchRequest all = SearchRequest.of("");
        SearchRequest complaints = OfferFigures.of(all, Intent.COMPLAINT);
        var counts = new Counts(
                counted(period.now(all)),
                counted(period.now(complaints)),
                counted(period.earlier(complaints)),
                counted(period.now(SearchRequest.of(OfferFigures.SEVERE))));
        List<Row> rows = rows(counts, in);
        // Offers beyond those that one search counts have numbers that are not known here.
        boolean isWhole = counts.all().size() < Count.VALUES_MAX;
        List<Row> shown = rows.stream()
                .filter(row -> isWhole || counts.all().containsKey(row.id()))
                .toList();
        Map<String, Long> risen = signals.newest().stream()
                .filter(signal -> period.within().holds(signal.getDetectedAt()))
                .collect(Collectors.groupingBy(Signal::getOfferId, Collectors.counting()));
        int more = rows.size() - shown.size();
        var view = new OffersView(
                pages.frame(request, in.say("offers.title"), Optional.of(Section.OFFERS), OfferPage.STYLE),
                period.view(request.path(), pages.now(), in),
                table(shown, period, risen, in),
                more == 0 ? Optional.empty() : Optional.of(in.count("offers.more", more)),
                shown.isEmpty() ? Optional.of(nothing(in)) : Optional.empty());
        return PageAnswer.page(Templates.offers(view));
    }

    private Map<String, Long> counted(SearchRequest request) throws Refusal, IOException {
        return search
                .answered(Endpoint.SEARCH, request.withSize(0).withFacets(Set.of(Dimension.OFFER)))
                .facets()
                .getOrDefault(Dimension.OFFER, List.of())
                .stream()
                .collect(Collectors.toUnmodifiableMap(Count::value, Count::count));
    }

    /** Those that are declared, and those that are only spoken of, the most complained about first. */
    private List<Row> rows(Counts counts, Wording in) {
        Map<String, Offer> declared =
                offers.offers().stream().collect(Collectors.toMap(Offer::getOfferId, Function.identity()));
        var rows = new ArrayList<Row>();
        declared.forEach((id, offer) -> rows.add(new Row(id, offer.getName(), counts)));
        if (counts.all().containsKey(Topics.UNASSIGNED)) {
            rows.add(new Row(Topics.UNASSIGNED, in.say("value.offer.unassigned"), counts));
        }
        rows.sort(Comparator.comparingLong(Row::complaints)
                .thenComparingLong(Row::all)
                .reversed()
                .thenComparing(Row::name));
        return rows;
    }

    private Table table(List<Row> rows, PagePeriod period, Map<String, Long> risen, Wording in) {
        return new Table(
                in.say("offers.title"),
                List.of(
                        new Table.Head(in.say("offers.offer"), false),
                        new Table.Head(in.say("offers.complaints"), true),
                        new Table.Head(in.say("offers.before"), true),
                        new Table.Head(in.say("offers.severe"), true),
                        new Table.Head(in.say("offers.verbatims"), true),
                        new Table.Head(in.say("offers.share"), true),
                        new Table.Head(in.say("offers.signals"), true),
                        new Table.Head(in.say("offers.questions"), true)),
                rows.stream()
                        .map(row -> cells(row, period, risen.getOrDefault(row.id(), 0L), in))
                        .toList());
    }

    private List<Table.Cell> cells(Row row, PagePeriod period, long risen, Wording in) {
        SearchRequest all = OfferFigures.asking("", row.id());
        SearchRequest complaints = OfferFigures.of(all, Intent.COMPLAINT);
        String path = OfferTelling.path(row.id()) + "?" + period.query();
        long open = loop.questions().questions(row.id()).stream()
                .filter(question ->
                        !QuestionJson.of(question, loop.actions(), offers).answered())
                .count();
        return List.of(
                Table.cell(row.name(), path),
                cell(row.complaints(), period.now(complaints), in),
                cell(row.former(), period.earlier(complaints), in),
                cell(row.severe(), period.now(OfferFigures.asking(OfferFigures.SEVERE, row.id())), in),
                cell(row.all(), period.now(all), in),
                Table.cell(row.all() == 0 ? "–" : in.percent((double) row.complaints() / row.all())),
                Table.cell(in.number(risen), path + "#signals"),
                Table.cell(in.number(open), path + "#questions"));
    }

    private Table.Cell cell(long count, SearchRequest request, Wording in) {
        return Table.cell(in.number(count), ListAddress.of(request, pages.zone()));
    }

    private static Notice nothing(Wording in) {
        return new Notice(
                Notice.Kind.EMPTY,
                in.say("offers.none"),
                List.of(
                        Notice.command(in.say("offers.none.demo"), "./vigie demo"),
                        Notice.command(
                                in.say("offers.none.declare"),
                                "curl -X PUT …/api/v1/offers/fibre-pro -H 'Content-Type: application/json'"
                                        + " -d '{\"name\": \"Fibre Pro\", \"aliases\": []}'")));
    }
}
