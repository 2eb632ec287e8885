package io.vigie.topology;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.DeadLetter;
import io.vigie.events.Question;
import io.vigie.events.QuestionAnswer;
import io.vigie.events.QuestionState;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.topology.TextFaults.Reading;
import io.vigie.understanding.Span;
import io.vigie.understanding.TechnicalQuestion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger of questions of the offers of one task: one line for a question, however many ask it. A line is a
 * function of its askers and of the actions about it, whatever the order in which they come; adding an asker to one is a few
 * look-ups, taking one away counts the line anew.
 */
final class QuestionLedger extends ContextualProcessor<String, LedgerEntry, String, OfText<Question>> {
    static final String LINES = "question-lines";
    static final String LINKS = "question-links";

    /** Lines without rare terms that a question is compared with; when there are more, it may get a line of its own. */
    static final int COMPARED_MAX = 200;

    private static final char END = '\0';

    private final Serde<Action> actionSerde;
    private final String actionTopic;
    private final BiFunction<String, List<Span>, List<TechnicalQuestion>> reader;
    private final TextFaults faults;
    private @Nullable QuestionLinks links;

    /** @param reader finds the technical questions of a text, given what in it is known to be technical */
    QuestionLedger(
            Serde<Action> actionSerde,
            String actionTopic,
            BiFunction<String, List<Span>, List<TechnicalQuestion>> reader,
            TextFaults faults) {
        this.actionSerde = actionSerde;
        this.actionTopic = actionTopic;
        this.reader = reader;
        this.faults = faults;
    }

    /** Whether a verbatim is one in which technical questions are looked for. */
    static boolean mayAsk(Verbatim verbatim) {
        return verbatim.getIntent() == io.vigie.events.Intent.QUESTION
                || verbatim.getThemes().stream()
                        .anyMatch(
                                theme -> isTechnical(theme) || theme.getTheme().equals("sales.question_unanswered"));
    }

    private static boolean isTechnical(Theme theme) {
        return theme.getTheme().startsWith("techq.");
    }

    @Override
    public void process(Record<String, LedgerEntry> entry) {
        String offerId = entry.key();
        switch (entry.value()) {
            case LedgerEntry.Said(Verbatim verbatim) -> said(offerId, verbatim, entry.timestamp());
            case LedgerEntry.Acted(Action action) -> acted(offerId, action, entry.timestamp());
            case LedgerEntry.Vague(String conversationId, Instant at) ->
                vague(offerId, conversationId, at, entry.timestamp());
        }
    }

    private void said(String offerId, Verbatim verbatim, long timestamp) {
        switch (faults.read(context(), () -> wanted(offerId, verbatim))) {
            case Reading.Done<Map<String, Wanted>>(Map<String, Wanted> wanted) ->
                asks(offerId, verbatim.getVerbatimId(), wanted, timestamp);
            case Reading.Failed<Map<String, Wanted>>(DeadLetter letter) ->
                context()
                        .forward(new Record<>(
                                verbatim.getVerbatimId(), new OfText.Buried<>(), timestamp, letter.headers()));
        }
    }

    private void asks(String offerId, String id, Map<String, Wanted> wanted, long timestamp) {
        List<String> former = links().asked(offerId, id);
        for (String questionId : former) {
            if (!wanted.containsKey(questionId)) {
                links().asker(offerId, questionId, id).ifPresent(asker -> leave(offerId, questionId, id, asker));
                recount(offerId, questionId, timestamp);
            }
        }
        wanted.forEach((questionId, asks) -> ask(offerId, questionId, id, asks, timestamp));
        links().putAsked(offerId, id, wanted.keySet());
    }

    private void leave(String offerId, String questionId, String verbatimId, Asker asker) {
        links().removeAsker(offerId, questionId, verbatimId, asker);
        if (links().inConversation(offerId, asker.conversationId()).isEmpty()) {
            links().removeVague(offerId, asker.conversationId());
        }
    }

    /** A question that a verbatim asks. */
    private record Wanted(TechnicalQuestion question, Asker asker) {}

    /** By the line's id; a question that is put twice in one verbatim is there once, in its clearer wording. */
    private Map<String, Wanted> wanted(String offerId, Verbatim verbatim) {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        // Of what is no longer to count nothing is read: that it goes must not depend on reading it.
        if (!mayAsk(verbatim) || verbatim.getText().isEmpty()) {
            return wanted;
        }
        for (TechnicalQuestion question : reader.apply(verbatim.getText(), technical(verbatim))) {
            var asks = new Wanted(question, Asker.of(verbatim, question.text()));
            wanted.merge(
                    lineId(offerId, verbatim.getVerbatimId(), question, wanted),
                    asks,
                    (a, b) -> TechnicalQuestion.CLARITY.compare(
                                            a.question().text(), b.question().text())
                                    <= 0
                            ? a
                            : b);
        }
        return wanted;
    }

    private static List<Span> technical(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .filter(QuestionLedger::isTechnical)
                .flatMap(theme -> theme.getEvidence().stream())
                .map(evidence -> new Span(evidence.getStart(), evidence.getEnd()))
                .toList();
    }

    private String lineId(String offerId, String verbatimId, TechnicalQuestion question, Map<String, Wanted> besides) {
        if (question.rare()) {
            return QuestionIds.ofTopic(offerId, question.topic());
        }
        for (Map.Entry<String, Wanted> other : besides.entrySet()) {
            if (question.sameAs(other.getValue().question())) {
                return other.getKey();
            }
        }
        return alike(offerId, question)
                .orElseGet(() -> QuestionIds.ofAsker(offerId, question.topic(), verbatimId, question.text()));
    }

    private Optional<String> alike(String offerId, TechnicalQuestion question) {
        String prefix = offerId + END + QuestionIds.topicPart(offerId, question.topic());
        try (var lines = lines().prefixScan(prefix, new StringSerializer())) {
            for (int compared = 0; compared < COMPARED_MAX && lines.hasNext(); compared++) {
                Question line = lines.next().value;
                if (question.sameAs(TechnicalQuestion.of(line.getText()))) {
                    return Optional.of(line.getQuestionId());
                }
            }
        }
        return Optional.empty();
    }

    private void ask(String offerId, String questionId, String verbatimId, Wanted asks, long timestamp) {
        Optional<Asker> former = links().asker(offerId, questionId, verbatimId);
        if (former.filter(asks.asker()::equals).isPresent()) {
            return;
        }
        former.ifPresent(asker -> links().removeAsker(offerId, questionId, verbatimId, asker));
        boolean newCustomer = links().addAsker(offerId, questionId, verbatimId, asks.asker());
        Optional<Question> line = Optional.ofNullable(lines().get(offerId + END + questionId));
        boolean vagueAnswers =
                !links().vague(offerId, asks.asker().conversationId()).isEmpty();
        if (former.isPresent() || line.isEmpty() || vagueAnswers) {
            recount(offerId, questionId, line.orElseGet(() -> opened(offerId, questionId, asks)), timestamp);
            return;
        }
        var count = QuestionCount.of(line.get());
        count.add(verbatimId, asks.asker(), links().isTold(offerId, questionId, verbatimId));
        if (newCustomer) {
            count.addCustomer();
        }
        put(count.line(line.get()), timestamp);
    }

    /** A new line, with what was done about the question before it was asked here. */
    private Question opened(String offerId, String questionId, Wanted asks) {
        var line = Question.newBuilder()
                .setQuestionId(questionId)
                .setOfferId(offerId)
                .setText(asks.question().text())
                .setTerms(TechnicalQuestion.written(asks.question().text()))
                .setFirstAskedAt(asks.asker().at())
                .setLastAskedAt(asks.asker().at())
                .setCustomers(0)
                .setVerbatims(0)
                .setState(QuestionState.OPEN)
                .build();
        for (Action action : links().actions(offerId, questionId)) {
            line = after(line, action);
        }
        return line;
    }

    private void acted(String offerId, Action action, long timestamp) {
        if (action.getQuestionId().isEmpty()) {
            return;
        }
        String questionId = action.getQuestionId().get();
        if (action.getKind() == ActionKind.TOLD) {
            action.getVerbatimIds().forEach(verbatimId -> links().putTold(offerId, questionId, verbatimId));
        } else if (action.getKind() == ActionKind.ANSWER || action.getKind() == ActionKind.OWNER) {
            links().putAction(offerId, questionId, action);
        } else {
            return;
        }
        Question line = lines().get(offerId + END + questionId);
        if (line != null) {
            recount(offerId, questionId, after(line, action), timestamp);
        }
    }

    /** What an action makes of a line; the newest one counts, whatever the order in which they come. */
    private static Question after(Question line, Action action) {
        if (action.getKind() == ActionKind.ANSWER) {
            boolean newer = line.getAnswer()
                    .filter(answer -> answer.getAt().isAfter(action.getAt()))
                    .isEmpty();
            var answer = new QuestionAnswer(action.getActionId(), action.getAuthor(), action.getAt());
            return newer
                    ? Question.newBuilder(line)
                            .setState(QuestionState.ANSWERED)
                            .setAnswer(answer)
                            .build()
                    : line;
        }
        if (action.getKind() == ActionKind.OWNER) {
            boolean newer = line.getOwnerSince()
                    .filter(since -> since.isAfter(action.getAt()))
                    .isEmpty();
            return newer
                    ? Question.newBuilder(line)
                            .setOwner(action.getOwner().orElse(null))
                            .setOwnerSince(action.getAt())
                            .build()
                    : line;
        }
        return line;
    }

    private void vague(String offerId, String conversationId, Instant at, long timestamp) {
        links().putVague(offerId, conversationId, at);
        for (String questionId : links().inConversation(offerId, conversationId)) {
            recount(offerId, questionId, timestamp);
        }
    }

    private void recount(String offerId, String questionId, long timestamp) {
        Question line = lines().get(offerId + END + questionId);
        if (line != null) {
            recount(offerId, questionId, line, timestamp);
        }
    }

    private void recount(String offerId, String questionId, Question line, long timestamp) {
        var count = QuestionCount.anew(line);
        links().askers(
                        offerId,
                        questionId,
                        (verbatimId, asker) -> count.addAnew(
                                verbatimId,
                                asker,
                                links().isTold(offerId, questionId, verbatimId),
                                links().vague(offerId, asker.conversationId())));
        if (count.isEmpty()) {
            lines().delete(offerId + END + questionId);
            context().forward(new Record<>(questionId, new OfText.Made<>(null), timestamp));
        } else {
            put(count.line(line), timestamp);
        }
    }

    /** A line that is the same as before is not sent again. */
    private void put(Question line, long timestamp) {
        String key = line.getOfferId() + END + line.getQuestionId();
        if (!line.equals(lines().get(key))) {
            lines().put(key, line);
            context().forward(new Record<>(line.getQuestionId(), new OfText.Made<>(line), timestamp));
        }
    }

    private QuestionLinks links() {
        if (links == null) {
            links = new QuestionLinks(context().getStateStore(LINKS), actionSerde, actionTopic);
        }
        return links;
    }

    private KeyValueStore<String, Question> lines() {
        return context().getStateStore(LINES);
    }
}
