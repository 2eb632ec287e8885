package io.vigie.index;

import static io.vigie.index.Verbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexSnapshotTest {
    @TempDir
    private Path directory;

    @Test
    void seesWhatIsCommittedWhileTheWriterGoesOn() throws IOException {
        try (var index = VerbatimIndex.open(directory, new SimpleMeterRegistry(), Clock.systemUTC())) {
            index.put(verbatim("a", "remboursement lent"));
            index.put(verbatim("b", "box en panne"));
            index.put(verbatim("c", "merci"));
            index.commit(new Checkpoint("topic", Map.of(0, 3L)));
            index.delete("b");
            index.commit(new Checkpoint("topic", Map.of(0, 4L)));
            index.put(verbatim("d", "pas encore"));

            try (var snapshot = IndexSnapshot.open(directory)) {
                var texts = new ArrayList<String>();
                snapshot.forEach((Verbatim verbatim) -> texts.add(verbatim.getText()));

                assertThat(texts).containsExactly("remboursement lent", "merci");
                assertThat(snapshot.documents()).isEqualTo(2);
            }
        }
    }

    @Test
    void aDirectoryWithoutAnIndexIsNamed() {
        assertThatThrownBy(() -> IndexSnapshot.open(directory))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessage("there is no index in " + directory);
        assertThatThrownBy(() -> IndexSnapshot.open(directory.resolve("none")))
                .isInstanceOf(IndexUnusableException.class)
                .hasMessage("there is no index in " + directory.resolve("none"));
    }
}
