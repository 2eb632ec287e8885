package io.vigie.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.index.Checkpoint;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SourceTest {
    private final VerbatimTopic topic = new VerbatimTopic(2);

    @Test
    void aNewIndexStartsWhereEachPartitionBegins() {
        append(5);
        topic.removeBefore(0, 3);

        assertThat(resume(Checkpoint.NONE)).isEqualTo(new Checkpoint("topic-a", Map.of(0, 3L, 1, 0L)));
    }

    @Test
    void anIndexGoesOnAtItsCheckpoint() {
        append(5);

        var read = new Checkpoint("topic-a", Map.of(0, 4L, 1, 0L));

        assertThat(resume(read)).isEqualTo(read);
    }

    @Test
    void aPartitionIsReadUpToItsEndAndFromItsBeginning() {
        append(5);
        topic.removeBefore(0, 5);

        assertThat(resume(new Checkpoint("topic-a", Map.of(0, 5L, 1, 0L))).nextOffset(0))
                .isEqualTo(5);
    }

    @Test
    void aNewPartitionStartsAtItsBeginning() {
        append(5);
        topic.growTo(3);

        assertThat(resume(new Checkpoint("topic-a", Map.of(0, 4L, 1, 0L))))
                .isEqualTo(new Checkpoint("topic-a", Map.of(0, 4L, 1, 0L, 2, 0L)));
    }

    @Test
    void anotherIncarnationOfTheTopicIsRefused() {
        append(5);

        assertThatThrownBy(() -> resume(new Checkpoint("topic-before", Map.of(0, 4L, 1, 0L))))
                .isInstanceOf(SinkException.class)
                .hasMessage("the index was built from another incarnation of topic voc.verbatims"
                        + " (topic-before, now topic-a); build it anew: vigie index rebuild --yes");
    }

    @Test
    void anotherIncarnationIsRefusedEvenWhenNothingOfTheFirstWasRead() {
        assertThatThrownBy(() -> resume(new Checkpoint("topic-before", Map.of())))
                .isInstanceOf(SinkException.class)
                .hasMessageContaining("topic-before");
    }

    @Test
    void aGapIsToldWithItsOffsets() {
        append(10);
        topic.removeBefore(0, 7);

        assertThatThrownBy(() -> resume(new Checkpoint("topic-a", Map.of(0, 4L, 1, 0L))))
                .isInstanceOf(SinkException.class)
                .hasMessage("records 4 to 6 of voc.verbatims-0 were removed before the index had read them;"
                        + " build it anew: vigie index rebuild --yes");
    }

    @Test
    void aTopicThatLostRecordsIsToldWithItsOffsets() {
        append(10);
        topic.loseFrom(0, 8);

        assertThatThrownBy(() -> resume(new Checkpoint("topic-a", Map.of(0, 9L, 1, 0L))))
                .isInstanceOf(SinkException.class)
                .hasMessage("voc.verbatims-0 ends at 8 but the index has read up to 9: Kafka has lost records;"
                        + " build it anew: vigie index rebuild --yes");
    }

    private Checkpoint resume(Checkpoint checkpoint) {
        try (var consumer = new VerbatimConsumer(topic)) {
            return topic.source().resume(checkpoint, consumer);
        }
    }

    private void append(int records) {
        for (int i = 0; i < records; i++) {
            topic.append(0, null, null, Instant.EPOCH);
        }
    }
}
