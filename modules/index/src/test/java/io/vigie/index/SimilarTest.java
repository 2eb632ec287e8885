package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import io.vigie.index.Similar.NearDuplicate;
import io.vigie.index.Similar.SimilarHit;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SimilarTest {
    private final VerbatimIndex index;

    SimilarTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void aHitSaysWhichWordsMakeItSimilar() throws IOException {
        index.put(verbatim("a", "Le prélèvement de l’abonnement a été fait deux fois, remboursez-moi"));
        index.put(verbatim("b", "Mon abonnement résilié continue : encore des prélèvements sur mon compte"));
        index.put(verbatim("c", "La box redémarre toute seule et je n'ai pas de réponse"));
        index.refresh();

        var similar = similar("a", 10);

        assertThat(similar.hits()).hasSize(1);
        var hit = similar.hits().getFirst();
        assertThat(hit.verbatim().getVerbatimId()).isEqualTo("b");
        assertThat(hit.words()).containsExactlyInAnyOrder("prélèvement", "abonnement");
        assertThat(marked(hit)).containsExactly("abonnement", "prélèvements");
        assertThat(similar.words()).contains("remboursez", "fois").doesNotContain("de", "a", "Le", "moi");
    }

    @Test
    void theSameTextButForAFewWordsIsANearDuplicate() throws IOException {
        index.put(
                verbatim("a", "Bonjour, ma connexion fibre est coupée depuis mardi matin, merci de rétablir la ligne"));
        index.put(
                verbatim("b", "Bonjour, ma connexion fibre est coupée depuis jeudi matin, merci de rétablir la ligne"));
        index.put(
                verbatim("c", "bonjour ma connexion FIBRE est coupee depuis mardi matin merci de retablir la ligne !"));
        index.put(verbatim("d", "La connexion fibre est souvent coupée, la ligne du matin aussi"));
        index.refresh();

        var similar = similar("a", 10);

        assertThat(similar.nearDuplicates())
                .extracting(duplicate -> duplicate.verbatim().getVerbatimId())
                .containsExactly("c", "b");
        assertThat(similar.nearDuplicates().getFirst().resemblance()).isEqualTo(1);
        assertThat(similar.hits())
                .extracting(hit -> hit.verbatim().getVerbatimId())
                .containsExactly("d");
    }

    @Test
    void nearDuplicatesOfAHitAreOneHit() throws IOException {
        index.put(verbatim("a", "panne de décodeur samedi"));
        for (int i = 0; i < 5; i++) {
            index.put(draft("copie" + i, "le décodeur est en panne, rien ne marche, que faire avec ce matériel")
                    .setOccurredAt(NOON.minusSeconds(i))
                    .build());
        }
        index.put(verbatim("autre", "une panne du décodeur, toujours la même histoire avec vous"));
        index.refresh();

        var similar = similar("a", 2);

        assertThat(similar.hits())
                .extracting(hit -> hit.verbatim().getVerbatimId())
                .containsExactlyInAnyOrder("autre", "copie0");
        assertThat(similar.hits())
                .anySatisfy(
                        hit -> assertThat(hit.duplicates()).containsExactly("copie1", "copie2", "copie3", "copie4"));
    }

    @Test
    void aTextWithoutSignificantWordsIsLikeNoOther() throws IOException {
        index.put(verbatim("a", "je ne le suis pas"));
        index.put(verbatim("b", "je ne le suis pas !"));
        index.put(verbatim("c", "…"));
        index.refresh();

        assertThat(similar("a", 10)).isEqualTo(new Similar(List.of(), List.of(), List.of()));
        assertThat(similar("c", 10)).isEqualTo(new Similar(List.of(), List.of(), List.of()));
    }

    @Test
    void aWordInAThousandSpellingsIsStillOneWord() throws IOException {
        String shouted = IntStream.range(0, 900)
                .mapToObj(i -> "p".repeat(1 + i / 30) + "an" + "n".repeat(1 + i % 30) + "e")
                .collect(Collectors.joining(" "));
        index.put(verbatim("a", shouted + " de décodeur"));
        index.put(verbatim("b", "des pannes du décodeur"));
        index.refresh();

        var similar = similar("a", 10);

        assertThat(similar.words()).containsExactly("panne", "décodeur");
        assertThat(similar.hits())
                .extracting(hit -> hit.verbatim().getVerbatimId())
                .containsExactly("b");
    }

    @Test
    void anUnknownVerbatimIsMissing() throws IOException {
        assertThat(index.similar("absent", 10)).isEqualTo(new Lookup.Missing<>());
    }

    /** What is found, by which words, and what is a near-duplicate equal a comparison of all texts with all. */
    @RepeatedTest(10)
    void itEqualsAComparisonWithAll() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = filled(random);

        for (var verbatim : model.values()) {
            var similar = similar(verbatim.getVerbatimId(), Similar.SIZE_MAX);
            var words = new HashSet<>(similar.words());
            assertThat(words).as("-Dseed=%d", seed).isEqualTo(words(verbatim));
            var shared = sharing(verbatim, model);
            var near = shared.keySet().stream()
                    .filter(id -> jaccard(verbatim, known(model, id)) >= Sketch.NEAR_DUPLICATE_MIN)
                    .collect(Collectors.toSet());
            assertThat(similar.nearDuplicates().stream().map(hit -> id(hit.verbatim())))
                    .as("near %s -Dseed=%d", verbatim, seed)
                    .containsExactlyInAnyOrderElementsOf(near);
            for (NearDuplicate duplicate : similar.nearDuplicates()) {
                assertThat(duplicate.resemblance())
                        .as("-Dseed=%d", seed)
                        .isCloseTo(jaccard(verbatim, duplicate.verbatim()), Offset.offset(1e-9));
            }
            var found = new ArrayList<String>(near);
            for (SimilarHit hit : similar.hits()) {
                found.add(id(hit.verbatim()));
                found.addAll(hit.duplicates());
                assertThat(new HashSet<>(hit.words())).as("-Dseed=%d", seed).isEqualTo(shared.get(id(hit.verbatim())));
                for (String duplicate : hit.duplicates()) {
                    assertThat(jaccard(hit.verbatim(), known(model, duplicate)))
                            .as("-Dseed=%d", seed)
                            .isGreaterThanOrEqualTo(Sketch.NEAR_DUPLICATE_MIN);
                }
            }
            assertThat(found)
                    .as("of %s -Dseed=%d", verbatim, seed)
                    .containsExactlyInAnyOrderElementsOf(shared.keySet());
            assertThat(similar.hits())
                    .as("-Dseed=%d", seed)
                    .isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        }
    }

    private static Verbatim known(Map<String, Verbatim> model, String id) {
        return Objects.requireNonNull(model.get(id));
    }

    private Map<String, Verbatim> filled(Random random) throws IOException {
        var model = new HashMap<String, Verbatim>();
        for (int i = 0; i < 45; i++) {
            String text = i > 5 && random.nextInt(3) == 0
                    ? changed(known(model, "id" + random.nextInt(i)).getText(), random)
                    : text(3 + random.nextInt(12), random);
            var verbatim = verbatim("id" + i, text);
            index.put(verbatim);
            model.put("id" + i, verbatim);
            if (random.nextInt(20) == 0) {
                index.refresh();
            }
        }
        index.refresh();
        return model;
    }

    /** Words without stems, so that the model need not know them. */
    private static String word(Random random) {
        return "x" + random.nextInt(60);
    }

    private static String text(int words, Random random) {
        return IntStream.range(0, words).mapToObj(_ -> word(random)).collect(Collectors.joining(" "));
    }

    private static String changed(String text, Random random) {
        String[] words = text.split(" ", -1);
        words[random.nextInt(words.length)] = word(random);
        return String.join(" ", words);
    }

    private static Set<String> words(Verbatim verbatim) {
        return Set.copyOf(Arrays.asList(verbatim.getText().split(" ", -1)));
    }

    /** The words that each other verbatim shares, of those that share enough. */
    private static Map<String, Set<String>> sharing(Verbatim verbatim, Map<String, Verbatim> model) {
        var sharing = new HashMap<String, Set<String>>();
        var words = words(verbatim);
        for (var other : model.values()) {
            var shared = new HashSet<>(words);
            shared.retainAll(words(other));
            if (!other.equals(verbatim) && shared.size() >= SimilarQuestion.sharedMin(words.size())) {
                sharing.put(id(other), shared);
            }
        }
        return sharing;
    }

    private static double jaccard(Verbatim one, Verbatim other) {
        var union = new HashSet<>(pairs(one));
        union.addAll(pairs(other));
        var shared = new HashSet<>(pairs(one));
        shared.retainAll(pairs(other));
        return (double) shared.size() / union.size();
    }

    private static Set<String> pairs(Verbatim verbatim) {
        String[] words = verbatim.getText().split(" ", -1);
        return IntStream.range(1, words.length)
                .mapToObj(i -> words[i - 1] + " " + words[i])
                .collect(Collectors.toSet());
    }

    @Test
    void theSketchOfALongTextEstimatesTheResemblance() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        String text = IntStream.range(0, 3_000).mapToObj(i -> "x" + i).collect(Collectors.joining(" "));
        String[] words = text.split(" ", -1);
        for (int i = 0; i < 300; i++) {
            words[random.nextInt(words.length)] = "y" + i;
        }
        var other = verbatim("b", String.join(" ", words));
        var one = verbatim("a", text);

        double estimate = Sketch.of(SignificantWord.words(one)).resemblance(Sketch.of(SignificantWord.words(other)));

        assertThat(estimate).as("-Dseed=%d", seed).isCloseTo(jaccard(one, other), Offset.offset(0.15));
    }

    @Test
    void aClockThatHasPassedTheDeadlineEndsIt() throws IOException {
        var ticking = new TickingClock();
        try (var slow = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), ticking)) {
            slow.put(verbatim("a", "panne de décodeur"));
            slow.refresh();

            assertThat(slow.similar("a", 10)).isInstanceOf(Lookup.Failed.class);
            assertThat(slow.conversation("a")).isInstanceOf(Lookup.Failed.class);
        }
    }

    /** A second later at each look. */
    private static final class TickingClock extends Clock {
        private long millis;

        @Override
        public long millis() {
            millis += 1_000;
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis());
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    private Similar similar(String id, int size) throws IOException {
        return ((Lookup.Found<Similar>) index.similar(id, size)).answer();
    }

    private static List<String> marked(SimilarHit hit) {
        return hit.highlights().stream()
                .map(range -> hit.verbatim().getText().substring(range.start(), range.end()))
                .toList();
    }

    private static String id(Verbatim verbatim) {
        return verbatim.getVerbatimId();
    }
}
