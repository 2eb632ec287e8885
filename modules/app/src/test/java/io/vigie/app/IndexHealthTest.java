package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.Damage;
import io.vigie.server.Health;
import io.vigie.sink.IndexRebuild.Progress;
import io.vigie.sink.SinkState;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IndexHealthTest {
    private static final Progress PROGRESS = new Progress(430_000, 570_000, Optional.of(Duration.ofSeconds(95)));

    @Test
    void aSoundIndexIsReadyWhileItIsBuiltAnewAndSaysHowFar() {
        var health = IndexHealth.of(new SinkState.Following(), Optional.of(PROGRESS), Optional.empty());

        assertThat(health)
                .isEqualTo(
                        new Health.Busy("the index is built anew: 43 %, 430000 records done, 570000 to do, 95 s left"));
    }

    @Test
    void anIndexThatStandsStillIsNotReady() {
        var begun = new Progress(0, 10, Optional.empty());

        var health = IndexHealth.of(new SinkState.Stranded("gone"), Optional.of(begun), Optional.empty());

        assertThat(health)
                .isEqualTo(new Health.Down("searches see an index that is no longer brought up to date (gone);"
                        + " the index is built anew: 0 %, 0 records done, 10 to do"));
    }

    @Test
    void anIndexWithADamagedPartIsNotReady() {
        var damage = Optional.of(new Damage("_0.fdt", "checksum failed"));

        var health = IndexHealth.of(new SinkState.Following(), Optional.of(PROGRESS), damage);

        assertThat(health)
                .isEqualTo(new Health.Down("a part of the index is damaged (_0.fdt: checksum failed): what is in it may"
                        + " be missing from searches; the index is built anew: 43 %, 430000 records done, 570000 to do,"
                        + " 95 s left"));
    }

    @Test
    void whatIsLeftIsNeverRoundedAway() {
        assertThat(new Progress(999_999, 1, Optional.empty()).percent()).isEqualTo(99);
        assertThat(new Progress(5, 0, Optional.empty()).percent()).isEqualTo(100);
    }

    @Test
    void withoutARebuildThereIsNothingToAdd() {
        assertThat(IndexHealth.of(new SinkState.Following(), Optional.empty(), Optional.empty()))
                .isEqualTo(new Health.Up());
    }
}
