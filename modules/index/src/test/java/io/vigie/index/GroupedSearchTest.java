package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.themes;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.GroupedResult.Group;
import io.vigie.index.Refused.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class GroupedSearchTest {
    private static final List<String> QUERIES =
            List.of("", "box", "box OU panne", "-panne", "canal:mail", "box :)", "\"la box\"");

    private final TurnedClock clock = new TurnedClock();
    private final VerbatimIndex index;

    GroupedSearchTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), clock);
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    /** All pages together are the plain result with each text's first hit only, whatever is put between two pages. */
    @RepeatedTest(10)
    void eachGroupIsOnOnePageUnderItsFirstHit() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        put(250, random);
        erase(50, random);
        var request = SearchRequest.of(QUERIES.get(random.nextInt(QUERIES.size())))
                .withSort(random.nextBoolean() ? Sort.NEWEST : Sort.RELEVANCE)
                .withFilter(Dimension.OFFER, random.nextBoolean() ? new String[0] : new String[] {"fibre", "tv"})
                .withSize(1 + random.nextInt(9));
        var expected = new ArrayList<Hit>();
        var sizes = new HashMap<String, Long>();
        var texts = new NearTexts(index, request);
        try (var all = (ResultStream) index.stream(request)) {
            while (all.next()) {
                if (sizes.merge(texts.leader(all.verbatim()), 1L, Long::sum) == 1) {
                    expected.add(all.hit());
                }
            }
        }

        var seen = new ArrayList<Group>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = page(cursor.map(request::withCursor).orElse(request));
            assertThat(page.groups()).as("-Dseed=%d", seed).isEqualTo(expected.size());
            seen.addAll(page.page());
            cursor = page.cursor();
            if (cursor.isPresent() && random.nextBoolean()) {
                // No erasure: it would take the state away that the pages are of.
                put(20, random);
            } else if (seen.size() <= request.size()) {
                isEachTheLengthOfItsList(page, seed);
            }
        } while (cursor.isPresent());

        assertThat(seen.stream().map(Group::hit)).as("-Dseed=%d", seed).isEqualTo(expected);
        assertThat(seen)
                .as("-Dseed=%d", seed)
                .allSatisfy(group -> assertThat(group.duplicates() + 1)
                        .isEqualTo(sizes.get(texts.leader(group.hit().verbatim()))));
    }

    private void isEachTheLengthOfItsList(GroupedResult page, long seed) throws IOException {
        for (var group : page.page()) {
            var list = (SearchResult) index.search(group.verbatims().withSize(100));
            assertThat(list.total()).as("%s -Dseed=%d", group.verbatims(), seed).isEqualTo(group.duplicates() + 1);
            assertThat(list.hits())
                    .extracting(Hit::verbatim)
                    .contains(group.hit().verbatim());
        }
    }

    private void put(int count, Random random) throws IOException {
        for (int i = 0; i < count; i++) {
            int subject = random.nextInt(3);
            index.put(draft(
                            "id" + random.nextInt(300),
                            text(List.of("la box", "le débit", "la facture").get(subject), random))
                    .setOccurredAt(NOON.plusSeconds(random.nextInt(10)))
                    .setOfferId(List.of("fibre", "mobile", "tv").get(subject))
                    .build());
        }
        index.refresh();
    }

    private void erase(int count, Random random) throws IOException {
        for (int i = 0; i < count; i++) {
            index.delete("id" + random.nextInt(300));
        }
        index.refresh();
    }

    private static String text(String subject, Random random) {
        String text = subject
                + List.of(" est en panne", " est lente depuis la mise à jour", " coupe souvent le soir chez moi", "")
                        .get(random.nextInt(4));
        return switch (random.nextInt(5)) {
            case 0 -> text.toUpperCase(Locale.ROOT) + " !!!";
            case 1 -> text + ", dossier " + random.nextInt(1_000);
            case 2 -> List.of("Bonjour, ", "Pourtant ", "non, ").get(random.nextInt(3)) + text;
            default -> text;
        };
    }

    @Test
    void copiesAreOneHitThatSaysHowMany() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(draft("copy" + i, "Bonjour, dossier " + i + " : je demande le remboursement !")
                    .setOccurredAt(NOON.plusSeconds(i))
                    .build());
        }
        index.put(verbatim("other", "je demande un remboursement"));
        index.refresh();

        var result =
                page(SearchRequest.of("remboursement").withSort(Sort.NEWEST).withFacets(Set.of(Dimension.INTENT)));

        assertThat(result.groups()).isEqualTo(2);
        assertThat(result.counts().total()).isEqualTo(6);
        assertThat(result.counts().hits()).isEmpty();
        assertThat(result.counts().facets().get(Dimension.INTENT)).containsExactly(new Count("COMPLAINT", 6));
        var first = result.page().getFirst();
        assertThat(first.hit().verbatim().getVerbatimId()).isEqualTo("copy4");
        assertThat(first.hit().highlights()).hasSize(1);
        assertThat(first.duplicates()).isEqualTo(4);
        assertThat(first.verbatims().query()).matches("duplicates:[0-9a-f]{16} \\( remboursement \\)");
        assertThat(result.page().getLast().duplicates()).isZero();
    }

    @Test
    void textsOneWordApartAreOneHit() throws IOException {
        for (int i = 0; i < 4; i++) {
            index.put(draft(
                            "copy" + i,
                            "Le technicien est " + List.of("venu", "passé").get(i % 2) + " mais n'a rien fait")
                    .setOccurredAt(NOON.plusSeconds(i))
                    .build());
        }
        index.put(draft("theme", "Le technicien est monté mais n'a rien fait")
                .setThemes(themes("support.agent"))
                .build());
        index.put(verbatim("denied", "Le technicien est venu mais n'a pas fait"));
        index.refresh();

        var result = page(SearchRequest.of("technicien").withSort(Sort.NEWEST));

        assertThat(result.groups()).isEqualTo(3);
        assertThat(result.page().getFirst().duplicates()).isEqualTo(3);
        assertThat(result.page().getFirst().verbatims().query())
                .matches("duplicates:\\([0-9a-f]{16} OR [0-9a-f]{16}\\) \\( technicien \\)");
        isEachTheLengthOfItsList(result, 0);
    }

    /** The search that lists a group names its texts, and a group has no more than it can name. */
    @Test
    void aPatternWithManyWordsIsSeveralGroups() throws IOException {
        for (int i = 0; i < 2 * NearGroups.TEXTS_MAX; i++) {
            String name = "nom" + (char) ('a' + i / 26) + (char) ('a' + i % 26);
            index.put(verbatim("id" + i, "Merci à " + name + " pour son aide et sa patience"));
        }
        index.refresh();
        String wide = "patience" + " OU aide".repeat(QueryBuilder.CLAUSES_MAX - NearGroups.TEXTS_MAX);

        var result = page(SearchRequest.of("patience").withSize(5));

        assertThat(result.groups()).isEqualTo(2);
        assertThat(result.page()).extracting(Group::duplicates).containsExactly(23L, 23L);
        isEachTheLengthOfItsList(result, 0);
        assertThat(page(SearchRequest.of(wide).withSize(5)).groups())
                .as("without room in the query")
                .isEqualTo(48);
    }

    @Test
    void aCursorOnlyGoesOnInItsOwnStateAndKind() throws IOException {
        for (int i = 0; i < 5; i++) {
            index.put(verbatim("id" + i, "box " + "abcde".charAt(i)));
        }
        index.refresh();
        var request = SearchRequest.of("box").withSort(Sort.NEWEST).withSize(2);
        String grouped = page(request).cursor().orElseThrow();
        String plain = ((SearchResult) index.search(request)).cursor().orElseThrow();

        assertThat(index.grouped(request.withCursor(plain)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.BAD_CURSOR));
        assertThat(index.search(request.withCursor(grouped)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.BAD_CURSOR));
        assertThat(page(request.withCursor(grouped)).page()).hasSize(2);
        index.put(verbatim("z", "box"));
        index.refresh();
        clock.turn(Snapshots.UNUSED_MAX.plusMillis(1));

        assertThat(index.grouped(request.withCursor(grouped))).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.CURSOR_EXPIRED);
            assertThat(refused.detail()).contains("two pages").contains("leave the cursor out");
        });
    }

    @Test
    void duplicatesAreAFieldOfTheQueryLanguage() throws IOException {
        index.put(verbatim("a", "box"));
        index.put(verbatim("b", "Box !"));
        index.put(verbatim("c", "la box"));
        index.refresh();
        String signature = TextSignature.text(TextSignature.of("box"));

        assertThat(ids("doublons:" + signature)).containsExactlyInAnyOrder("a", "b");
        assertThat(ids("box -duplicates:" + signature)).containsExactly("c");
        assertThat(ids("duplicates:*")).hasSize(3);
        assertThat(index.search(SearchRequest.of("box duplicates:12")))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.SYNTAX);
                    assertThat(refused.detail()).contains("12 at column 16 names no text");
                });
    }

    @Test
    void whatASearchRefusesIsRefused() throws IOException {
        assertThat(index.grouped(SearchRequest.of("(box"))).isInstanceOf(Refused.class);
        assertThat(index.grouped(SearchRequest.of("box").withSize(101))).isInstanceOf(Refused.class);
        assertThat(page(SearchRequest.of("box").withSize(0)).groups()).isZero();
    }

    private List<String> ids(String query) throws IOException {
        return ((SearchResult) index.search(SearchRequest.of(query)))
                .hits().stream().map(hit -> hit.verbatim().getVerbatimId()).toList();
    }

    private GroupedResult page(SearchRequest request) throws IOException {
        return (GroupedResult) index.grouped(request);
    }
}
