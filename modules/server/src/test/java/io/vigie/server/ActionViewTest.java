package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionViewTest {
    private static final String TOPIC = "any";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final Map<String, Action> actions = new HashMap<>();
    private final ActionView view = new ActionView(consumer, TOPIC, bytes -> {
        Action action = actions.get(new String(bytes, StandardCharsets.UTF_8));
        return action == null ? new Decoding.Undecodable<>("bad-avro", "not readable") : new Decoding.Decoded<>(action);
    });
    private long end;

    @BeforeEach
    void begin() {
        prepare(consumer);
        view.step();
    }

    @Test
    void theNewestAnswerAndTheNewestOwnerCountInWhateverOrderTheyCome() {
        add(action("late", ActionKind.ANSWER, NOW.plusSeconds(60)));
        add(action("early", ActionKind.ANSWER, NOW));
        add(action("o1", ActionKind.OWNER, NOW));
        add(action("c1", ActionKind.COMMENT, NOW.plusSeconds(90)));

        view.step();

        assertThat(view.answerTo("q1")).map(Action::getActionId).contains("late");
        assertThat(view.ownerOf("q1")).map(Action::getActionId).contains("o1");
        assertThat(view.answerTo("q2")).isEmpty();
        assertThat(view.actions())
                .extracting(Action::getActionId)
                .startsWith("c1", "late")
                .hasSize(4);
        assertThat(view.state()).isEqualTo(new Health.Up());
    }

    @Test
    void withoutTheNewestAnswerTheOneBeforeCountsAgain() {
        add(action("early", ActionKind.ANSWER, NOW));
        add(action("late", ActionKind.ANSWER, NOW.plusSeconds(60)));
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, "late", null));
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, "never-there", null));

        view.step();

        assertThat(view.action("late")).isEmpty();
        assertThat(view.answerTo("q1")).map(Action::getActionId).contains("early");
    }

    @Test
    void anActionThatCannotBeReadIsLeftOut() {
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, "bad", new byte[] {1}));
        add(action("good", ActionKind.ANSWER, NOW));

        view.step();

        assertThat(view.actions()).extracting(Action::getActionId).containsExactly("good");
    }

    @Test
    void questionsAreListedByOfferTheOldestFirstAndATombstoneRemovesOne() {
        MockConsumer<String, byte[]> records = new MockConsumer<>("earliest");
        Map<String, Question> known = Map.of(
                "new", FakeLoop.question("new", "Et le SFP ?", NOW, "v1").build(),
                "old",
                        FakeLoop.question("old", "Et le VLAN ?", NOW.minusSeconds(60), "v2")
                                .build(),
                "other",
                        FakeLoop.question("other", "Et le DHCP ?", NOW, "v3")
                                .setOfferId("mobile")
                                .build());
        var questions = new QuestionView(records, TOPIC, bytes -> {
            Question question = known.get(new String(bytes, StandardCharsets.UTF_8));
            return question == null
                    ? new Decoding.Undecodable<>("bad-avro", "not readable")
                    : new Decoding.Decoded<>(question);
        });
        prepare(records);
        questions.step();
        long offset = 0;
        for (String id : List.of("new", "old", "other", "bad")) {
            records.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, id, id.getBytes(StandardCharsets.UTF_8)));
        }
        records.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, "other", null));

        questions.step();

        assertThat(questions.questions("fibre-pro"))
                .extracting(Question::getQuestionId)
                .containsExactly("old", "new");
        assertThat(questions.question("other")).isEmpty();
        assertThat(questions.state()).isEqualTo(new Health.Up());
    }

    private static void prepare(MockConsumer<String, byte[]> consumer) {
        var node = new Node(0, "localhost", 9092);
        consumer.updatePartitions(
                TOPIC, List.of(new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
    }

    private void add(Action action) {
        actions.put(action.getActionId(), action);
        byte[] id = action.getActionId().getBytes(StandardCharsets.UTF_8);
        consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, end++, action.getActionId(), id));
    }

    private static Action action(String id, ActionKind kind, Instant at) {
        return Action.newBuilder()
                .setActionId(id)
                .setKind(kind)
                .setOfferId("fibre-pro")
                .setQuestionId("q1")
                .setTitle("x")
                .setAuthor("Marion")
                .setAt(at)
                .setEffectiveAt(at)
                .build();
    }
}
