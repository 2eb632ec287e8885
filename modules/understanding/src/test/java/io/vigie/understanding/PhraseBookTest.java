package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PhraseBookTest {
    private static final Path PHRASES = Path.of("src", "phrases");
    private static final Pattern SLOT = Pattern.compile("\\{(.*?)}");

    @ParameterizedTest
    @CsvSource({"fr, 150, 40", "en, 80, 20"})
    void everyLeafHasPlainPhrasesAndNearMisses(String language, int own, int nearMisses) throws IOException {
        var book = PhraseBook.read(PHRASES, language);

        assertThat(book.byLeaf().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Taxonomy.standard().leaves().stream().map(Leaf::id).toList());
        book.byLeaf().forEach((leaf, phrases) -> {
            long deserving =
                    phrases.stream().filter(one -> one.themes().contains(leaf)).count();
            assertThat(deserving).as(leaf).isGreaterThanOrEqualTo(own);
            assertThat(phrases.size() - deserving).as("near misses of " + leaf).isGreaterThanOrEqualTo(nearMisses);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void noPhraseIsThereTwiceAndEveryNameInItIsKnown(String language) throws IOException {
        var book = PhraseBook.read(PHRASES, language);
        var leaves = Taxonomy.standard().leaves().stream().map(Leaf::id).toList();

        book.byLeaf().forEach((leaf, phrases) -> {
            var seen = new HashSet<String>();
            for (PhraseBook.Phrase phrase : phrases) {
                assertThat(seen.add(phrase.text())).as(leaf + ": " + phrase).isTrue();
                assertThat(leaves).containsAll(phrase.themes());
                SLOT.matcher(phrase.text())
                        .results()
                        .map(slot -> slot.group(1))
                        .forEach(slot -> assertThat(book.slots().containsKey(slot) || slot.equals("n"))
                                .as(leaf + ": " + phrase)
                                .isTrue());
            }
        });
    }

    @Test
    void composesTheSameTextsFromTheSameSeedAndFillsEverySlot() throws IOException {
        var book = PhraseBook.read(PHRASES, "fr");

        List<LabelledText> composed = new Composer(book, Taxonomy.standard(), 7).compose(500);

        assertThat(composed)
                .isEqualTo(new Composer(book, Taxonomy.standard(), 7).compose(500))
                .hasSize(500);
        assertThat(composed).isNotEqualTo(new Composer(book, Taxonomy.standard(), 8).compose(500));
        assertThat(composed)
                .allSatisfy(text -> assertThat(text.text()).isNotBlank().doesNotContain("{", "}"));
        assertThat(composed)
                .anyMatch(text -> themes(text).isEmpty())
                .anyMatch(text -> themes(text).size() > 1)
                .anyMatch(text -> Set.of(Corpus.LEAVING).equals(text.labels().get(Corpus.CHURN)));
    }

    @Test
    void aLineWithoutItsTwoColumnsIsNamed(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("network.outage.fr.tsv"), "network.outage\tplus rien\nplus de réseau\n");

        assertThatThrownBy(() -> PhraseBook.read(directory, "fr"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("network.outage.fr.tsv, line 2: 1 columns");
    }

    private static Set<String> themes(LabelledText text) {
        return text.labels().getOrDefault(Corpus.THEME, Set.of());
    }
}
