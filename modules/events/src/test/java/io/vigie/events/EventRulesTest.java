package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule at its limit and just beyond. */
@NullMarked
class EventRulesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final EventRules RULES = new EventRules(() -> NOW);

    private static final String ID = "i".repeat(EventLimits.ID_LENGTH_MAX);
    private static final String NAME = "n".repeat(EventLimits.NAME_LENGTH_MAX);
    private static final String TEXT = "t".repeat(EventLimits.TEXT_LENGTH_MAX);

    static Stream<TicketEvent.Builder> goodTickets() {
        return Stream.of(
                ticket(),
                ticket().setEventId(ID)
                        .setSource(ID)
                        .setTicketId(ID)
                        .setCustomerId(ID)
                        .setAgentId(ID),
                ticket().setOffer(NAME).setLanguage("fr-FR"),
                ticket().setOffer("").setCustomerId("").setAgentId("").setLanguage(""),
                ticket().setOccurredAt(NOW.plus(EventLimits.FUTURE_MAX)),
                ticket().setOccurredAt(EventLimits.EARLIEST),
                ticket().setBody(TEXT),
                ticket().setSubject(TEXT.substring(1)).setBody("e"),
                ticket().setSubject(null).setBody(null),
                ticket().setTags(texts(EventLimits.ENTRIES_MAX)),
                ticket().setAttributes(attributes(EventLimits.ENTRIES_MAX)));
    }

    @ParameterizedTest
    @MethodSource("goodTickets")
    void aTicketWithinTheLimitsIsValid(TicketEvent.Builder ticket) {
        assertThat(RULES.check(ticket.build())).isEqualTo(new Checked.Valid());
    }

    static Stream<Arguments> badTickets() {
        return Stream.of(
                Arguments.of(ticket().setEventId(""), "blank-id", "eventId is blank"),
                Arguments.of(ticket().setSource(" \t"), "blank-id", "source is blank"),
                Arguments.of(ticket().setTicketId("\u2003"), "blank-id", "ticketId is blank"),
                Arguments.of(
                        ticket().setEventId(ID + "i"), "field-too-long", "eventId has 257 characters; at most 256"),
                Arguments.of(ticket().setSource(ID + "i"), "field-too-long", "source has 257 characters; at most 256"),
                Arguments.of(
                        ticket().setTicketId(ID + "i"), "field-too-long", "ticketId has 257 characters; at most 256"),
                Arguments.of(
                        ticket().setCustomerId(ID + "i"),
                        "field-too-long",
                        "customerId has 257 characters; at most 256"),
                Arguments.of(
                        ticket().setAgentId(ID + "i"), "field-too-long", "agentId has 257 characters; at most 256"),
                Arguments.of(
                        ticket().setLanguage(ID + "i"), "field-too-long", "language has 257 characters; at most 256"),
                Arguments.of(ticket().setOffer(NAME + "n"), "field-too-long", "offer has 513 characters; at most 512"),
                Arguments.of(
                        ticket().setOccurredAt(NOW.plus(EventLimits.FUTURE_MAX).plusMillis(1)),
                        "event-time-in-future",
                        "occurredAt is 2026-03-02T09:00:00.001Z; it may be at most 24 h ahead of now"),
                Arguments.of(
                        ticket().setOccurredAt(Instant.ofEpochSecond(1)),
                        "event-time-too-old",
                        "occurredAt is 1970-01-01T00:00:01Z; it may not be before 2000-01-01T00:00:00Z"
                                + " (milliseconds since 1970, not seconds)"),
                Arguments.of(
                        ticket().setBody(TEXT + "t"),
                        "text-too-long",
                        "subject and body has 100001 characters; at most 100000"),
                Arguments.of(
                        ticket().setSubject("s").setBody(TEXT),
                        "text-too-long",
                        "subject and body has 100001 characters; at most 100000"),
                Arguments.of(ticket().setTags(texts(101)), "too-many-entries", "tags has 101 entries; at most 100"),
                Arguments.of(
                        ticket().setAttributes(attributes(101)),
                        "too-many-entries",
                        "attributes has 101 entries; at most 100"));
    }

    @ParameterizedTest
    @MethodSource("badTickets")
    void aTicketBeyondALimitIsToldWhichAndHow(TicketEvent.Builder ticket, String reason, String detail) {
        assertThat(RULES.check(ticket.build())).isEqualTo(new Checked.Invalid(reason, detail));
    }

    static Stream<CallEvent.Builder> goodCalls() {
        return Stream.of(
                call(),
                call().setDurationMs(0),
                call().setTurns(List.of()),
                call().setTurns(turns(EventLimits.PARTS_MAX, "allô")),
                call().setTurns(turns(1, TEXT.substring(1))),
                call().setAttributes(attributes(EventLimits.ENTRIES_MAX)));
    }

    @ParameterizedTest
    @MethodSource("goodCalls")
    void aCallWithinTheLimitsIsValid(CallEvent.Builder call) {
        assertThat(RULES.check(call.build())).isEqualTo(new Checked.Valid());
    }

    static Stream<Arguments> badCalls() {
        return Stream.of(
                Arguments.of(call().setEventId(" "), "blank-id", "eventId is blank"),
                Arguments.of(call().setCallId(""), "blank-id", "callId is blank"),
                Arguments.of(call().setCallId(ID + "i"), "field-too-long", "callId has 257 characters; at most 256"),
                Arguments.of(
                        call().setOccurredAt(NOW.plus(Duration.ofDays(400))),
                        "event-time-in-future",
                        "occurredAt is 2027-04-05T09:00:00Z; it may be at most 24 h ahead of now"),
                Arguments.of(
                        call().setDurationMs(-1),
                        "out-of-range",
                        "durationMs is -1; it goes from 0 to 9223372036854775807"),
                Arguments.of(
                        call().setTurns(List.of(new Turn(Speaker.CUSTOMER, -1L, "allô"))),
                        "out-of-range",
                        "offsetMs is -1; it goes from 0 to 9223372036854775807"),
                Arguments.of(
                        call().setTurns(turns(EventLimits.PARTS_MAX + 1, "")),
                        "too-many-entries",
                        "turns has 5001 entries; at most 5000"),
                Arguments.of(
                        call().setTurns(turns(2, TEXT.substring(50_000))),
                        "text-too-long",
                        "turns has 100002 characters; at most 100000"),
                Arguments.of(
                        call().setAttributes(attributes(101)),
                        "too-many-entries",
                        "attributes has 101 entries; at most 100"));
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void aCallBeyondALimitIsToldWhichAndHow(CallEvent.Builder call, String reason, String detail) {
        assertThat(RULES.check(call.build())).isEqualTo(new Checked.Invalid(reason, detail));
    }

    static Stream<SurveyEvent.Builder> goodSurveys() {
        return Stream.of(
                survey(),
                survey().setNps(0).setCsat(1).setCes(1),
                survey().setNps(10).setCsat(5).setCes(7),
                survey().setAnswers(List.of()),
                survey().setAnswers(List.of(answer("q1", TEXT), answer("q2", ""))),
                survey().setAnswers(answers(EventLimits.PARTS_MAX)));
    }

    @ParameterizedTest
    @MethodSource("goodSurveys")
    void aSurveyWithinTheLimitsIsValid(SurveyEvent.Builder survey) {
        assertThat(RULES.check(survey.build())).isEqualTo(new Checked.Valid());
    }

    static Stream<Arguments> badSurveys() {
        return Stream.of(
                Arguments.of(survey().setSource(""), "blank-id", "source is blank"),
                Arguments.of(survey().setSurveyId(""), "blank-id", "surveyId is blank"),
                Arguments.of(survey().setResponseId(""), "blank-id", "responseId is blank"),
                Arguments.of(
                        survey().setOccurredAt(Instant.ofEpochMilli(-1)),
                        "event-time-too-old",
                        "occurredAt is 1969-12-31T23:59:59.999Z; it may not be before 2000-01-01T00:00:00Z"
                                + " (milliseconds since 1970, not seconds)"),
                Arguments.of(survey().setNps(-1), "out-of-range", "nps is -1; it goes from 0 to 10"),
                Arguments.of(survey().setNps(11), "out-of-range", "nps is 11; it goes from 0 to 10"),
                Arguments.of(survey().setCsat(0), "out-of-range", "csat is 0; it goes from 1 to 5"),
                Arguments.of(survey().setCsat(6), "out-of-range", "csat is 6; it goes from 1 to 5"),
                Arguments.of(survey().setCes(0), "out-of-range", "ces is 0; it goes from 1 to 7"),
                Arguments.of(survey().setCes(8), "out-of-range", "ces is 8; it goes from 1 to 7"),
                Arguments.of(
                        survey().setAnswers(answers(EventLimits.PARTS_MAX + 1)),
                        "too-many-entries",
                        "answers has 5001 entries; at most 5000"),
                Arguments.of(
                        survey().setAnswers(List.of(answer("q1", "bien"), answer(" ", "mal"))),
                        "blank-id",
                        "answers[1].questionId is blank"),
                Arguments.of(
                        survey().setAnswers(List.of(answer("q1", TEXT + "t"))),
                        "text-too-long",
                        "answers[0].text has 100001 characters; at most 100000"),
                Arguments.of(
                        survey().setAnswers(List.of(answer("q1", "bien"), answer("q1", "mal"))),
                        "duplicate-question",
                        "answers has the same questionId twice; each question has one answer"),
                Arguments.of(
                        survey().setAttributes(attributes(101)),
                        "too-many-entries",
                        "attributes has 101 entries; at most 100"));
    }

    @ParameterizedTest
    @MethodSource("badSurveys")
    void aSurveyBeyondALimitIsToldWhichAndHow(SurveyEvent.Builder survey, String reason, String detail) {
        assertThat(RULES.check(survey.build())).isEqualTo(new Checked.Invalid(reason, detail));
    }

    @Test
    void theFirstBrokenRuleIsTold() {
        var ticket = ticket().setEventId("").setTicketId("").setBody(TEXT + "t").build();

        assertThat(RULES.check(ticket)).isEqualTo(new Checked.Invalid("blank-id", "eventId is blank"));
    }

    @Test
    void noDetailRepeatsWhatACustomerSaid() {
        String secret = "je m'appelle Odile ".repeat(6_000);

        assertThat(List.of(
                        RULES.check(ticket().setBody(secret).build()),
                        RULES.check(call().setTurns(turns(1, secret)).build()),
                        RULES.check(survey().setAnswers(List.of(answer("q", secret)))
                                .build())))
                .allSatisfy(checked -> assertThat(checked.toString()).doesNotContain("Odile"));
    }

    private static TicketEvent.Builder ticket() {
        return TicketEvent.newBuilder()
                .setEventId("e-1")
                .setSource("essai")
                .setOccurredAt(NOW)
                .setChannel(Channel.EMAIL)
                .setTicketId("t-1")
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody("La fibre coupe tous les soirs");
    }

    private static CallEvent.Builder call() {
        return CallEvent.newBuilder()
                .setEventId("e-2")
                .setSource("essai")
                .setOccurredAt(NOW)
                .setChannel(Channel.PHONE)
                .setCallId("c-1")
                .setDirection(Direction.INBOUND)
                .setDurationMs(61_000)
                .setTurns(turns(2, "Bonjour"));
    }

    private static SurveyEvent.Builder survey() {
        return SurveyEvent.newBuilder()
                .setEventId("e-3")
                .setSource("essai")
                .setOccurredAt(NOW)
                .setChannel(Channel.WEB)
                .setSurveyId("s-1")
                .setResponseId("r-1")
                .setAnswers(List.of(answer("q1", "Rien à redire")));
    }

    private static List<Turn> turns(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Turn(Speaker.CUSTOMER, (long) i, text))
                .toList();
    }

    private static List<Answer> answers(int count) {
        return IntStream.range(0, count).mapToObj(i -> answer("q" + i, "oui")).toList();
    }

    private static Answer answer(String question, String text) {
        return Answer.newBuilder().setQuestionId(question).setText(text).build();
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static Map<String, String> attributes(int count) {
        return texts(count).stream().collect(Collectors.toMap(key -> key, key -> "valeur"));
    }
}
