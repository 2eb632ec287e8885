package io.vigie.server;

import io.vigie.index.Comparison;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.server.page.ComparisonView;
import io.vigie.server.page.Figure;
import io.vigie.server.page.Names;
import io.vigie.server.page.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What has risen and fallen against the period before, in the words of the search page. */
final class SearchComparison {
    private static final int DIFFERENCES_SHOWN = 8;

    private final Wording in;
    private final Names names;
    private final SearchState state;

    SearchComparison(Wording in, Names names, SearchState state) {
        this.in = in;
        this.names = names;
        this.state = state;
    }

    ComparisonView told(Comparison comparison) {
        var lists = new ArrayList<ComparisonView.Lists>();
        for (Dimension dimension : SearchFacets.ORDER) {
            var rows = comparison.values().getOrDefault(dimension, List.of()).stream()
                    .filter(each -> each.q() <= Comparison.FALSE_DISCOVERIES_MAX)
                    .limit(DIFFERENCES_SHOWN)
                    .map(each -> row(names.value(dimension.parameter(), each.value(), in), each))
                    .toList();
            if (!rows.isEmpty()) {
                lists.add(new ComparisonView.Lists(in.say("facet." + dimension.parameter()), rows));
            }
        }
        words(lists, "compare.rising", comparison.rising());
        words(lists, "compare.falling", comparison.falling());
        words(lists, "compare.pairs.rising", comparison.pairs().rising());
        words(lists, "compare.pairs.falling", comparison.pairs().falling());
        long now = comparison.first().total();
        long before = comparison.second().total();
        return new ComparisonView(
                side("compare.this", comparison.first()),
                side("compare.previous", comparison.second()),
                before == 0 ? in.say("compare.new") : in.signedPercent((double) (now - before) / before),
                comparison
                        .sentiment()
                        .map(mean -> in.say(
                                mean.margin().isPresent()
                                                && Math.abs(mean.difference())
                                                        > mean.margin().getAsDouble()
                                        ? "compare.tone"
                                        : "compare.tone.same",
                                in.decimal(mean.second().mean(), 2),
                                in.decimal(mean.first().mean(), 2))),
                lists,
                state.comparing(false).address());
    }

    private void words(List<ComparisonView.Lists> lists, String key, List<Comparison.Compared> words) {
        if (!words.isEmpty()) {
            lists.add(new ComparisonView.Lists(
                    in.say(key),
                    words.stream()
                            .limit(DIFFERENCES_SHOWN)
                            .map(each -> row(each.value(), each))
                            .toList()));
        }
    }

    private Figure side(String key, Comparison.Side side) {
        SearchRequest verbatims = side.verbatims();
        String period = in.say(
                "period.between",
                verbatims.from().map(in::day).orElse("…"),
                verbatims.to().map(to -> in.day(to.minusMillis(1))).orElse("…"));
        return new Figure(
                in.say(key), in.number(side.total()), SearchState.of(verbatims).address(), Optional.of(period));
    }

    private ComparisonView.Row row(String name, Comparison.Compared each) {
        var contrast = each.contrast();
        boolean isRising = contrast.difference() > 0;
        String change = (isRising ? "▲ " : "▼ ")
                + in.say("compare.points", (isRising ? "+" : "") + in.decimal(100 * contrast.difference(), 1));
        return new ComparisonView.Row(
                name,
                isRising,
                change,
                in.number(contrast.first()),
                SearchState.of(each.first()).address(),
                in.number(contrast.second()),
                SearchState.of(each.second()).address());
    }
}
