package io.vigie.topology;

import io.vigie.events.Question;
import io.vigie.events.QuestionAnswer;
import io.vigie.understanding.TechnicalQuestion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts the askers of a question into its line: all of them, or one more than the line has already. */
final class QuestionCount {
    /** Verbatims that a line names. */
    static final int VERBATIMS_MAX = 200;

    private final Optional<Instant> answeredAt;
    private final List<String> verbatimIds = new ArrayList<>();
    private final List<String> toTell = new ArrayList<>();
    private final Set<String> customersSeen = new HashSet<>();
    private final Set<String> vagueSeen = new HashSet<>();
    private Optional<String> text = Optional.empty();
    private Instant first = Instant.MAX;
    private Instant last = Instant.MIN;
    private Optional<Instant> lastVague = Optional.empty();
    private long customers;
    private long verbatims;
    private long toTellTotal;
    private long askedAgain;
    private int vague;

    private QuestionCount(Question line) {
        answeredAt = line.getAnswer().map(QuestionAnswer::getAt);
    }

    /** Counts from nothing. */
    static QuestionCount anew(Question line) {
        return new QuestionCount(line);
    }

    /** Goes on from what a line has; whether a customer is new must then be told. */
    static QuestionCount of(Question line) {
        var count = new QuestionCount(line);
        count.verbatimIds.addAll(line.getVerbatimIds());
        count.toTell.addAll(line.getToTell());
        count.text = Optional.of(line.getText());
        count.first = line.getFirstAskedAt();
        count.last = line.getLastAskedAt();
        count.lastVague = line.getLastVagueAnswerAt();
        count.customers = line.getCustomers();
        count.verbatims = line.getVerbatims();
        count.toTellTotal = line.getToTellTotal();
        count.askedAgain = line.getAskedAgain();
        count.vague = line.getVagueAnswers();
        return count;
    }

    void addCustomer() {
        customers++;
    }

    /** @param told whether its customer was told the answer */
    void add(String verbatimId, Asker asker, boolean told) {
        verbatims++;
        if (verbatimIds.size() < VERBATIMS_MAX) {
            verbatimIds.add(verbatimId);
        }
        if (text.isEmpty() || TechnicalQuestion.CLARITY.compare(asker.wording(), text.get()) < 0) {
            text = Optional.of(asker.wording());
        }
        first = asker.at().isBefore(first) ? asker.at() : first;
        last = asker.at().isAfter(last) ? asker.at() : last;
        if (answeredAt.isPresent()) {
            addAnswered(verbatimId, asker, told);
        }
    }

    private void addAnswered(String verbatimId, Asker asker, boolean told) {
        if (asker.at().isAfter(answeredAt.orElseThrow())) {
            askedAgain++;
        } else if (!told) {
            toTellTotal++;
            if (toTell.size() < VERBATIMS_MAX) {
                toTell.add(verbatimId);
            }
        }
    }

    /** As {@link #add}, and finds out by itself what is new of customer and conversation; only when counting from nothing. */
    void addAnew(String verbatimId, Asker asker, boolean told, List<Instant> vagueAnswers) {
        add(verbatimId, asker, told);
        if (!asker.customerKey().isEmpty() && customersSeen.add(asker.customerKey())) {
            customers++;
        }
        for (Instant at : vagueAnswers) {
            boolean afterAnswer =
                    answeredAt.filter(answer -> !at.isBefore(answer)).isPresent();
            if (!at.isBefore(asker.at()) && !afterAnswer && vagueSeen.add(asker.conversationId() + "\0" + at)) {
                vague++;
                lastVague = lastVague.filter(at::isBefore).or(() -> Optional.of(at));
            }
        }
    }

    boolean isEmpty() {
        return verbatims == 0;
    }

    /** The line with these counts; there must be an asker. */
    Question line(Question line) {
        return Question.newBuilder(line)
                .setText(text.orElseThrow())
                .setTerms(TechnicalQuestion.written(text.orElseThrow()))
                .setFirstAskedAt(first)
                .setLastAskedAt(last)
                .setCustomers(customers)
                .setVerbatims(verbatims)
                .setVerbatimIds(verbatimIds)
                .setVagueAnswers(vague)
                .setLastVagueAnswerAt(lastVague.orElse(null))
                .setToTell(toTell)
                .setToTellTotal(toTellTotal)
                .setAskedAgain(askedAgain)
                .build();
    }
}
