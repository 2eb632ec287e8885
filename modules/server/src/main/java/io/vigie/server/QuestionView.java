package io.vigie.server;

import io.vigie.events.Question;
import io.vigie.events.serde.Decoding;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of questions in memory, fed from its compacted topic from the beginning. Questions may come from any thread. */
public final class QuestionView implements QuestionDirectory, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QuestionView.class);

    private static final Comparator<Question> AGE =
            Comparator.comparing(Question::getFirstAskedAt).thenComparing(Question::getQuestionId);

    private final Function<byte[], Decoding<Question>> decode;
    private final TopicView view;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();

    /**
     * A view that does nothing yet.
     *
     * @param consumer without a group; becomes the view's own
     * @param decode reads a value; throws a {@link org.apache.kafka.common.KafkaException} when that is worth another try
     *     later
     */
    public QuestionView(Consumer<String, byte[]> consumer, String topic, Function<byte[], Decoding<Question>> decode) {
        this.decode = decode;
        this.view = new TopicView("the questions", consumer, topic, Long.MAX_VALUE, this::apply);
    }

    /** Starts reading on a thread of its own. */
    public void start() {
        view.start();
    }

    @Override
    public List<Question> all() {
        return questions.values().stream().sorted(AGE).toList();
    }

    @Override
    public List<Question> questions(String offerId) {
        return questions.values().stream()
                .filter(question -> question.getOfferId().equals(offerId))
                .sorted(AGE)
                .toList();
    }

    @Override
    public Optional<Question> question(String id) {
        return Optional.ofNullable(questions.get(id));
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
            questions.remove(record.key());
            return;
        }
        switch (decode.apply(record.value())) {
            case Decoding.Decoded<Question>(Question question) -> questions.put(record.key(), question);
            case Decoding.Undecodable<Question>(String reason, String detail) ->
                log.warn(
                        "question skipped, its next change mends it; offset={} reason={} detail={}",
                        record.offset(),
                        reason,
                        detail);
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
