package io.vigie.server;

import io.vigie.events.SavedSearch;
import io.vigie.index.Dimension;
import io.vigie.index.GroupedResult;
import io.vigie.index.Hit;
import io.vigie.index.Stats;
import io.vigie.index.Suggestion;
import io.vigie.server.page.Chip;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Freshness;
import io.vigie.server.page.Notice;
import io.vigie.server.page.SearchView;
import io.vigie.server.page.SearchView.Hidden;
import io.vigie.server.page.SearchView.Moment;
import io.vigie.server.page.SearchView.Option;
import io.vigie.server.page.SearchView.Way;
import io.vigie.server.page.VerbatimCard;
import io.vigie.server.page.Wording;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts what a search found into the words and addresses of the search page. */
final class SearchTelling {
    static final String FACETS =
            Arrays.stream(Dimension.values()).map(Dimension::parameter).collect(Collectors.joining(","));

    private static final int SAVED_SHOWN = 50;
    private static final List<Integer> PRESET_DAYS = List.of(7, 30, 90);
    private static final int EXAMPLES = 8;

    private final Pages pages;
    private final PageRequest request;
    private final SearchState state;
    private final Wording in;
    private final boolean isPersonal;

    /** @param isPersonal whether what was typed must not stand in an address that is kept */
    SearchTelling(Pages pages, PageRequest request, SearchState state, boolean isPersonal) {
        this.pages = pages;
        this.request = request;
        this.state = state;
        this.in = request.wording();
        this.isPersonal = isPersonal;
    }

    String title() {
        return state.q().isEmpty() || isPersonal ? in.say("section.search") : state.q();
    }

    String total(long total) {
        return in.count("results.total", total);
    }

    boolean opensHelp() {
        return List.of(request.query().split("&", -1)).contains("help=1");
    }

    SearchView.Box box() {
        var hidden = new ArrayList<Hidden>();
        for (Dimension dimension : Dimension.values()) {
            state.values(dimension).forEach(value -> hidden.add(new Hidden(SearchState.name(dimension), value)));
        }
        if (state.groups()) {
            hidden.add(new Hidden("group", "similar"));
        }
        if (state.byTheme()) {
            hidden.add(new Hidden("bars", "theme"));
        }
        if (state.compares()) {
            hidden.add(new Hidden("compare", "previous"));
        }
        return new SearchView.Box(state.q(), hidden, field(state.from()), field(state.to()), presets(), sorts());
    }

    /** Times from elsewhere come with a zone of their own, which a field cannot show. */
    private Moment field(String time) {
        if (time.indexOf('T') < 0) {
            return new Moment(time, "date");
        }
        try {
            LocalDateTime local = time.endsWith("Z") || time.matches(".*[+-]\\d\\d:\\d\\d")
                    ? OffsetDateTime.parse(time).atZoneSameInstant(pages.zone()).toLocalDateTime()
                    : LocalDateTime.parse(time);
            return new Moment(local.truncatedTo(ChronoUnit.SECONDS).toString(), "datetime-local");
        } catch (DateTimeException e) {
            return new Moment("", "date");
        }
    }

    private List<Way> presets() {
        var now = LocalDateTime.ofInstant(pages.now(), pages.zone());
        var ways = new ArrayList<Way>();
        String day = now.minusHours(24).truncatedTo(ChronoUnit.MINUTES).toString();
        ways.add(preset(in.say("period.day"), day, isLastDay(now)));
        for (int days : PRESET_DAYS) {
            String from = SearchState.daysBefore(now.toLocalDate(), days);
            ways.add(preset(in.say("period.days", days), from, state.from().equals(from)));
        }
        ways.add(new Way(
                in.say("period.all"),
                state.between("", "").comparing(false).address(),
                state.from().isEmpty() && state.to().isEmpty()));
        return ways;
    }

    private Way preset(String text, String from, boolean isFrom) {
        return new Way(
                text, state.between(from, "").address(), isFrom && state.to().isEmpty());
    }

    /** What was chosen a while ago begins earlier by now, and is still what was chosen. */
    private boolean isLastDay(LocalDateTime now) {
        Moment from = field(state.from());
        if (from.kind().equals("date")) {
            return false;
        }
        LocalDateTime start = LocalDateTime.parse(from.value());
        return !start.isAfter(now.minusHours(24)) && start.isAfter(now.minusHours(25));
    }

    private List<Option> sorts() {
        return List.of(
                new Option("", in.say("sort.auto"), state.sort().isEmpty()),
                new Option("relevance", in.say("sort.relevance"), state.sort().equalsIgnoreCase("relevance")),
                new Option("newest", in.say("sort.newest"), state.sort().equalsIgnoreCase("newest")));
    }

    List<Chip> chips() {
        var chips = new ArrayList<Chip>();
        for (Dimension dimension : SearchFacets.ORDER) {
            for (String value : state.values(dimension)) {
                chips.add(new Chip(
                        name(dimension),
                        named(dimension, value),
                        false,
                        state.toggled(dimension, value).address()));
            }
        }
        for (var exclusion : state.exclusions()) {
            chips.add(new Chip(
                    name(exclusion.dimension()),
                    named(exclusion.dimension(), exclusion.value()),
                    true,
                    exclusion.without().address()));
        }
        for (Map.Entry<String, String> trait : SearchFacets.traits().entrySet()) {
            if (state.has(trait.getKey())) {
                chips.add(new Chip(
                        in.say("chips.only"),
                        in.say(trait.getValue()),
                        false,
                        state.toggled(trait.getKey()).address()));
            }
        }
        if (!state.from().isEmpty() || !state.to().isEmpty()) {
            chips.add(new Chip(
                    in.say("period.label"),
                    period(),
                    false,
                    state.between("", "").comparing(false).address()));
        }
        return chips;
    }

    private String period() {
        if (state.to().isEmpty()) {
            return in.say("period.since", told(state.from()));
        }
        return state.from().isEmpty()
                ? in.say("period.until", told(state.to()))
                : in.say("period.between", told(state.from()), told(state.to()));
    }

    private String told(String time) {
        try {
            return time.indexOf('T') < 0
                    ? in.day(LocalDate.parse(time))
                    : in.moment(LocalDateTime.parse(field(time).value())
                            .atZone(pages.zone())
                            .toInstant());
        } catch (DateTimeException e) {
            return time;
        }
    }

    private String name(Dimension dimension) {
        return in.say("facet." + dimension.parameter());
    }

    private String named(Dimension dimension, String value) {
        return pages.names().value(dimension.parameter(), value, in);
    }

    SearchView.Found found(SearchPage.Answer answer, SearchCounts counts) {
        var result = answer.counts();
        boolean isContinued = state.cursor().isPresent();
        return new SearchView.Found(
                result.total(),
                total(result.total()),
                in.say("results.took", answer.tookMs()),
                "/api/v1/live?" + state.asked(pages.zone()),
                LivePosition.encode(answer.since()),
                pages.now().toEpochMilli(),
                isContinued ? List.of() : new SearchFacets(in, pages.names(), state).facets(answer, counts),
                isContinued
                        ? Optional.empty()
                        : new SearchChart(in, pages.names(), state, pages.now()).chart(answer, counts),
                isContinued ? List.of() : figures(result.total(), result.stats()),
                result.suggestion().map(this::meant),
                dividing(),
                grouping(),
                comparing(),
                ExactWords.toggled(state.q())
                        .map(other -> new Way(
                                in.say(ExactWords.isExact(state.q()) ? "results.anyform" : "results.exact"),
                                state.asking(other).address(),
                                ExactWords.isExact(state.q()))),
                isPersonal ? Optional.empty() : Optional.of(export()),
                hits(answer),
                isContinued,
                state.first().address(),
                answer.cursor().map(cursor -> state.following(cursor).address()));
    }

    Way meant(Suggestion meant) {
        return new Way(
                in.say("results.meant", in.quoted(meant.query()), meant.total()),
                state.asking(meant.query()).address(),
                false);
    }

    private Way dividing() {
        return new Way(
                in.say(state.byTheme() ? "chart.byintent" : "chart.bytheme"),
                state.dividing(!state.byTheme()).address(),
                state.byTheme());
    }

    private Way grouping() {
        return new Way(
                in.say(state.groups() ? "results.ungroup" : "results.group"),
                state.grouping(!state.groups()).address(),
                state.groups());
    }

    private Optional<Way> comparing() {
        if (state.from().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Way(
                in.say(state.compares() ? "compare.close" : "compare.open"),
                state.comparing(!state.compares()).address(),
                state.compares()));
    }

    private SearchView.Export export() {
        List<Way> ways = List.of(
                new Way(in.say("export.french"), ExportPage.address(state, "excel"), false),
                new Way(in.say("export.csv"), ExportPage.address(state, "csv"), false),
                new Way(in.say("export.jsonl"), ExportPage.address(state, "jsonl"), false));
        ExportWords words = ExportWords.of(in, pages.names());
        return new SearchView.Export(
                ways,
                Arrays.stream(ExportPage.query(state).split("&", -1))
                        .filter(pair -> !pair.isEmpty())
                        .map(SearchTelling::hidden)
                        .toList(),
                ExportCsv.columns().stream()
                        .map(column -> new SearchView.Option(column.name(), words.heading(column), true))
                        .toList());
    }

    private static SearchView.Hidden hidden(String pair) {
        int equals = pair.indexOf('=');
        return new SearchView.Hidden(
                pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }

    private List<SearchView.Hit> hits(SearchPage.Answer answer) {
        // What must not be kept stays out of the addresses of verbatims too.
        VerbatimCard.Links links = new CardLinks(isPersonal ? state.asking("") : state, true);
        var hits = new ArrayList<SearchView.Hit>();
        for (int i = 0; i < answer.hits().size(); i++) {
            Hit hit = answer.hits().get(i);
            var card = VerbatimCard.cut(hit.verbatim(), hit.highlights(), in, pages.names(), links);
            hits.add(new SearchView.Hit(
                    card,
                    answer.groups().isEmpty()
                            ? Optional.empty()
                            : duplicates(answer.groups().get(i))));
        }
        return hits;
    }

    private Optional<Way> duplicates(GroupedResult.Group group) {
        if (group.duplicates() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Way(
                in.count("results.duplicates", group.duplicates()),
                SearchState.of(group.verbatims()).address(),
                false));
    }

    private List<Figure> figures(long total, Optional<Stats> stats) {
        var figures = new ArrayList<Figure>();
        if (total == 0 || stats.isEmpty()) {
            return figures;
        }
        Stats sums = stats.get();
        figure(figures, "figure.severe", sums.severe(), "est:grave", total);
        figure(figures, "figure.churn", sums.churn(), "est:partant", total);
        sums.sentiment()
                .ifPresent(mean -> figures.add(new Figure(
                        in.say("figure.sentiment"),
                        (mean > 0 ? "+" : "") + in.decimal(mean, 2),
                        state.first().address(),
                        Optional.empty())));
        sums.nps()
                .ifPresent(nps -> figures.add(new Figure(
                        in.count("figure.nps", sums.npsAnswers()),
                        in.decimal(nps, 0),
                        state.has("note:*")
                                ? state.first().address()
                                : state.toggled("note:*").address(),
                        Optional.empty())));
        return figures;
    }

    private void figure(List<Figure> figures, String key, long count, String word, long total) {
        SearchState narrower = state.has(word) ? state.first() : state.toggled(word);
        figures.add(new Figure(
                in.count(key, count),
                in.number(count),
                narrower.address(),
                Optional.of(in.percent((double) count / total))));
    }

    SearchView.Saved saved(List<SavedSearch> searches) {
        var all = searches.reversed().stream()
                .limit(SAVED_SHOWN)
                .map(one -> new SearchView.SavedOne(
                        one.getName(),
                        SearchState.of(one, pages.zone()).address(),
                        one.getActive(),
                        one.getOwner(),
                        AlertTelling.path(one.getSearchId())))
                .toList();
        List<String> given = List.of(request.query().split("&", -1));
        Optional<String> said = given.contains("saved=1") ? Optional.of(in.say("saved.done")) : Optional.empty();
        return new SearchView.Saved(all, state.first().address(), !state.isBlank(), said);
    }

    List<SearchView.Example> examples() {
        var examples = new ArrayList<SearchView.Example>();
        for (int i = 1; i <= EXAMPLES; i++) {
            String query = in.say("help." + i + ".query");
            examples.add(new SearchView.Example(
                    query, in.say("help." + i), SearchState.BLANK.asking(query).address()));
        }
        return examples;
    }

    Notice nothing(boolean isEmpty, List<Freshness.Caveat> caveats) {
        if (isEmpty && !caveats.isEmpty()) {
            var tips = new ArrayList<Notice.Tip>();
            caveats.forEach(caveat -> tips.add(Notice.tip(caveat.text())));
            tips.add(Notice.tip(in.say("empty.soon")));
            return new Notice(Notice.Kind.WORKING, in.say("empty.working"), tips);
        }
        if (isEmpty) {
            return new Notice(
                    Notice.Kind.EMPTY,
                    in.say("empty.title"),
                    List.of(
                            Notice.command(in.say("empty.demo"), "./vigie demo"),
                            Notice.command(in.say("empty.import"), "./vigie import " + in.say("empty.file")),
                            Notice.tip(in.say("empty.soon"))));
        }
        var tips = new ArrayList<Notice.Tip>();
        if (!state.filters().isEmpty() || !state.from().isEmpty() || !state.to().isEmpty()) {
            tips.add(Notice.way(in.say("none.clear"), state.cleared().address()));
        }
        tips.add(Notice.tip(in.say("none.words")));
        tips.add(Notice.tip(in.say("none.accents")));
        return new Notice(Notice.Kind.EMPTY, in.say("none.title"), tips);
    }
}
