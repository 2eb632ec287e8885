package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainVerbatimTest {
    private static final Instant MODIFIED = Instant.parse("2026-05-01T08:00:00Z");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Test
    void everyColumnWeKnowGoesIntoTheSurvey() {
        JsonNode survey = survey(Map.of(
                " Texte ", " Box en panne ",
                "ID", "a-7",
                "Date", "2026-03-31",
                "Offre", "Fibre",
                "Canal", "web",
                "Langue", "fr",
                "Note", "2,0",
                "NPS", "3",
                "Client", "c-1",
                "Humeur", "grise"));

        assertThat(survey.toString()).isEqualTo("""
                        {"eventId":"a-7","source":"avis","occurredAt":1774908000000,"channel":"WEB","customerId":"c-1",\
                        "offer":"Fibre","language":"fr","surveyId":"avis","responseId":"a-7","csat":2,"nps":3,\
                        "answers":[{"questionId":"verbatim","text":"Box en panne"}]}""");
    }

    @Test
    void whatIsMissingIsTakenFromTheFile() {
        JsonNode survey = survey(Map.of("text", "Bonjour", "offer", "  "));

        assertThat(survey.path("eventId").asText()).isEqualTo("avis-12");
        assertThat(survey.path("occurredAt").asLong()).isEqualTo(MODIFIED.toEpochMilli());
        assertThat(survey.path("channel").asText()).isEqualTo("OTHER");
        assertThat(survey.has("offer")).isFalse();
    }

    @Test
    void ofTwoColumnsForTheSameThingTheBetterNameWins() {
        JsonNode survey = survey(Map.of("comment", "note interne", "text", "le texte", "body", "le corps"));

        assertThat(survey.at("/answers/0/text").asText()).isEqualTo("le texte");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31, 2026-03-30T22:00:00Z",
        "31/03/2026, 2026-03-30T22:00:00Z",
        "1/4/2026, 2026-03-31T22:00:00Z",
        "2026-03-31T14:05:00, 2026-03-31T12:05:00Z",
        "2026-03-31 14:05, 2026-03-31T12:05:00Z",
        "2026-03-31T14:05:00Z, 2026-03-31T14:05:00Z",
        "2026-03-31T14:05:00+05:30, 2026-03-31T08:35:00Z",
        "1774908000000, 2026-03-30T22:00:00Z"
    })
    void datesAreReadAsPeopleAndSystemsWriteThem(String date, Instant instant) {
        JsonNode survey = survey(Map.of("text", "Bonjour", "date", date));

        assertThat(Instant.ofEpochMilli(survey.path("occurredAt").asLong())).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hier", "2026-02-30", "31/13/2026", "03-31-2026", "2026-03-31T25:00:00", "12"})
    void aDateThatIsNoneIsToldWithExamples(String date) {
        assertThatThrownBy(() -> survey(Map.of("text", "Bonjour", "date", date)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("date is \"" + date + "\"; write 2026-03-31");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bien", "4,5", "", " "})
    void aNoteThatIsNoWholeNumberIsToldUnlessItIsBlank(String note) {
        Map<String, String> columns = Map.of("text", "Bonjour", "note", note);

        if (note.isBlank()) {
            assertThat(survey(columns).has("csat")).isFalse();
        } else {
            assertThatThrownBy(() -> survey(columns)).hasMessage("rating is \"" + note + "\"; it is a whole number");
        }
    }

    @Test
    void aLineWithoutATextIsToldSo() {
        assertThatThrownBy(() -> survey(Map.of("texte", " ", "date", "2026-03-31")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text is missing or blank");
        assertThat(PlainVerbatim.hasText(List.of("date", "Commentaire"))).isTrue();
        assertThat(PlainVerbatim.hasText(List.of("date", "humeur"))).isFalse();
    }

    private static JsonNode survey(Map<String, String> columns) {
        return new PlainVerbatim(columns).toSurvey(new ObjectMapper(), "avis", "avis-12", MODIFIED, PARIS);
    }
}
