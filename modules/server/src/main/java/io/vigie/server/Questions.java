package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Question;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The ledger of questions as people ask for it: which of them, and in which order. */
final class Questions {
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final ClosedLoop loop;
    private final OfferDirectory offers;

    Questions(ClosedLoop loop, OfferDirectory offers) {
        this.loop = loop;
        this.offers = offers;
    }

    enum State {
        OPEN,
        ANSWERED,
        ALL;

        boolean takes(QuestionJson question) {
            return this == ALL || question.answered() == (this == ANSWERED);
        }
    }

    /** About an offer, the oldest first. */
    List<QuestionJson> of(String offerId, State state) {
        return loop.questions().questions(offerId).stream()
                .map(question -> QuestionJson.of(question, loop.actions(), offers))
                .filter(state::takes)
                .toList();
    }

    /** About all offers, the oldest first. */
    List<QuestionJson> all() {
        return loop.questions().all().stream()
                .map(question -> QuestionJson.of(question, loop.actions(), offers))
                .toList();
    }

    QuestionJson one(String id) throws Refusal {
        return loop.questions()
                .question(id)
                .map(question -> QuestionJson.of(question, loop.actions(), offers))
                .orElseThrow(() -> new Refusal(
                        Fault.NOT_FOUND, "no question has this id; GET /api/v1/offers/{id}/questions lists them"));
    }

    /** Who owns a question, by name. */
    List<String> owners() {
        return all().stream()
                .flatMap(each -> each.owner().stream())
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    /** What was done about a question, the newest first. */
    List<Action> actions(String questionId) {
        return loop.actions().actions().stream()
                .filter(action ->
                        action.getQuestionId().filter(questionId::equals).isPresent())
                .toList();
    }

    /** Those that have all words, in their terms first, then the most asked. */
    static List<QuestionJson> bestFirst(List<QuestionJson> questions, String text) {
        List<String> words = words(text);
        return questions.stream()
                .filter(each -> all(
                        words,
                        words(each.question().getText()
                                + " " + String.join(" ", each.question().getTerms())
                                + " " + each.answer().map(Action::getText).orElse(""))))
                .sorted(Comparator.<QuestionJson, Boolean>comparing(each -> !all(
                                words, words(String.join(" ", each.question().getTerms()))))
                        .thenComparing(each -> each.question().getCustomers(), Comparator.reverseOrder()))
                .toList();
    }

    private static boolean all(List<String> wanted, List<String> words) {
        return wanted.stream().allMatch(start -> words.stream().anyMatch(word -> word.startsWith(start)));
    }

    private static List<String> words(String text) {
        String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
        return BETWEEN_WORDS
                .splitAsStream(plain)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /**
     * The action that says who owns a question, so that it stays known who said so and when.
     *
     * @param owner empty for nobody
     */
    static Action ownership(String actionId, Question question, Optional<String> owner, String author, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        return Action.newBuilder()
                .setActionId(actionId)
                .setKind(ActionKind.OWNER)
                .setOfferId(question.getOfferId())
                .setQuestionId(question.getQuestionId())
                .setTitle(question.getText())
                .setAuthor(author)
                .setOwner(owner.orElse(null))
                .setAt(at)
                .setEffectiveAt(at)
                .build();
    }
}
