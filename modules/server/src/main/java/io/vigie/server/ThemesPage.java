package io.vigie.server;

import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.ThemeEntry;
import io.vigie.server.page.ThemesView;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code /themes}: what can be recognised, and how many verbatims speak of it. */
final class ThemesPage {
    private static final String WITHOUT = "sans:thème";

    private final Pages pages;
    private final SearchEndpoint search;
    private final boolean tries;

    /**
     * @param search whose places, refusals and measures these are too
     * @param tries whether a proposed taxonomy can be tried
     */
    ThemesPage(Pages pages, SearchEndpoint search, boolean tries) {
        this.pages = pages;
        this.search = search;
        this.tries = tries;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        PagePeriod period = search.read(() ->
                PagePeriod.read(Parameters.of(request.query(), PagePeriod.PARAMETERS, ""), pages.now(), pages.zone()));
        Wording in = request.wording();
        SearchRequest counted = SearchRequest.of("").withSize(0).withFacets(Set.of(Dimension.THEME));
        SearchResult all = search.answered(Endpoint.SEARCH, period.now(counted));
        SearchResult former = search.answered(Endpoint.SEARCH, period.earlier(counted));
        SearchRequest without = period.now(SearchRequest.of(WITHOUT));
        long unlabelled = search.answered(Endpoint.SEARCH, without.withSize(0)).total();
        var view = new ThemesView(
                pages.frame(request, in.say("themes.title"), Optional.of(Section.THEMES), OfferPage.STYLE),
                period.view(request.path(), pages.now(), in),
                Figure.of(
                        in.count("themes.all", all.total()),
                        in.number(all.total()),
                        ListAddress.of(period.now(SearchRequest.of("")), pages.zone())),
                new Figure(
                        in.count("themes.unlabelled", unlabelled),
                        in.number(unlabelled),
                        ListAddress.of(without, pages.zone()),
                        Optional.of(in.say("themes.unlabelled.share", in.percent(share(unlabelled, all.total()))))),
                table(all, former, period, in),
                tries ? Optional.of(TrialPage.PATH) : Optional.empty());
        return PageAnswer.page(Templates.themes(view));
    }

    private Table table(SearchResult all, SearchResult former, PagePeriod period, Wording in) {
        var counts = counts(all);
        Map<String, Long> before = counts(former);
        pages.names().themes().forEach(theme -> counts.putIfAbsent(theme.id(), 0L));
        var rows = new ArrayList<List<Table.Cell>>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> rows.add(row(
                        each.getKey(),
                        each.getValue(),
                        before.getOrDefault(each.getKey(), 0L),
                        all.total(),
                        period,
                        in)));
        return new Table(
                in.say("themes.title"),
                List.of(
                        new Table.Head(in.say("themes.theme"), false),
                        new Table.Head(in.say("themes.category"), false),
                        new Table.Head(in.say("themes.count"), true),
                        new Table.Head(in.say("themes.share"), true),
                        new Table.Head(in.say("themes.before"), true)),
                rows);
    }

    private static Map<String, Long> counts(SearchResult result) {
        var counts = new LinkedHashMap<String, Long>();
        for (Count count : result.facets().getOrDefault(Dimension.THEME, List.of())) {
            counts.put(count.value(), count.count());
        }
        return counts;
    }

    private List<Table.Cell> row(String id, long count, long before, long total, PagePeriod period, Wording in) {
        Optional<ThemeEntry> theme = pages.names().themes().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        SearchRequest said = SearchRequest.of("").withFilter(Dimension.THEME, id);
        return List.of(
                theme.map(known -> named(known, in)).orElseGet(() -> Table.cell(id)),
                Table.cell(theme.map(known -> known.category(in.language())).orElseGet(() -> in.say("themes.gone"))),
                Table.cell(in.number(count), ListAddress.of(period.now(said), pages.zone())),
                Table.cell(in.percent(share(count, total))),
                Table.cell(in.number(before), ListAddress.of(period.earlier(said), pages.zone())));
    }

    /** A theme is what customers say of it: an example tells more than its name. */
    private static Table.Cell named(ThemeEntry theme, Wording in) {
        Table.Cell name = Table.cell(theme.name(in.language()), ThemePage.path(theme.id()));
        String example = theme.example(in.language());
        return example.isEmpty() ? name : name.noting(in.quoted(example));
    }

    private static double share(long count, long total) {
        return total == 0 ? 0 : (double) count / total;
    }
}
