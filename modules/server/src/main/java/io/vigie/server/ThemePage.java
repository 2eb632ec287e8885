package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.TaxonomyTrial.Rules;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Fact;
import io.vigie.server.page.OneThemeView;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.ThemeEntry;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /themes/{id}}: how a theme is recognised, and how often each of its cues was the reason. */
final class ThemePage {
    /** To say why takes longer than to understand. */
    private static final int SAMPLE_MAX = 500;

    private final Pages pages;
    private final SearchEndpoint search;
    private final Optional<TaxonomyTrial> trial;
    private final Admission places;

    /** @param search whose places, refusals and measures these are too */
    ThemePage(Pages pages, SearchEndpoint search, Optional<TaxonomyTrial> trial, Admission places) {
        this.pages = pages;
        this.search = search;
        this.trial = trial;
        this.places = places;
    }

    /** Of a theme of the taxonomy. */
    static String path(String id) {
        return Section.THEMES.address() + "/" + Addresses.encoded(id);
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        search.read(() -> Parameters.of(request.query(), Set.of(), ""));
        String id = request.place("id");
        Wording in = request.wording();
        ThemeEntry theme = pages.names().themes().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no theme of the taxonomy has this id"));
        var asked = SearchRequest.of("").withFilter(Dimension.THEME, id);
        NewestSample sample = NewestSample.of(search, asked, SAMPLE_MAX);
        Optional<Rules> rules = rules(id, sample.verbatims());
        var facts = new ArrayList<Fact>();
        facts.add(Fact.of(in.say("themes.category"), theme.category(in.language())));
        facts.add(Fact.of(
                in.say("themes.count"),
                in.number(sample.total()),
                Section.SEARCH.address() + "?theme=" + Addresses.encoded(id)));
        rules.ifPresent(found -> facts.addAll(facts(found, in)));
        var view = new OneThemeView(
                pages.frame(request, theme.name(in.language()), Optional.of(Section.THEMES), LoopPages.STYLE),
                id,
                sample.verbatims().isEmpty()
                        ? in.say("theme.lead.none")
                        : in.count("theme.lead", sample.verbatims().size()),
                facts,
                rules.map(found -> rules(found, in)).stream().toList());
        return PageAnswer.page(Templates.theme(view));
    }

    private Optional<Rules> rules(String id, List<Verbatim> verbatims) throws Refusal {
        if (trial.isEmpty()) {
            return Optional.empty();
        }
        try (var _ = ThemePages.place(places)) {
            return trial.get().rules(id, verbatims);
        }
    }

    private List<Fact> facts(Rules rules, Wording in) {
        long unused = rules.cues().stream().filter(cue -> cue.hits().isEmpty()).count();
        return List.of(
                Fact.of(in.say("theme.severity"), in.number(rules.severity())),
                fact(in.say("theme.found"), rules.found(), in),
                fact(in.say("theme.learned"), rules.learned(), in),
                Fact.of(
                        in.say("theme.unused"),
                        in.say("theme.unused.of", unused, rules.cues().size())));
    }

    private Fact fact(String name, List<String> ids, Wording in) {
        return ids.isEmpty()
                ? Fact.of(name, in.number(0))
                : Fact.of(name, ListAddress.counted(ids, in), ListAddress.ofIds(ids, pages.zone()));
    }

    private OneThemeView.Rules rules(Rules rules, Wording in) {
        var rows = rules.cues().stream()
                .sorted(Comparator.comparingInt(
                                (TaxonomyTrial.Cue cue) -> cue.hits().size())
                        .reversed())
                .map(cue -> row(cue, rules.found().size(), in))
                .toList();
        var heads = List.of(
                new Table.Head(in.say("theme.cue"), false),
                new Table.Head(in.say("theme.hits"), true),
                new Table.Head(in.say("theme.rate"), true));
        return new OneThemeView.Rules(
                new Table(in.say("theme.cues"), heads, rows),
                rules.unless(),
                rules.examples(),
                rules.counterExamples());
    }

    private List<Table.Cell> row(TaxonomyTrial.Cue cue, int found, Wording in) {
        int hits = cue.hits().size();
        return List.of(
                Table.cell(cue.text()),
                hits == 0
                        ? Table.cell(in.number(0))
                        : Table.cell(ListAddress.counted(cue.hits(), in), ListAddress.ofIds(cue.hits(), pages.zone())),
                Table.cell(in.percent(found == 0 ? 0 : (double) hits / found)));
    }
}
