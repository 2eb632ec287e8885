package io.vigie.index;

import static io.vigie.index.Verbatims.NOON;
import static io.vigie.index.Verbatims.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final VerbatimIndex index;

    ConversationTest() throws IOException {
        index = VerbatimIndex.open(new ByteBuffersDirectory(), "memory", new SimpleMeterRegistry(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    /** Equal to a loop over everything, whatever was put, replaced and removed. */
    @RepeatedTest(10)
    void itHasWhatWasSaidInItOldestFirst() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var model = Verbatims.filled(index, 300, random, ConversationTest::random);

        for (var verbatim : model.values()) {
            var expected = model.values().stream()
                    .filter(other -> isOfTheSame(verbatim, other))
                    .sorted(Comparator.comparing(Verbatim::getOccurredAt).thenComparing(Verbatim::getVerbatimId))
                    .toList();
            assertThat(conversation(verbatim.getVerbatimId()))
                    .as("%s -Dseed=%d", verbatim.getVerbatimId(), seed)
                    .isEqualTo(new Conversation(expected.size(), expected));
        }
    }

    private static Verbatim random(String id, Random random) {
        return draft(id, "box")
                .setConversationId("t" + random.nextInt(6))
                .setSource("source" + random.nextInt(2))
                .setKind(random.nextBoolean() ? Kind.TICKET : Kind.CALL)
                .setOccurredAt(NOON.plusSeconds(random.nextInt(10)))
                .build();
    }

    private static boolean isOfTheSame(Verbatim one, Verbatim other) {
        return one.getConversationId().equals(other.getConversationId())
                && one.getSource().equals(other.getSource())
                && one.getKind() == other.getKind();
    }

    @Test
    void aLongOneIsShownAroundTheVerbatim() throws IOException {
        for (int i = 0; i < 350; i++) {
            index.put(draft(id(i), "box")
                    .setConversationId("t")
                    .setOccurredAt(NOON.plusSeconds(i / 3))
                    .build());
        }
        index.refresh();

        assertThat(ids(conversation(id(0)))).startsWith(id(0)).endsWith(id(100)).hasSize(101);
        assertThat(ids(conversation(id(200))))
                .startsWith(id(100))
                .endsWith(id(300))
                .hasSize(201);
        assertThat(ids(conversation(id(349)))).startsWith(id(249)).endsWith(id(349));
        assertThat(conversation(id(200)).total()).isEqualTo(350);
    }

    @Test
    void anUnknownVerbatimHasNone() throws IOException {
        assertThat(index.conversation("absent")).isEqualTo(new Lookup.Missing<>());
    }

    private static String id(int i) {
        return "id" + (1_000 + i);
    }

    private Conversation conversation(String id) throws IOException {
        return ((Lookup.Found<Conversation>) index.conversation(id)).answer();
    }

    private static List<String> ids(Conversation conversation) {
        return conversation.verbatims().stream().map(Verbatim::getVerbatimId).toList();
    }
}
