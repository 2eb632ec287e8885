package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.serde.Decoding;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All actions in memory, fed from their compacted topic from the beginning. Questions may come from any thread. */
public final class ActionView implements ActionDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ActionView.class);

    private static final Comparator<Action> AGE =
            Comparator.comparing(Action::getAt).thenComparing(Action::getActionId);

    private final Function<byte[], Decoding<Action>> decode;
    private final TopicView view;
    private final Map<String, Action> actions = new ConcurrentHashMap<>();
    private final Map<String, Action> answers = new ConcurrentHashMap<>();
    private final Map<String, Action> owners = new ConcurrentHashMap<>();

    /**
     * A view that does nothing yet.
     *
     * @param consumer without a group; becomes the view's own
     * @param decode reads a value; throws a {@link org.apache.kafka.common.KafkaException} when that is worth another try
     *     later
     */
    public ActionView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Action>> decode) {
        this.decode = decode;
        this.view = new TopicView("the actions", consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    @Override
    public List<Action> actions() {
        return actions.values().stream().sorted(AGE.reversed()).toList();
    }

    @Override
    public Optional<Action> action(String id) {
        return Optional.ofNullable(actions.get(id));
    }

    @Override
    public Optional<Action> answerTo(String questionId) {
        return Optional.ofNullable(answers.get(questionId));
    }

    @Override
    public Optional<Action> ownerOf(String questionId) {
        return Optional.ofNullable(owners.get(questionId));
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return view.awaits(written, max);
    }

    /** Up once it has caught up; down with what to do otherwise. */
    public Health.State state() {
        return view.state();
    }

    /** Polls once; true when something changed. */
    boolean step() {
        return view.step();
    }

    private void apply(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            forget(record.key());
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<Action>(Action action) -> {
                actions.put(record.key(), action);
                action.getQuestionId().ifPresent(question -> file(question, action));
            }
            case Decoding.Undecodable<Action>(String reason, String detail) ->
                log.warn(
                        "action skipped, publish it again; offset={} reason={} detail={}",
                        record.offset(),
                        reason,
                        detail);
        }
    }

    private void file(String questionId, Action action) {
        if (action.getKind() == ActionKind.ANSWER) {
            answers.merge(questionId, action, ActionView::newer);
        } else if (action.getKind() == ActionKind.OWNER) {
            owners.merge(questionId, action, ActionView::newer);
        }
    }

    private static Action newer(Action a, Action b) {
        return AGE.compare(a, b) > 0 ? a : b;
    }

    private void forget(String id) {
        Action gone = actions.remove(id);
        if (gone != null && gone.getQuestionId().isPresent()) {
            String questionId = gone.getQuestionId().get();
            answers.remove(questionId);
            owners.remove(questionId);
            actions.values().stream()
                    .filter(action ->
                            action.getQuestionId().filter(questionId::equals).isPresent())
                    .forEach(action -> file(questionId, action));
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
