package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.themes;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class PercolationTest {
    private static final int VERBATIMS = 400;
    private static final int SEARCHES = 200;
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    private static final List<String> WORDS = List.of(
            "box",
            "fibre",
            "l'ADSL",
            "Wi-Fi",
            "été",
            "C++",
            "facture",
            "factures",
            "facturation",
            "résilier",
            "resilie",
            "panne",
            "ne",
            "pas",
            "port",
            "25",
            "ONT",
            "ont",
            "cloud",
            "R&D",
            "3,5",
            "remboursement",
            "connexion");
    private static final List<String> PARTS = List.of(
            "box",
            "fibre",
            "adsl",
            "wifi",
            "ete",
            "C++",
            "factrue~",
            "factrue~1",
            "fact*",
            "rembours*",
            "ONT",
            "R&D",
            "3.5",
            "\"port 25\"",
            "\"box fibre\"~3",
            "offre:fibre-pro",
            "offre:fib*pro",
            "thème:network.*",
            "thème:\"network\"",
            "gravité:>=3",
            "note:0..6",
            "sentiment:[-1 TO -0,5]",
            "risque:{0.5 TO *}",
            "date:2026-03",
            "date:7j",
            "date:hier",
            "date:[2026-01 TO 2026-02]",
            "est:question",
            "est:grave",
            "sans:thème",
            "sans:agent",
            "canal:(mail OU sms)",
            "langue:en",
            "id:v17",
            "agent:ab*",
            "-(box OU panne)",
            "-facture",
            "*");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void aSearchFindsInBatchesWhatItFindsInTheIndex() throws IOException {
        System.out.println("PercolationTest seed=" + seed);
        var verbatims = new ArrayList<Verbatim>();
        for (int i = 0; i < VERBATIMS; i++) {
            verbatims.add(random("v" + i));
        }
        var searches = new HashMap<String, SearchRequest>();
        for (int i = 0; i < SEARCHES; i++) {
            searches.put("s" + i, search());
        }

        var found = percolated(verbatims, searches);

        try (var index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), CLOCK)) {
            for (var verbatim : verbatims) {
                index.put(verbatim);
            }
            index.refresh();
            for (var search : searches.entrySet()) {
                assertThat(found.getOrDefault(search.getKey(), Set.of()))
                        .as("-Dseed=%d: %s", seed, search.getValue())
                        .isEqualTo(indexed(index, search.getValue()));
            }
        }
        assertThat(found.values().stream().mapToInt(Set::size).sum()).isGreaterThan(SEARCHES);
    }

    @Test
    void aSearchThatCannotBeRunIsToldAndTheOthersAreRun() throws IOException {
        var batch = List.of(verbatim("a", "la box est en panne"));

        var matches = Percolation.match(
                batch, Map.of("bad", SearchRequest.of("(box"), "good", SearchRequest.of("panne")), NOON);

        assertThat(matches.found()).containsOnly(Map.entry("good", batch));
        assertThat(matches.refused()).containsOnlyKeys("bad");
    }

    @Test
    void relativeDatesAreCountedFromTheMomentOfMatching() throws IOException {
        var batch = List.of(verbatim("a", "la box est en panne"));
        var week = Map.of("week", SearchRequest.of("date:7j"));

        assertThat(Percolation.match(batch, week, NOON.plus(Duration.ofDays(3))).found())
                .containsKey("week");
        assertThat(Percolation.match(batch, week, NOON.plus(Duration.ofDays(9))).found())
                .isEmpty();
    }

    @Test
    void neitherVerbatimsNorSearchesAreNoWork() throws IOException {
        assertThat(Percolation.match(List.of(), Map.of("all", SearchRequest.of("")), NOON)
                        .found())
                .isEmpty();
        assertThat(Percolation.match(List.of(verbatim("a", "box")), Map.of(), NOON)
                        .found())
                .isEmpty();
    }

    private Map<String, Set<String>> percolated(List<Verbatim> verbatims, Map<String, SearchRequest> searches)
            throws IOException {
        var found = new HashMap<String, Set<String>>();
        for (int from = 0; from < verbatims.size(); ) {
            int to = Math.min(verbatims.size(), from + 1 + random.nextInt(200));
            var matches = Percolation.match(verbatims.subList(from, to), searches, NOON);
            assertThat(matches.refused()).as("-Dseed=%d", seed).isEmpty();
            matches.found()
                    .forEach((search, hits) -> found.computeIfAbsent(search, _ -> new TreeSet<>())
                            .addAll(hits.stream().map(Verbatim::getVerbatimId).collect(Collectors.toSet())));
            from = to;
        }
        return found;
    }

    private Set<String> indexed(VerbatimIndex index, SearchRequest request) throws IOException {
        var ids = new HashSet<String>();
        var outcome = index.stream(request);
        assertThat(outcome).as("-Dseed=%d: %s", seed, request).isInstanceOf(ResultStream.class);
        try (var stream = (ResultStream) outcome) {
            while (stream.next()) {
                ids.add(stream.verbatim().getVerbatimId());
            }
        }
        return ids;
    }

    private SearchRequest search() {
        var parts = new ArrayList<String>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            parts.add(any(PARTS));
        }
        var request = SearchRequest.of(String.join(any(List.of(" ", " OU ", " SAUF ", " ET ")), parts));
        if (random.nextInt(4) == 0) {
            request = request.withFilter(Dimension.OFFER, "fibre-pro", "unassigned");
        }
        if (random.nextInt(4) == 0) {
            request = request.withFilter(Dimension.INTENT, "COMPLAINT");
        }
        if (random.nextInt(6) == 0) {
            request = request.withFrom(NOON.minus(Duration.ofDays(random.nextInt(30))));
        }
        return request;
    }

    private Verbatim random(String id) {
        var text = new ArrayList<String>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.add(any(WORDS));
        }
        var draft = draft(id, String.join(" ", text))
                .setOccurredAt(NOON.minus(Duration.ofHours(random.nextInt(24 * 60))))
                .setOfferId(any(List.of("fibre-pro", "fibre-max-pro", "mobile", "unassigned")))
                .setChannel(any(List.of(Channel.EMAIL, Channel.SMS, Channel.PHONE)))
                .setLanguage(any(List.of("fr", "fr", "en")))
                .setIntent(any(List.of(Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE)))
                .setSentiment(random.nextDouble(-1, 1))
                .setSeverity(random.nextInt(5))
                .setChurnRisk(random.nextDouble());
        if (random.nextBoolean()) {
            draft.setThemes(themes(any(List.of("network.outage", "network.speed", "billing.error"))));
        }
        if (random.nextBoolean()) {
            draft.setNps(random.nextInt(11)).setAgentId(any(List.of("ab1", "b2")));
        }
        return draft.build();
    }

    private <T> T any(List<? extends T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
