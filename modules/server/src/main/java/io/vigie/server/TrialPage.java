package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.index.SearchRequest;
import io.vigie.server.TaxonomyTrial.Change;
import io.vigie.server.TaxonomyTrial.Difference;
import io.vigie.server.TaxonomyTrial.Outcome;
import io.vigie.server.TaxonomyTrial.Wrong;
import io.vigie.server.page.Fact;
import io.vigie.server.page.Quote;
import io.vigie.server.page.Section;
import io.vigie.server.page.Table;
import io.vigie.server.page.Templates;
import io.vigie.server.page.TrialView;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code /taxonomie}: a proposed taxonomy is sent with a form, and the page says what is wrong with it, or what it would
 * change on the newest verbatims. Nothing is kept and nothing changes.
 */
final class TrialPage {
    static final String PATH = "/taxonomie";
    static final int BYTES_MAX = 1024 * 1024;

    private static final String TEXT = "text";
    private static final String FILE = "file";
    private static final int FINDINGS_MAX = 100;
    private static final int EXAMPLES_MAX = 3;
    private static final int SOURCE_LENGTH_MAX = 200;
    private static final Pattern FINDING = Pattern.compile("line (\\d{1,7}): (.*)", Pattern.DOTALL);

    private final Pages pages;
    private final SearchEndpoint search;
    private final TaxonomyTrial trial;
    private final Admission places;

    /** @param search whose places, refusals and measures these are too */
    TrialPage(Pages pages, SearchEndpoint search, TaxonomyTrial trial, Admission places) {
        this.pages = pages;
        this.search = search;
        this.trial = trial;
        this.places = places;
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        search.read(() -> Parameters.of(request.query(), Set.of(), ""));
        return PageAnswer.page(
                Templates.trial(new TrialView(frame(request), "", Optional.empty(), List.of(), Optional.empty())));
    }

    PageAnswer tried(PageRequest request) throws Refusal, IOException {
        Wording in = request.wording();
        Multipart form = Multipart.read(request.upload(), Set.of(TEXT, FILE), BYTES_MAX);
        String file = form.text(FILE);
        String proposed = file.isBlank() ? form.text(TEXT) : file;
        if (proposed.isBlank()) {
            return again(request, "", in.say("trial.empty"), List.of());
        }
        NewestSample sample = NewestSample.of(search, SearchRequest.of(""), ThemePages.SAMPLE_MAX);
        Outcome outcome;
        try (var _ = ThemePages.place(places)) {
            outcome = trial.tried(proposed, sample.verbatims());
        }
        return switch (outcome) {
            case Wrong(List<String> problems) ->
                again(request, proposed, in.count("trial.wrong", problems.size()), findings(problems, proposed, in));
            case Difference difference ->
                PageAnswer.page(Templates.trial(new TrialView(
                        frame(request),
                        proposed,
                        Optional.empty(),
                        findings(difference.warnings(), proposed, in),
                        Optional.of(result(difference, sample, in)))));
        };
    }

    private PageAnswer again(PageRequest request, String text, String problem, List<TrialView.Finding> findings)
            throws IOException {
        var view = new TrialView(frame(request), text, Optional.of(problem), findings, Optional.empty());
        return PageAnswer.page(Fault.BAD_REQUEST.status, Templates.trial(view));
    }

    private io.vigie.server.page.Frame frame(PageRequest request) throws IOException {
        return pages.frame(request, request.wording().say("trial.title"), Optional.of(Section.THEMES), LoopPages.STYLE);
    }

    private static List<TrialView.Finding> findings(List<String> told, String proposed, Wording in) {
        List<String> lines = proposed.lines().toList();
        return told.stream()
                .limit(FINDINGS_MAX)
                .map(each -> finding(each, lines, in))
                .toList();
    }

    private static TrialView.Finding finding(String told, List<String> lines, Wording in) {
        Matcher found = FINDING.matcher(told);
        if (!found.matches()) {
            return new TrialView.Finding("", told, "");
        }
        int line = Integer.parseInt(found.group(1));
        String source = 1 <= line && line <= lines.size() ? lines.get(line - 1).strip() : "";
        return new TrialView.Finding(
                in.say("trial.line", line),
                found.group(2),
                source.length() > SOURCE_LENGTH_MAX ? source.substring(0, SOURCE_LENGTH_MAX) + "…" : source);
    }

    private TrialView.Result result(Difference difference, NewestSample sample, Wording in) {
        List<Change> changed = difference.changes().stream()
                .filter(TrialPage::matters)
                .sorted(Comparator.comparingInt((Change each) ->
                                each.gained().size() + each.lost().size())
                        .reversed())
                .toList();
        Map<String, Verbatim> byId = sample.verbatims().stream()
                .collect(Collectors.toMap(Verbatim::getVerbatimId, Function.identity(), (first, _) -> first));
        int read = sample.verbatims().size();
        return new TrialView.Result(
                in.count("trial.verdict", difference.changed(), in.number(read)),
                List.of(
                        Fact.of(in.say("trial.sample"), in.say("trial.sample.of", read, sample.total())),
                        Fact.of(in.say("trial.present"), difference.present()),
                        Fact.of(in.say("trial.proposed"), difference.proposed()),
                        Fact.of(in.say("trial.silent.before"), share(difference.silentBefore(), read, in)),
                        Fact.of(in.say("trial.silent.after"), share(difference.silentAfter(), read, in))),
                changed.isEmpty() ? Optional.empty() : Optional.of(table(changed, in)),
                changed.stream()
                        .filter(each -> !each.gained().isEmpty() || !each.lost().isEmpty())
                        .map(each -> example(each, byId, in))
                        .toList(),
                in.count("trial.same", difference.changes().size() - (long) changed.size()));
    }

    private static boolean matters(Change each) {
        return each.presence() != TaxonomyTrial.Presence.BOTH
                || !each.gained().isEmpty()
                || !each.lost().isEmpty();
    }

    private static String share(long count, long of, Wording in) {
        return in.say("trial.share", count, in.percent(of == 0 ? 0 : (double) count / of));
    }

    private Table table(List<Change> changed, Wording in) {
        var rows = new ArrayList<List<Table.Cell>>();
        for (Change each : changed) {
            String name = each.theme().name(in.language());
            rows.add(List.of(
                    Table.cell(
                            switch (each.presence()) {
                                case BOTH -> name;
                                case ONLY_PRESENT -> in.say("trial.gone", name);
                                case ONLY_PROPOSED -> in.say("trial.new", name);
                            }),
                    cell(each.before(), in),
                    cell(each.after(), in),
                    cell(each.gained(), in),
                    cell(each.lost(), in)));
        }
        return new Table(
                in.say("trial.changes"),
                List.of(
                        new Table.Head(in.say("themes.theme"), false),
                        new Table.Head(in.say("trial.before"), true),
                        new Table.Head(in.say("trial.after"), true),
                        new Table.Head(in.say("trial.gained"), true),
                        new Table.Head(in.say("trial.lost"), true)),
                rows);
    }

    private Table.Cell cell(List<String> ids, Wording in) {
        return ids.isEmpty()
                ? Table.cell(in.number(0))
                : Table.cell(ListAddress.counted(ids, in), ListAddress.ofIds(ids, pages.zone()));
    }

    private static TrialView.Example example(Change each, Map<String, Verbatim> byId, Wording in) {
        return new TrialView.Example(
                each.theme().name(in.language()),
                each.theme().id(),
                quotes(each.gained(), byId, in),
                quotes(each.lost(), byId, in));
    }

    private static List<Quote> quotes(List<String> ids, Map<String, Verbatim> byId, Wording in) {
        return ids.stream()
                .limit(EXAMPLES_MAX)
                .map(byId::get)
                .filter(Objects::nonNull)
                .map(verbatim -> Quote.of(
                        verbatim,
                        in.name(
                                "value.channel." + verbatim.getChannel(),
                                verbatim.getChannel().name()),
                        in))
                .toList();
    }
}
