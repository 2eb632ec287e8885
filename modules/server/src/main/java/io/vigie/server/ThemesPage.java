package io.vigie.server;

import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.page.Addresses;
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
        search.read(() -> Parameters.of(request.query(), Set.of(), ""));
        Wording in = request.wording();
        SearchResult all = search.answered(
                Endpoint.SEARCH, SearchRequest.of("").withSize(0).withFacets(Set.of(Dimension.THEME)));
        SearchResult without =
                search.answered(Endpoint.SEARCH, SearchRequest.of(WITHOUT).withSize(0));
        var unlabelled = new Figure(
                in.count("themes.unlabelled", without.total()),
                in.number(without.total()),
                Section.SEARCH.address() + "?q=" + Addresses.encoded(WITHOUT),
                Optional.of(in.say("themes.unlabelled.share", in.percent(share(without.total(), all.total())))));
        var view = new ThemesView(
                pages.frame(request, in.say("themes.title"), Optional.of(Section.THEMES)),
                unlabelled,
                table(all, in),
                tries ? Optional.of(TrialPage.PATH) : Optional.empty());
        return PageAnswer.page(Templates.themes(view));
    }

    private Table table(SearchResult all, Wording in) {
        var counts = new LinkedHashMap<String, Long>();
        pages.names().themes().forEach(theme -> counts.put(theme.id(), 0L));
        for (Count count : all.facets().getOrDefault(Dimension.THEME, List.of())) {
            counts.put(count.value(), count.count());
        }
        var rows = new ArrayList<List<Table.Cell>>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(each -> rows.add(row(each.getKey(), each.getValue(), all.total(), in)));
        return new Table(
                in.say("themes.title"),
                List.of(
                        new Table.Head(in.say("themes.theme"), false),
                        new Table.Head(in.say("themes.category"), false),
                        new Table.Head(in.say("themes.count"), true),
                        new Table.Head(in.say("themes.share"), true)),
                rows);
    }

    private List<Table.Cell> row(String id, long count, long total, Wording in) {
        Optional<ThemeEntry> theme = pages.names().themes().stream()
                .filter(each -> each.id().equals(id))
                .findFirst();
        return List.of(
                theme.map(known -> Table.cell(
                                known.name(in.language()), Section.THEMES.address() + "/" + Addresses.encoded(id)))
                        .orElseGet(() -> Table.cell(id)),
                Table.cell(theme.map(known -> known.category(in.language())).orElseGet(() -> in.say("themes.gone"))),
                Table.cell(in.number(count), Section.SEARCH.address() + "?theme=" + Addresses.encoded(id)),
                Table.cell(in.percent(share(count, total))));
    }

    private static double share(long count, long total) {
        return total == 0 ? 0 : (double) count / total;
    }
}
