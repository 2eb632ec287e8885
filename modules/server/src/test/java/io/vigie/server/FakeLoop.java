package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import io.vigie.events.QuestionState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Keeps questions and actions; fails when it is told to. */
final class FakeLoop implements QuestionDirectory, ActionDirectory, ActionSink {
    private final Map<String, Question> questions = new ConcurrentSkipListMap<>();
    private final Map<String, Action> actions = new ConcurrentSkipListMap<>();
    private volatile Optional<Exception> failure = Optional.empty();

    ClosedLoop loop() {
        return new ClosedLoop(this, this, this);
    }

    void failWith(Exception cause) {
        failure = Optional.of(cause);
    }

    void put(Question question) {
        questions.put(question.getQuestionId(), question);
    }

    static Question.Builder question(String id, String text, Instant asked, String... verbatimIds) {
        return Question.newBuilder()
                .setQuestionId(id)
                .setOfferId("fibre-pro")
                .setText(text)
                .setTerms(List.of())
                .setFirstAskedAt(asked)
                .setLastAskedAt(asked)
                .setCustomers(verbatimIds.length)
                .setVerbatims(verbatimIds.length)
                .setVerbatimIds(List.of(verbatimIds))
                .setState(QuestionState.OPEN);
    }

    @Override
    public List<Question> all() {
        return questions.values().stream()
                .sorted(Comparator.comparing(Question::getFirstAskedAt))
                .toList();
    }

    @Override
    public List<Question> questions(String offerId) {
        return all().stream()
                .filter(question -> question.getOfferId().equals(offerId))
                .toList();
    }

    @Override
    public Optional<Question> question(String id) {
        return Optional.ofNullable(questions.get(id));
    }

    @Override
    public List<Action> actions() {
        return actions.values().stream()
                .sorted(Comparator.comparing(Action::getAt).reversed())
                .toList();
    }

    @Override
    public Optional<Action> action(String id) {
        return Optional.ofNullable(actions.get(id));
    }

    @Override
    public Optional<Action> answerTo(String questionId) {
        return newest(questionId, ActionKind.ANSWER);
    }

    @Override
    public Optional<Action> ownerOf(String questionId) {
        return newest(questionId, ActionKind.OWNER);
    }

    private Optional<Action> newest(String questionId, ActionKind kind) {
        return actions().stream()
                .filter(action -> action.getKind() == kind
                        && action.getQuestionId().filter(questionId::equals).isPresent())
                .findFirst();
    }

    @Override
    public boolean awaits(RecordMetadata written, Duration max) {
        return true;
    }

    @Override
    public CompletableFuture<RecordMetadata> send(Action action) {
        if (failure.isPresent()) {
            return CompletableFuture.failedFuture(failure.get());
        }
        actions.put(action.getActionId(), action);
        return CompletableFuture.completedFuture(new RecordMetadata(new TopicPartition("any", 0), 0, 0, 0, 0, 0));
    }
}
