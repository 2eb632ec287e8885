package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OfferCatalogueTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            xpack      | XPACK Exclusive Access Cloud ++ Mega
            xpack      | xpack exclusive access cloud++ mega
            -          | XPACK-Exclusive-Access-Cloud Mega
            xpack      | X Pack Mega
            xpack-lite | XPACK Exclusive Access Cloud + Mega
            fibre-pro  | fibre-pro
            fibre-pro  | FIBRE PRO
            fibre-pro  | FibrePro
            fibre-pro  | fibre_pró
            fibre-pro  | Fibre des pros
            free       | free
            -          | Fibre
            -          | Pack Zen
            """)
    void theSourceMayWriteAnOfferAsItLikes(String offerId, String said) {
        OfferCatalogue.Resolution resolution = catalogue().resolve(said, "je parle de Free");

        assertThat(resolution.offerId()).isEqualTo(Optional.ofNullable(offerId));
    }

    @Test
    void anExactIdIsNoMentionAndAnythingElseIs() {
        assertThat(catalogue().resolve("fibre-pro", "").mention()).isEmpty();
        assertThat(catalogue().resolve("Fibre Pro", "").mention()).contains("Fibre Pro");
        assertThat(catalogue().resolve("  Inconnue ", "").mention()).contains("Inconnue");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            xpack     | XPACK Exclusive Access Cloud ++ Mega | L'offre XPACK Exclusive Access Cloud ++ Mega ne me parle pas.
            -         | xpack exclusive access cloud mega    | l'xpack exclusive access cloud mega est cher
            fibre-pro | fibre pro                            | le port 25 sur l'offre fibre pro, svp
            fibre-pro | Fibre-Pro                            | (Fibre-Pro)
            fibre-pro | fibrepro                             | ma fibrepro rame
            -         | Free                                 | Free ne répond plus
            livebox   | Livebox                              | ma Livebox ne répond plus
            -         | -                                    | ma livebox ne répond plus
            -         | -                                    | feel free to call
            -         | -                                    | je n'ai pas d'offre
            -         | Pack Zen                             | mon Pack Zen est cher
            -         | fibre pro                            | Free ou fibre pro ?
            b2b       | b2b                                  | le forfait b2b
            xpack     | X Pack Mega                          | mon X Pack Mega
            """)
    void theTextIsAskedWhenTheSourceSaysNothing(String offerId, String mention, String text) {
        assertThat(catalogue().resolve(null, text))
                .isEqualTo(new OfferCatalogue.Resolution(Optional.ofNullable(offerId), Optional.ofNullable(mention)));
        assertThat(catalogue().resolve(" ", text).offerId()).isEqualTo(Optional.ofNullable(offerId));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            fibre-pro | FIBRE PRO | le débit est trop lent
            fibre-pro | FIBRE PRO | ma FIBRE PRO est trop lente
            -         | Inconnue  | ma Fibre Pro est trop lente
            fibre-pro | -         | ma Fibre Pro est trop lente
            -         | -         | le débit est trop lent
            livebox   | Livebox   | ma Livebox ne répond plus
            -         | Free      | Free ne répond plus
            free      | Free      | on ne me répond plus
            -         | Fibre Pro | mon X Pack Mega, et ma Fibre Pro
            -         | Fibre     | ma Fibre Pro est trop lente
            -         | Pack Zen  | mon Pack Zen est cher
            """)
    void whatWasNotAssignedIsByTheSameRuleWhetherTheSourceOrTheTextHadNamedIt(
            String offerId, String mention, String text) {
        assertThat(catalogue().resolveAgain(Optional.ofNullable(mention), text).offerId())
                .isEqualTo(Optional.ofNullable(offerId));
    }

    @Test
    void theMentionStaysAsItWas() {
        assertThat(catalogue()
                        .resolveAgain(Optional.of("fibre-pro"), "trop lent")
                        .mention())
                .contains("fibre-pro");
        assertThat(catalogue()
                        .resolveAgain(Optional.of("Inconnue"), "trop lent")
                        .mention())
                .contains("Inconnue");
        assertThat(catalogue().resolveAgain(Optional.empty(), "ma Fibre-Pro").mention())
                .contains("Fibre-Pro");
    }

    /** Nothing changed in between: what {@code resolve} left unassigned stays so, and what it assigned would be again. */
    @Test
    void withTheSameCatalogueNothingIsAssignedThatWasNotBefore() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var catalogue = catalogue();
        String[] words = {
            "Free", "free", "Livebox", "Fibre Pro", "fibre-pro", "X Pack Mega", "Pack Zen", "b2b", "rame", "et", "Box"
        };

        for (int i = 0; i < 5_000; i++) {
            String source = random.nextInt(3) == 0 ? words[random.nextInt(words.length)] : null;
            String text = words[random.nextInt(words.length)] + " " + words[random.nextInt(words.length)] + " "
                    + words[random.nextInt(words.length)];
            var then = catalogue.resolve(source, text);
            if (then.offerId().isEmpty()) {
                assertThat(catalogue.resolveAgain(then.mention(), text))
                        .as("-Dseed=%d %s: %s", seed, source, text)
                        .isEqualTo(then);
            }
        }
    }

    @Test
    void aNewNameReplacesTheFormerOne() {
        OfferCatalogue catalogue = catalogue();

        catalogue.put("fibre-pro", "Fibre Entreprise", List.of());

        assertThat(catalogue.resolve("Fibre Entreprise", "").offerId()).contains("fibre-pro");
        assertThat(catalogue.resolve("Fibre des pros", "").offerId()).isEmpty();
        assertThat(catalogue.resolve("fibre-pro", "").offerId()).contains("fibre-pro");
    }

    @Test
    void aSharedNameNamesItsOfferAgainOnceTheOtherIsGone() {
        OfferCatalogue catalogue = catalogue();
        assertThat(catalogue.resolve("Pack Zen", "").offerId()).isEmpty();

        catalogue.remove("zen-2");
        catalogue.remove("no such offer");

        assertThat(catalogue.resolve("Pack Zen", "").offerId()).contains("zen-1");
    }

    @Test
    void tenThousandOffersLoadAndResolveAtOnce() {
        var catalogue = new OfferCatalogue();

        assertTimeout(Duration.ofSeconds(3), () -> {
            for (int i = 0; i < 10_000; i++) {
                catalogue.put("offre-" + i, "Offre Fibre " + i, List.of("OF" + i, "La même"));
            }
            for (int i = 0; i < 10_000; i++) {
                assertThat(catalogue
                                .resolve(null, "mon offre fibre " + i + " rame")
                                .offerId())
                        .contains("offre-" + i);
            }
        });
        assertThat(catalogue.resolve("la meme", "").offerId()).isEmpty();
    }

    @Test
    void itAnswersAsAMapOfNamesWould() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var catalogue = new OfferCatalogue();
        var model = new HashMap<String, List<String>>();
        String[] words = {"alpha", "beta", "Gamma Plus", "Gamma Plus +", "delta 5", "Été"};

        for (int i = 0; i < 5_000; i++) {
            String id = "id" + random.nextInt(6);
            if (random.nextInt(4) == 0) {
                catalogue.remove(id);
                model.remove(id);
            } else {
                String name = words[random.nextInt(words.length)];
                List<String> aliases = List.of(words[random.nextInt(words.length)]);
                catalogue.put(id, name, aliases);
                model.put(id, names(name, aliases));
            }
            for (String word : words) {
                assertThat(catalogue.resolve(word, "").offerId()).as(word).isEqualTo(only(model, word));
            }
        }
    }

    private static List<String> names(String name, List<String> aliases) {
        var names = new ArrayList<>(aliases);
        names.add(name);
        return names;
    }

    private static Optional<String> only(Map<String, List<String>> model, String word) {
        List<String> exact = model.keySet().stream()
                .filter(id -> model.getOrDefault(id, List.of()).contains(word))
                .toList();
        if (exact.isEmpty()) {
            String plain = word.replace(" +", "");
            exact = model.keySet().stream()
                    .filter(id -> model.getOrDefault(id, List.of()).stream()
                            .anyMatch(name -> name.replace(" +", "").equals(plain)))
                    .toList();
        }
        return exact.size() == 1 ? Optional.of(exact.getFirst()) : Optional.empty();
    }

    private static OfferCatalogue catalogue() {
        var catalogue = new OfferCatalogue();
        catalogue.put("xpack", "XPACK Exclusive Access Cloud ++ Mega", List.of("X Pack Mega"));
        catalogue.put("xpack-lite", "XPACK Exclusive Access Cloud + Mega", List.of());
        catalogue.put("fibre-pro", "Fibre Pro", List.of("Fibre des pros"));
        catalogue.put("free", "Free", List.of());
        catalogue.put("livebox", "Livebox", List.of("Livebox"));
        catalogue.put("b2b", "Offre des entreprises", List.of());
        catalogue.put("zen-1", "Pack Zen", List.of());
        catalogue.put("zen-2", "PACK-ZEN", List.of());
        return catalogue;
    }
}
