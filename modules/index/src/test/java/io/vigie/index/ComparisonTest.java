package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.themes;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import io.vigie.index.Comparison.Compared;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
    /** On a busy machine too no search takes too long. */
    private static final Clock STILL = Clock.fixed(NOON, ZoneOffset.UTC);

    private static final Instant MIDDLE = NOON;
    private static final List<String> WORDS = List.of(
            "résilié",
            "Résiliation",
            "factures",
            "facture",
            "Wi-Fi",
            "ONT",
            "C++",
            "port",
            "25",
            "coupé",
            "l’offre",
            "aujourd'hui",
            "merci",
            "IPv6",
            "lent",
            "R&D",
            "e-mail",
            "S.A.V",
            "boxe",
            "box");
    private static final List<String> QUERIES = List.of(
            "",
            "*:*",
            "merci",
            "facture OU box",
            "-merci",
            "\"port 25\"",
            "(box OU lent) -coupé",
            "lent :)",
            "factur*",
            "est:plainte merci",
            "lent !",
            "offre:fibre",
            "thème:network.*");

    private final VerbatimIndex index;

    ComparisonTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), STILL);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    /** Every number is the total of the search beside it, and every word's is that of a loop over all texts. */
    @RepeatedTest(10)
    void everyNumberIsTheLengthOfItsList() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = filled(random);
        var request = SearchRequest.of(QUERIES.get(random.nextInt(QUERIES.size())));
        if (random.nextBoolean()) {
            request = request.withFilter(Dimension.THEME, "network.outage", "billing.error");
        }
        boolean periods = random.nextBoolean();
        var first = periods ? request.withFrom(MIDDLE) : request.withFilter(Dimension.OFFER, "fibre");
        var second = periods ? request.withTo(MIDDLE) : request.withFilter(Dimension.OFFER, "mobile", "tv");

        var comparison = (Comparison) index.compare(first, second, 100);

        assertThat(comparison.first().total()).as("-Dseed=%d", seed).isEqualTo(total(first));
        assertThat(comparison.second().total()).as("-Dseed=%d", seed).isEqualTo(total(second));
        assertThat(comparison.values().containsKey(Dimension.OFFER)).isEqualTo(periods);
        var compared = Stream.concat(
                        comparison.values().values().stream().flatMap(List::stream),
                        Stream.of(
                                        comparison.rising(),
                                        comparison.falling(),
                                        comparison.pairs().rising(),
                                        comparison.pairs().falling())
                                .flatMap(List::stream))
                .toList();
        for (var each : compared) {
            assertThat(List.of(total(each.first()), total(each.second())))
                    .as("%s of %s against %s -Dseed=%d", each.value(), first, second, seed)
                    .containsExactly(each.contrast().first(), each.contrast().second());
        }
        if (request.query().isEmpty() && request.filters().isEmpty()) {
            var counted = counted(model, one -> isFirst(one, periods), one -> isSecond(one, periods));
            assertThat(comparison.wordsTested()).as("-Dseed=%d", seed).isEqualTo(counted.size());
        }
    }

    private interface Picked {
        boolean test(Verbatim verbatim);
    }

    private static boolean isFirst(Verbatim one, boolean periods) {
        return periods
                ? !one.getOccurredAt().isBefore(MIDDLE)
                : one.getOfferId().equals("fibre");
    }

    private static boolean isSecond(Verbatim one, boolean periods) {
        return periods
                ? one.getOccurredAt().isBefore(MIDDLE)
                : !one.getOfferId().equals("fibre");
    }

    /** The words that enough verbatims of both sides have, in any of their forms. */
    private static Map<String, Integer> counted(Map<String, Verbatim> model, Picked first, Picked second) {
        var counted = new HashMap<String, Integer>();
        for (var one : model.values()) {
            if (first.test(one) || second.test(one)) {
                var forms = new HashSet<String>();
                TextAnalyzer.forms(one.getText()).forEach(form -> forms.add(form.text()));
                forms.forEach(form -> counted.merge(form, 1, Integer::sum));
            }
        }
        counted.keySet().removeIf(word -> !SignificantWord.isSignificant(word));
        counted.values().removeIf(count -> count < Comparison.WORD_COUNT_MIN);
        return counted;
    }

    private Map<String, Verbatim> filled(Random random) throws IOException {
        var model = new HashMap<String, Verbatim>();
        for (int i = 0; i < 250; i++) {
            String id = "id" + random.nextInt(300);
            if (random.nextInt(10) == 0) {
                index.delete(id);
                model.remove(id);
                continue;
            }
            boolean late = random.nextBoolean();
            var words = new ArrayList<String>();
            for (int word = 0; word < 8; word++) {
                words.add(WORDS.get(late ? random.nextInt(WORDS.size()) : random.nextInt(10)));
            }
            var one = draft(id, String.join(" ", words))
                    .setOccurredAt(MIDDLE.plusSeconds((late ? 1 : -1) * random.nextLong(1, 100_000)))
                    .setOfferId(List.of("fibre", "mobile", "tv").get(random.nextInt(3)))
                    .setChannel(random.nextBoolean() ? Channel.EMAIL : Channel.PHONE)
                    .setIntent(late && random.nextBoolean() ? Intent.QUESTION : Intent.COMPLAINT)
                    .setThemes(
                            random.nextBoolean()
                                    ? themes("network.outage", "billing.error")
                                    : late ? themes("network.outage", "sales.pressure") : themes())
                    .setSentiment(late ? -0.8 : 0.1)
                    .build();
            index.put(one);
            model.put(id, one);
            if (random.nextInt(50) == 0) {
                index.refresh();
            }
        }
        index.refresh();
        return model;
    }

    @Test
    void whatIsSaidMoreOftenRisesAsItIsWritten() throws IOException {
        for (int i = 0; i < 60; i++) {
            put("new" + i, i % 3 == 0 ? "Déconnecté du réseau IPv6" : "Encore la box", 1 + i, i % 3 == 0);
            put("old" + i, i % 3 == 0 ? "La facture" : "Encore la box", -1 - i, false);
        }
        index.refresh();

        var comparison = compare(20);

        assertThat(comparison.rising().stream().map(Compared::value))
                .containsExactlyInAnyOrder("Déconnecté", "réseau", "IPv6");
        assertThat(comparison.falling().stream().map(Compared::value)).containsExactly("facture");
        var rising = comparison.rising().getFirst();
        assertThat(rising.contrast()).isEqualTo(new Contrast(20, 60, 0, 60));
        assertThat(rising.q()).isLessThan(0.001);
        assertThat(rising.contrast().logOdds()).isGreaterThan(3);
        var theme = comparison.values().getOrDefault(Dimension.THEME, List.of()).getFirst();
        assertThat(theme.value()).isEqualTo("network.outage");
        assertThat(theme.contrast()).isEqualTo(new Contrast(20, 60, 0, 60));
        assertThat(theme.q()).isEqualTo(theme.contrast().p());
    }

    private void put(String id, String text, int minutes, boolean outage) throws IOException {
        index.put(draft(id, text)
                .setOccurredAt(MIDDLE.plus(Duration.ofMinutes(minutes)))
                .setThemes(outage ? themes("network.outage") : List.of())
                .setSentiment(minutes > 0 ? -0.5 : 0.5)
                .build());
    }

    /** Two halves of the same, as chance divides them: the lists of some 900 words tested stay all but empty. */
    @Test
    void chanceIsNoDifference() throws IOException {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            var words = new ArrayList<String>();
            for (int word = 0; word < 30; word++) {
                int rank = (int) Math.pow(2_000, random.nextDouble());
                words.add("mot" + Integer.toString(rank, 36) + "x");
            }
            put("id" + i, String.join(" ", words), random.nextBoolean() ? 1 : -1, false);
        }
        index.refresh();

        var comparison = compare(100);

        assertThat(comparison.wordsTested()).isGreaterThan(800);
        assertThat(comparison.rising().size() + comparison.falling().size()).isLessThan(3);
        assertThat(comparison.pairs().tested()).isGreaterThan(500);
        assertThat(comparison.pairs().rising().size()
                        + comparison.pairs().falling().size())
                .isLessThan(3);
    }

    @Test
    void theSentimentsDifferByAMargin() throws IOException {
        for (int i = 1; i <= 20; i++) {
            put("new" + i, "box", i, false);
            put("old" + i, "box", -i, false);
        }
        index.refresh();

        var sentiment = compare(0).sentiment().orElseThrow();

        assertThat(sentiment.difference()).isEqualTo(-1);
        assertThat(sentiment.margin()).hasValue(0);
        assertThat(sentiment.first().values()).isEqualTo(20);
    }

    @Test
    void anEmptySideIsNothingToTell() throws IOException {
        put("a", "box", 1, true);
        index.refresh();

        var comparison = compare(10);

        assertThat(comparison.second().total()).isZero();
        assertThat(comparison.rising()).isEmpty();
        assertThat(comparison.sentiment()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        (box    | unclosed (
        box ET  | on both sides
        """)
    void aQueryIsRefusedAsAlways(String query, String detail) throws IOException {
        var request = SearchRequest.of(query);

        assertThat(index.compare(request.withFrom(MIDDLE), request.withTo(MIDDLE), 10))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.SYNTAX);
                    assertThat(refused.detail()).contains(detail);
                });
    }

    @Test
    void sidesThatMayShareAVerbatimAreRefused() throws IOException {
        var all = SearchRequest.of("");
        var fibre = all.withFilter(Dimension.OFFER, "fibre");

        for (var pair : List.of(
                List.of(all, all),
                List.of(fibre, all.withFilter(Dimension.OFFER, "fibre", "tv")),
                List.of(fibre, all),
                List.of(all.withFilter(Dimension.THEME, "a"), all.withFilter(Dimension.THEME, "b")),
                List.of(all.withFrom(MIDDLE), all.withTo(MIDDLE.plusMillis(1))))) {
            assertThat(index.compare(pair.getFirst(), pair.getLast(), 10))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.detail()).contains("both sides"));
        }
        assertThat(index.compare(all.withTo(MIDDLE), all.withFrom(MIDDLE), 10)).isInstanceOf(Comparison.class);
    }

    @Test
    void aQueryWithoutRoomForOneMoreWordIsRefused() throws IOException {
        String deep = "(".repeat(QueryParser.DEPTH_MAX) + "box" + ")".repeat(QueryParser.DEPTH_MAX);
        String wide = "a".repeat(QueryParser.QUERY_LENGTH_MAX);

        for (String query : List.of(deep, wide)) {
            var request = SearchRequest.of(query);
            assertThat(index.compare(request.withFrom(MIDDLE), request.withTo(MIDDLE), 10))
                    .isInstanceOfSatisfying(Refused.class, refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.TOO_COMPLEX);
                        assertThat(refused.detail()).contains("shorten it");
                    });
        }
    }

    @Test
    void aComparisonThatTakesTooLongIsRefused() throws IOException {
        var request = SearchRequest.of("");
        try (var slow = VerbatimIndex.open(
                new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), new SecondsPassClock())) {
            slow.put(draft("a", "box").build());
            slow.refresh();

            assertThat(slow.compare(request.withFrom(MIDDLE), request.withTo(MIDDLE), 10))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_SLOW));
        }
    }

    private Comparison compare(int words) throws IOException {
        var all = SearchRequest.of("");
        return (Comparison) index.compare(all.withFrom(MIDDLE), all.withTo(MIDDLE), words);
    }

    private long total(SearchRequest request) throws IOException {
        return ((SearchResult) index.search(request.withSize(0))).total();
    }

    /** A second goes by each time it is looked at. */
    private static final class SecondsPassClock extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("nobody asks for another zone");
        }
    }
}
