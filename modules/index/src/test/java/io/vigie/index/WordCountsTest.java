package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.FixedBitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WordCountsTest {
    private static final Deadline DEADLINE = Deadline.ofSearch(Clock.systemUTC());

    private CheckpointedWriter writer;
    private DirectoryReader reader;

    @BeforeEach
    void fill() throws IOException {
        writer = new CheckpointedWriter(new ByteBuffersDirectory(), "memory");
        for (int i = 0; i < Comparison.WORD_COUNT_MIN; i++) {
            writer.put(verbatim("id" + i, i == 0 ? "panne fibre facture rare" : "panne fibre facture"));
        }
        reader = writer.openReader();
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
        writer.close();
    }

    @Test
    void wordsThatAreTooRareToTellAnythingDoNotCount() throws Exception {
        var counted = WordCounts.of(reader, first(), second(), DEADLINE);

        assertThat(counted)
                .containsExactlyInAnyOrder(
                        new WordCounts.Counted("panne", 1, 4),
                        new WordCounts.Counted("fibre", 1, 4),
                        new WordCounts.Counted("facture", 1, 4));
    }

    @Test
    void asManyWordsAsAreAllowedAreCounted() throws Exception {
        assertThat(WordCounts.of(reader, first(), second(), DEADLINE, 3)).hasSize(3);
    }

    @Test
    void oneWordMoreIsRefusedAndSaysWhatToDo() {
        assertThatThrownBy(() -> WordCounts.of(reader, first(), second(), DEADLINE, 2))
                .isInstanceOfSatisfying(QueryRefused.class, e -> {
                    assertThat(e.refused().reason()).isEqualTo(Refused.Reason.TOO_COMPLEX);
                    assertThat(e.refused().detail())
                            .contains("more than 2 different words")
                            .contains("narrow them");
                });
    }

    private FixedBitSet first() {
        var side = new FixedBitSet(reader.maxDoc());
        side.set(0);
        return side;
    }

    private FixedBitSet second() {
        var side = new FixedBitSet(reader.maxDoc());
        side.set(1, Comparison.WORD_COUNT_MIN);
        return side;
    }
}
