package io.vigie.server;

import io.vigie.server.Questions.State;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Section;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which questions the page of questions shows: its address.
 *
 * @param given the state that was asked for; empty for the one that suits the rest
 * @param words that a question or its answer has; empty for any
 * @param owner by name
 * @param page from 1
 */
record QuestionsWanted(
        Optional<State> given,
        String words,
        Optional<String> offer,
        Optional<String> owner,
        Optional<Mark> mark,
        int page) {
    static final QuestionsWanted NONE =
            new QuestionsWanted(Optional.empty(), "", Optional.empty(), Optional.empty(), Optional.empty(), 1);

    private static final int PAGE_MAX = 10_000;
    private static final Set<String> PARAMETERS = Set.of("state", "q", "offer", "owner", "mark", "page");

    /** What is to be seen to first. */
    enum Mark {
        UNOWNED,
        VAGUE,
        TELL;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean takes(QuestionJson question) {
            return switch (this) {
                case UNOWNED -> !question.answered() && question.owner().isEmpty();
                case VAGUE -> !question.answered() && question.question().getVagueAnswers() > 0;
                case TELL -> question.toTellTotal() > 0;
            };
        }
    }

    static QuestionsWanted read(String query) throws Refusal {
        var parameters = Parameters.of(query, PARAMETERS, "");
        Optional<String> state = parameters.one("state");
        Optional<State> given = state.flatMap(QuestionsWanted::state);
        if (state.isPresent() && given.isEmpty()) {
            throw Parameters.bad("state", state.get(), "open, answered, all");
        }
        Optional<String> mark = parameters.one("mark");
        Optional<Mark> known = mark.flatMap(QuestionsWanted::mark);
        if (mark.isPresent() && known.isEmpty()) {
            throw Parameters.bad("mark", mark.get(), "unowned, vague, tell");
        }
        return new QuestionsWanted(
                given,
                parameters.one("q").orElse("").strip(),
                parameters.one("offer"),
                parameters.one("owner"),
                known,
                Math.max(1, parameters.number("page", 1, PAGE_MAX)));
    }

    private static Optional<State> state(String code) {
        return Arrays.stream(State.values())
                .filter(state -> code(state).equals(code))
                .findFirst();
    }

    private static Optional<Mark> mark(String code) {
        return Arrays.stream(Mark.values())
                .filter(mark -> mark.code().equals(code))
                .findFirst();
    }

    static String code(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Who searches looks for answers, and for who else waits for one; who lists, for what has none. */
    State state() {
        if (given.isPresent()) {
            return given.get();
        }
        return mark.isPresent() || !words.isEmpty() ? State.ALL : State.OPEN;
    }

    /** Whether a question fits but for its state and words. */
    boolean isNear(QuestionJson question) {
        return offer.map(question.question().getOfferId()::equals).orElse(true)
                && (owner.isEmpty() || owner.equals(question.owner()));
    }

    boolean takes(QuestionJson question) {
        return state().takes(question)
                && mark.map(wanted -> wanted.takes(question)).orElse(true);
    }

    /** Whether nothing narrows the list but its state. */
    boolean isPlain() {
        return words.isEmpty() && offer.isEmpty() && owner.isEmpty() && mark.isEmpty();
    }

    QuestionsWanted at(int other) {
        return new QuestionsWanted(given, words, offer, owner, mark, other);
    }

    QuestionsWanted with(State state) {
        return new QuestionsWanted(Optional.of(state), words, offer, owner, Optional.empty(), 1);
    }

    QuestionsWanted with(Mark wanted) {
        return new QuestionsWanted(Optional.empty(), "", offer, owner, Optional.of(wanted), 1);
    }

    QuestionsWanted without(String parameter) {
        return new QuestionsWanted(
                given,
                parameter.equals("q") ? "" : words,
                parameter.equals("offer") ? Optional.empty() : offer,
                parameter.equals("owner") ? Optional.empty() : owner,
                parameter.equals("mark") ? Optional.empty() : mark,
                1);
    }

    String address() {
        var address = new StringBuilder();
        given.ifPresent(state -> add(address, "state", code(state)));
        if (!words.isEmpty()) {
            add(address, "q", words);
        }
        offer.ifPresent(id -> add(address, "offer", id));
        owner.ifPresent(name -> add(address, "owner", name));
        mark.ifPresent(wanted -> add(address, "mark", wanted.code()));
        if (page > 1) {
            add(address, "page", Integer.toString(page));
        }
        return Section.QUESTIONS.address() + address;
    }

    private static void add(StringBuilder address, String name, String value) {
        address.append(address.isEmpty() ? '?' : '&').append(name).append('=').append(Addresses.encoded(value));
    }
}
