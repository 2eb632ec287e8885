package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Intent;
import io.vigie.events.Offer;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import io.vigie.index.Count;
import io.vigie.index.Dimension;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/offers/{id}/questions}, {@code /api/v1/questions} and {@code /api/v1/offers/{id}/sheet}. */
final class QuestionsEndpoint {
    private static final int BODY_BYTES_MAX = 16 * 1024;
    private static final int SIZE_DEFAULT = 50;
    private static final int SIZE_MAX = 500;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int SHEET_ANSWERS_MAX = 100;
    private static final int SHEET_THEMES_MAX = 10;
    /** How far back an offer sheet looks for what customers complain about. */
    private static final Duration SHEET_PERIOD = Duration.ofDays(90);

    private static final Set<String> PARAMETERS = Set.of("state", "q", "size");
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final ClosedLoop loop;
    private final OfferDirectory offers;
    private final SearchEndpoint search;
    private final ActionsEndpoint actions;
    private final InstantSource clock;

    QuestionsEndpoint(
            ClosedLoop loop,
            OfferDirectory offers,
            SearchEndpoint search,
            ActionsEndpoint actions,
            InstantSource clock) {
        this.loop = loop;
        this.offers = offers;
        this.search = search;
        this.actions = actions;
        this.clock = clock;
    }

    Document list(String offerId, @Nullable String query) throws Refusal {
        requireOffer(offerId);
        Parameters parameters = search.read(() -> Parameters.of(query, PARAMETERS, ""));
        int size = search.read(() -> parameters.number("size", SIZE_DEFAULT, SIZE_MAX));
        Optional<String> words = search.read(() -> parameters.one("q"));
        State state = search.read(() -> state(parameters, words));
        List<QuestionJson> found = questions(offerId, state);
        List<QuestionJson> shown = words.map(text -> bestFirst(found, text)).orElse(found);
        Instant now = clock.instant();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeNumberField("total", shown.size());
            out.writeArrayFieldStart("questions");
            for (QuestionJson question : shown.subList(0, Math.min(size, shown.size()))) {
                question.write(out, now);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private enum State {
        OPEN,
        ANSWERED,
        ALL
    }

    /** Who searches looks for an answer; who lists, for what has none. */
    private static State state(Parameters parameters, Optional<String> words) throws Refusal {
        Optional<String> given = parameters.one("state");
        if (given.isEmpty()) {
            return words.isPresent() ? State.ANSWERED : State.OPEN;
        }
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(given.get().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Parameters.bad("state", given.get(), "open, answered, all"));
    }

    private List<QuestionJson> questions(String offerId, State state) {
        return loop.questions().questions(offerId).stream()
                .map(question -> QuestionJson.of(question, loop.actions()))
                .filter(question -> state == State.ALL || question.answered() == (state == State.ANSWERED))
                .toList();
    }

    /** Those that have all words, in their terms first, then the most asked. */
    private static List<QuestionJson> bestFirst(List<QuestionJson> questions, String text) {
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

    Document one(String id) throws Refusal {
        Question question = found(id);
        return Document.json(out -> QuestionJson.of(question, loop.actions()).write(out, clock.instant()));
    }

    /** Sets who owns a question, by an action, so that it stays known who said so and when. */
    Document putOwner(String id, Upload upload) throws Refusal, IOException {
        Question question = found(id);
        upload.requireJson(false);
        upload.requireKnownEncoding();
        var body = JsonMembers.of(
                JsonItems.single(upload.read(BODY_BYTES_MAX)),
                Set.of("owner", "author"),
                Set.of(),
                "{\"owner\": \"…\", \"author\": \"…\"}");
        Optional<String> owner = body.text("owner", NAME_LENGTH_MAX);
        String author = body.text("author", NAME_LENGTH_MAX)
                .orElseThrow(() -> JsonMembers.wrong("author", "the name of who says so"));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return actions.publish(
                Action.newBuilder()
                        .setActionId(UUID.randomUUID().toString())
                        .setKind(ActionKind.OWNER)
                        .setOfferId(question.getOfferId())
                        .setQuestionId(id)
                        .setTitle(question.getText())
                        .setAuthor(author)
                        .setOwner(owner.orElse(null))
                        .setAt(now)
                        .setEffectiveAt(now)
                        .build(),
                200);
    }

    /** What an agent needs to know of an offer. */
    Document sheet(String offerId) throws Refusal, IOException {
        Offer offer = offers.offer(offerId)
                .orElseThrow(() -> new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them"));
        Instant now = clock.instant();
        var complaints = SearchRequest.of("")
                .withFilter(Dimension.OFFER, offerId)
                .withFilter(Dimension.INTENT, Intent.COMPLAINT.name())
                .withFrom(now.minus(SHEET_PERIOD))
                .withTo(now);
        SearchResult result =
                search.answered(Endpoint.SHEET, complaints.withSize(0).withFacets(Set.of(Dimension.THEME)));
        List<QuestionJson> answered = questions(offerId, State.ANSWERED).stream()
                .sorted(Comparator.<QuestionJson, Long>comparing(
                                each -> each.question().getCustomers())
                        .reversed())
                .toList();
        int open = questions(offerId, State.OPEN).size();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeObjectFieldStart("offer");
            OffersEndpoint.members(out, offer);
            out.writeEndObject();
            out.writeNumberField("openQuestions", open);
            out.writeNumberField("answeredQuestions", answered.size());
            out.writeArrayFieldStart("answers");
            for (QuestionJson each : answered.subList(0, Math.min(SHEET_ANSWERS_MAX, answered.size()))) {
                each.write(out, now);
            }
            out.writeEndArray();
            misunderstandings(out, complaints, result);
            out.writeEndObject();
        });
    }

    private static void misunderstandings(JsonGenerator out, SearchRequest complaints, SearchResult result)
            throws IOException {
        out.writeObjectFieldStart("misunderstandings");
        Document.time(out, "from", complaints.from().orElseThrow());
        Document.time(out, "to", complaints.to().orElseThrow());
        out.writeNumberField("complaints", result.total());
        out.writeArrayFieldStart("themes");
        List<Count> themes = result.facets().getOrDefault(Dimension.THEME, List.of());
        for (Count theme : themes.subList(0, Math.min(SHEET_THEMES_MAX, themes.size()))) {
            out.writeStartObject();
            out.writeStringField("theme", theme.value());
            out.writeNumberField("count", theme.count());
            out.writeStringField("query", SearchAddress.of(complaints.withFilter(Dimension.THEME, theme.value())));
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private Question found(String id) throws Refusal {
        return loop.questions()
                .question(id)
                .orElseThrow(() -> new Refusal(
                        Fault.NOT_FOUND, "no question has this id; GET /api/v1/offers/{id}/questions lists them"));
    }

    private void requireOffer(String id) throws Refusal {
        if (!id.equals(Topics.UNASSIGNED) && offers.offer(id).isEmpty()) {
            throw new Refusal(Fault.NOT_FOUND, "no offer has this id; GET /api/v1/offers lists them");
        }
    }
}
