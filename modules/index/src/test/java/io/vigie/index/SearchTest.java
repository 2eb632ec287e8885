package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTest {
    private final VerbatimIndex index;

    SearchTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            resilier                  | Je veux [résilier]
            résilier                  | JE VEUX [RESILIER]
            résilié                   | Je veux [résilier] mon contrat [résilié]
            adsl                      | Depuis hier l’[ADSL] ne marche plus
            l'adsl                    | L'[ADSL] et d’[ADSL]
            facture                   | Mes [factures] sont fausses, [facture] de mars
            factur*                   | La [facturation] de l'an dernier, les [factures] de mars
            factrue~                  | une [facture]
            "port 25"                 | le port 24, le [port] [25] et 25
            "box panne"~2             | la [box] est en [panne] ; la panne
            wi-fi                     | Le [Wi-Fi] et le [wifi]
            ne marche pas             | Ça [ne] [marche] [pas]
            box -fibre                | ma [box] adsl
            box OU fibre              | ma [box] et la [fibre]
            cœur                      | le [coeur] du réseau
            coeur                     | le [cœur] du réseau
            😀                         | merci [😀] !
            bloqué                    | port [bloqué].Merci
            offre:unassigned box      | ma [box]
            """)
    void highlightsAreOnTheWordsThatMatched(String query, String marked) throws IOException {
        String text = marked.replaceAll("[\\[\\]]", "");
        index.put(verbatim("a", text));
        index.refresh();

        assertThat(mark(result(SearchRequest.of(query)).hits().getFirst())).isEqualTo(marked);
    }

    @Test
    void highlightsOfADecomposedTextCoverItsAccents() throws IOException {
        String text = Normalizer.normalize("L’été dernier, résilié", Normalizer.Form.NFD);
        index.put(verbatim("a", text));
        index.refresh();

        assertThat(mark(result(SearchRequest.of("ete résilié")).hits().getFirst()))
                .isEqualTo(Normalizer.normalize("L’[été] dernier, [résilié]", Normalizer.Form.NFD));
    }

    @Test
    void englishIsStemmedAsEnglish() throws IOException {
        index.put(draft("a", "My refunds were cancelled").setLanguage("en").build());
        index.refresh();

        assertThat(mark(result(SearchRequest.of("refund cancel")).hits().getFirst()))
                .isEqualTo("My [refunds] were [cancelled]");
    }

    @Test
    void theWordItselfScoresAboveItsOtherForms() throws IOException {
        index.put(verbatim("a", "les factures de mars"));
        index.put(verbatim("b", "la facture de mars"));
        index.refresh();

        assertThat(ids(SearchRequest.of("facture"))).containsExactly("b", "a");
        assertThat(ids(SearchRequest.of("factures"))).containsExactly("a", "b");
    }

    @Test
    void quotesAskForTheWordItself() throws IOException {
        index.put(verbatim("a", "les factures de mars"));
        index.put(verbatim("b", "la facture de mars"));
        index.refresh();

        assertThat(ids(SearchRequest.of("\"facture\""))).containsExactly("b");
    }

    @Test
    void negationsAreWords() throws IOException {
        index.put(verbatim("a", "la box marche"));
        index.put(verbatim("b", "la box ne marche pas"));
        index.refresh();

        assertThat(ids(SearchRequest.of("\"ne marche pas\""))).containsExactly("b");
        assertThat(ids(SearchRequest.of("marche -pas"))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "offre:fibre-pro,a",
        "offer:FIBRE-PRO,a",
        "offer:(fibre-pro OR box-x),a b",
        "theme:network.outage,a b",
        "theme:network.*,a b",
        "intention:praise,b",
        "canal:SMS,b",
        "type:ticket,a b c",
        "langue:FR,a c",
        "severity:>=2,b c",
        "severity:3,c",
        "severity:<3,a b",
        "gravité:<=2,a b",
        "severity:>2,c",
        "id:a,a",
        "-theme:*,c",
        "NOT offer:fibre-pro,b c",
        "offer:*,a b c"
    })
    void fieldsSelect(String query, String ids) throws IOException {
        index.put(draft("a", "un")
                .setOfferId("fibre-pro")
                .setThemes(Verbatims.themes("network.outage", "billing.error"))
                .build());
        index.put(draft("b", "deux")
                .setOfferId("box-x")
                .setThemes(Verbatims.themes("network.outage"))
                .setIntent(Intent.PRAISE)
                .setChannel(Channel.SMS)
                .setLanguage("en")
                .setSeverity(2)
                .build());
        index.put(draft("c", "trois").setSeverity(3).build());
        index.refresh();

        assertThat(ids(SearchRequest.of(query))).containsExactlyInAnyOrder(ids.split(" "));
    }

    @Test
    void valuesOfOneFilterAreAlternativesAndFiltersAddUp() throws IOException {
        index.put(draft("a", "box").setOfferId("x").setChannel(Channel.SMS).build());
        index.put(draft("b", "box").setOfferId("y").setChannel(Channel.SMS).build());
        index.put(draft("c", "box").setOfferId("z").setChannel(Channel.SMS).build());
        index.put(draft("d", "box").setOfferId("x").build());
        index.refresh();

        var request =
                SearchRequest.of("box").withFilter(Dimension.OFFER, "x", "y").withFilter(Dimension.CHANNEL, "SMS");

        assertThat(ids(request)).containsExactlyInAnyOrder("a", "b");
        assertThat(ids(request.withFilter(Dimension.OFFER))).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void fromIsInclusiveAndToIsExclusive() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(draft("id" + i, "box").setOccurredAt(NOON.plusMillis(i)).build());
        }
        index.refresh();

        var request = SearchRequest.of("").withSort(Sort.NEWEST);

        assertThat(ids(request.withFrom(NOON.plusMillis(1)).withTo(NOON.plusMillis(3))))
                .containsExactly("id2", "id1");
        assertThat(ids(request.withFrom(NOON.plusNanos(1))
                        .withTo(NOON.plusMillis(3).plusNanos(1))))
                .containsExactly("id3", "id2", "id1");
        assertThat(ids(request.withFrom(NOON).withTo(NOON))).isEmpty();
    }

    @Test
    void sizeZeroOnlyCounts() throws IOException {
        index.put(verbatim("a", "box"));
        index.refresh();

        var result = result(SearchRequest.of("box").withSize(0).withFacets(all()));

        assertThat(result.total()).isEqualTo(1);
        assertThat(result.hits()).isEmpty();
        assertThat(result.cursor()).isEmpty();
        assertThat(result.facets().get(Dimension.CHANNEL)).containsExactly(new Count("EMAIL", 1));
    }

    @ParameterizedTest
    @EnumSource(Sort.class)
    void pagesVisitEachIdOnceAlsoOverTies(Sort sort) throws IOException {
        var expected = new TreeSet<String>();
        for (int i = 0; i < 137; i++) {
            String id = "id" + i;
            expected.add(id);
            index.put(draft(id, i % 3 == 0 ? "box" : "la box en panne")
                    .setOccurredAt(NOON.plusSeconds(i % 4))
                    .build());
            if (i % 20 == 0) {
                index.refresh();
            }
        }
        index.refresh();

        var visited = new ArrayList<String>();
        var request = SearchRequest.of("box").withSort(sort).withSize(10);
        for (var page = result(request);
                ;
                page = result(request.withCursor(page.cursor().get()))) {
            assertThat(page.total()).isEqualTo(137);
            page.hits().forEach(hit -> visited.add(hit.verbatim().getVerbatimId()));
            if (page.cursor().isEmpty()) {
                break;
            }
        }

        assertThat(visited).hasSize(137);
        assertThat(new TreeSet<>(visited)).isEqualTo(expected);
    }

    @Test
    void pagesVisitEachIdOnceWhileOthersAreWritten() throws Exception {
        int old = 500;
        for (int i = 0; i < old; i++) {
            index.put(draft("old" + i, "box")
                    .setOccurredAt(NOON.plusSeconds(i % 50))
                    .build());
        }
        index.refresh();
        var stop = new AtomicBoolean();
        var writer = Thread.ofPlatform().start(() -> writeUntil(stop));

        var visited = new ArrayList<String>();
        var request = SearchRequest.of("box").withSort(Sort.NEWEST).withSize(7);
        for (var page = result(request);
                ;
                page = result(request.withCursor(page.cursor().get()))) {
            page.hits().forEach(hit -> visited.add(hit.verbatim().getVerbatimId()));
            if (page.cursor().isEmpty()) {
                break;
            }
        }
        stop.set(true);
        writer.join();

        assertThat(visited).doesNotHaveDuplicates();
        assertThat(visited.stream().filter(id -> id.startsWith("old"))).hasSize(old);
    }

    private void writeUntil(AtomicBoolean stop) {
        try {
            for (int i = 0; !stop.get(); i++) {
                index.put(draft("new" + i, "box")
                        .setOccurredAt(NOON.plusSeconds(100 + i))
                        .build());
                index.put(draft("old" + i % 500, "box encore")
                        .setOccurredAt(NOON.plusSeconds(i % 500 % 50))
                        .build());
                index.refresh();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "", "=", "é", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void garbageIsNoCursor(String cursor) throws IOException {
        assertThat(refused(SearchRequest.of("").withCursor(cursor)).reason()).isEqualTo(Reason.BAD_CURSOR);
    }

    @Test
    void aCursorIsOnlyGoodForItsOwnSearch() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(verbatim("id" + i, "box"));
        }
        index.refresh();
        var request = SearchRequest.of("box").withSize(2);
        String cursor = result(request).cursor().orElseThrow();
        String damaged = cursor.substring(0, cursor.length() - 2) + (cursor.endsWith("A") ? "BB" : "AA");

        assertThat(ids(request.withCursor(cursor).withSize(100))).hasSize(3);
        assertThat(refused(SearchRequest.of("facture").withCursor(cursor)).reason())
                .isEqualTo(Reason.BAD_CURSOR);
        assertThat(refused(request.withSort(Sort.NEWEST).withCursor(cursor)).reason())
                .isEqualTo(Reason.BAD_CURSOR);
        assertThat(refused(request.withFilter(Dimension.OFFER, "x").withCursor(cursor))
                        .reason())
                .isEqualTo(Reason.BAD_CURSOR);
        assertThat(refused(request.withCursor(damaged)).reason()).isEqualTo(Reason.BAD_CURSOR);
    }

    /** Totals, facets and order equal those of a loop over everything, whatever was put, replaced and removed. */
    @RepeatedTest(15)
    void countsEqualThoseOfALoop() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = Verbatims.filled(index, 400, random, SearchTest::random);
        var from = NOON.plus(random.nextInt(50), ChronoUnit.HOURS);
        var to = from.plus(random.nextInt(300), ChronoUnit.HOURS);
        String word = "mot" + random.nextInt(5);
        var request = SearchRequest.of(word)
                .withFilter(Dimension.OFFER, "offre1", "offre2")
                .withFrom(from)
                .withTo(to)
                .withSort(Sort.NEWEST)
                .withSize(100)
                .withFacets(all());

        var found = result(request);

        var expected = model.values().stream()
                .filter(v -> Arrays.asList(v.getText().split(" ")).contains(word))
                .filter(v -> v.getOfferId().equals("offre1") || v.getOfferId().equals("offre2"))
                .filter(v ->
                        !v.getOccurredAt().isBefore(from) && v.getOccurredAt().isBefore(to))
                .sorted(Comparator.comparing(Verbatim::getOccurredAt).reversed().thenComparing(Verbatim::getVerbatimId))
                .toList();
        assertThat(found.total()).as("-Dseed=%d", seed).isEqualTo(expected.size());
        assertThat(found.hits().stream().map(Hit::verbatim))
                .as("-Dseed=%d", seed)
                .isEqualTo(expected.stream().limit(100).toList());
        for (var dimension : EnumSet.complementOf(EnumSet.of(Dimension.OFFER))) {
            assertThat(found.facets().get(dimension)).as("-Dseed=%d", seed).isEqualTo(counts(dimension, expected));
        }
    }

    private static Verbatim random(String id, Random random) {
        return draft(id, "mot" + random.nextInt(5) + " mot" + random.nextInt(5))
                .setOfferId("offre" + random.nextInt(4))
                .setThemes(Verbatims.themes(random.ints(random.nextInt(4), 0, 6)
                        .distinct()
                        .mapToObj(i -> "theme" + i)
                        .toArray(String[]::new)))
                .setIntent(any(List.of(Intent.values()), random))
                .setChannel(any(List.of(Channel.values()), random))
                .setLanguage(random.nextBoolean() ? "fr" : "en")
                .setOccurredAt(NOON.plus(random.nextInt(20_000), ChronoUnit.MINUTES))
                .build();
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static List<Count> counts(Dimension dimension, List<Verbatim> verbatims) {
        var counts = new HashMap<String, Long>();
        verbatims.forEach(v -> values(dimension, v).forEach(value -> counts.merge(value, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(entry -> new Count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::value))
                .toList();
    }

    private static List<String> values(Dimension dimension, Verbatim v) {
        return switch (dimension) {
            case OFFER -> List.of(v.getOfferId());
            case THEME -> v.getThemes().stream().map(Theme::getTheme).toList();
            case INTENT -> List.of(v.getIntent().toString());
            case KIND -> List.of(v.getKind().toString());
            case LANGUAGE -> List.of(v.getLanguage());
            case CHANNEL -> List.of(v.getChannel().toString().toUpperCase(Locale.ROOT));
        };
    }

    @Test
    void atMostAHundredValuesOfAFacetAreCounted() throws IOException {
        for (int i = 0; i < 150; i++) {
            index.put(draft("id" + i, "box").setOfferId("offre" + i % 120).build());
        }
        index.refresh();

        var offers = result(SearchRequest.of("").withFacets(all())).facets().getOrDefault(Dimension.OFFER, List.of());

        assertThat(offers).hasSize(Count.VALUES_MAX);
        assertThat(offers.getFirst()).isEqualTo(new Count("offre0", 2));
    }

    private static Set<Dimension> all() {
        return EnumSet.allOf(Dimension.class);
    }

    private SearchResult result(SearchRequest request) throws IOException {
        return (SearchResult) index.search(request);
    }

    private Refused refused(SearchRequest request) throws IOException {
        return (Refused) index.search(request);
    }

    private List<String> ids(SearchRequest request) throws IOException {
        return result(request).hits().stream()
                .map(hit -> hit.verbatim().getVerbatimId())
                .toList();
    }

    private static String mark(Hit hit) {
        var marked = new StringBuilder(hit.verbatim().getText());
        for (var highlight : hit.highlights().reversed()) {
            marked.insert(highlight.end(), ']').insert(highlight.start(), '[');
        }
        return marked.toString();
    }
}
