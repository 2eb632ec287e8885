package io.vigie.server;

import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.Stats;
import io.vigie.server.page.Names;
import io.vigie.server.page.SearchView.Facet;
import io.vigie.server.page.SearchView.Value;
import io.vigie.server.page.Wording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The filters of the search page, with how many verbatims each would leave. */
final class SearchFacets {
    /** As people look for them. */
    static final List<Dimension> ORDER = List.of(
            Dimension.INTENT, Dimension.THEME, Dimension.OFFER, Dimension.CHANNEL, Dimension.KIND, Dimension.LANGUAGE);

    private static final int FACET_SHOWN = 6;

    private final Wording in;
    private final Names names;
    private final SearchState state;

    SearchFacets(Wording in, Names names, SearchState state) {
        this.in = in;
        this.names = names;
        this.state = state;
    }

    List<Facet> facets(SearchPage.Answer answer, SearchCounts counts) {
        var facets = new ArrayList<Facet>();
        for (Dimension dimension : ORDER) {
            List<Count> all = answer.counts().facets().getOrDefault(dimension, List.of());
            if (!all.isEmpty() || !state.values(dimension).isEmpty()) {
                facets.add(facet(dimension, all));
            }
        }
        Stats sums = answer.counts().stats().orElse(null);
        if (sums != null && answer.counts().total() > 0) {
            facets.add(traits("tone", counts.traits(), List.of(SearchCounts.NEGATIVE, SearchCounts.POSITIVE)));
            if (sums.npsAnswers() > 0) {
                facets.add(traits(
                        "score",
                        Map.of(
                                "est:détracteur", sums.detractors(),
                                "est:passif", sums.passives(),
                                "est:promoteur", sums.promoters()),
                        List.of("est:détracteur", "est:passif", "est:promoteur")));
            }
            var watched = new LinkedHashMap<String, Long>();
            watched.put("est:grave", sums.severe());
            watched.put("est:partant", sums.churn());
            watched.put(SearchCounts.MISMATCH, counts.traits().getOrDefault(SearchCounts.MISMATCH, 0L));
            facets.add(traits("watch", watched, List.copyOf(watched.keySet())));
        }
        return facets;
    }

    private Facet facet(Dimension dimension, List<Count> counts) {
        var byValue = new LinkedHashMap<String, Long>();
        // What is chosen is always there to be taken back, also when nothing has it.
        state.values(dimension).forEach(value -> byValue.put(value, 0L));
        counts.forEach(count -> byValue.put(count.value(), count.count()));
        long most = counts.stream().mapToLong(Count::count).max().orElse(1);
        List<Value> values = byValue.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> each) ->
                                !state.values(dimension).contains(each.getKey()))
                        .thenComparing(
                                Map.Entry.<String, Long>comparingByValue().reversed()))
                .map(each -> value(dimension, each.getKey(), each.getValue(), most))
                .toList();
        int shown = values.size() == FACET_SHOWN + 1 ? values.size() : Math.min(values.size(), FACET_SHOWN);
        return new Facet(
                "facet-" + dimension.parameter(),
                name(dimension),
                values.subList(0, shown),
                values.subList(shown, values.size()),
                counts.size() >= Count.VALUES_MAX);
    }

    private Value value(Dimension dimension, String value, long count, long most) {
        return new Value(
                dimension.parameter() + "-" + value.replaceAll("\\s", "_"),
                named(dimension, value),
                count,
                share(count, most),
                state.values(dimension).contains(value),
                state.toggled(dimension, value).address(),
                Optional.of(state.excluding(dimension, value).address()));
    }

    private Facet traits(String key, Map<String, Long> counts, List<String> shown) {
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        Map<String, String> words = traits();
        List<Value> values = shown.stream()
                .map(word -> new Value(
                        "trait-" + word.substring(word.indexOf(':') + 1),
                        in.say(Optional.ofNullable(words.get(word)).orElseThrow()),
                        counts.getOrDefault(word, 0L),
                        share(counts.getOrDefault(word, 0L), most),
                        state.has(word),
                        state.toggled(word).address(),
                        Optional.empty()))
                .toList();
        return new Facet("facet-" + key, in.say("facet." + key), values, List.of(), false);
    }

    /** By the words of the query. */
    static Map<String, String> traits() {
        var traits = new LinkedHashMap<String, String>();
        traits.put(SearchCounts.NEGATIVE, "trait.negative");
        traits.put(SearchCounts.POSITIVE, "trait.positive");
        traits.put("est:détracteur", "trait.detractor");
        traits.put("est:passif", "trait.passive");
        traits.put("est:promoteur", "trait.promoter");
        traits.put("est:grave", "trait.severe");
        traits.put("est:partant", "trait.leaving");
        traits.put(SearchCounts.MISMATCH, "trait.mismatch");
        return traits;
    }

    private static String share(long count, long most) {
        return Math.round(100.0 * count / Math.max(1, most)) + "%";
    }

    private String name(Dimension dimension) {
        return in.say("facet." + dimension.parameter());
    }

    private String named(Dimension dimension, String value) {
        return names.value(dimension.parameter(), value, in);
    }
}
