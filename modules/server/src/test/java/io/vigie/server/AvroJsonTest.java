package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Speaker;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TICKET = """
            {"eventId": "e", "source": "s", "occurredAt": 1773576000000, "channel": "EMAIL",
             "ticketId": "t", "action": "CREATED", "author": "CUSTOMER"}""";
    private static final String CALL = """
            {"eventId": "e", "source": "s", "occurredAt": 1773576000000, "channel": "PHONE", "callId": "c",
             "direction": "INBOUND", "durationMs": 61000,
             "turns": [{"speaker": "AGENT", "offsetMs": 0, "text": "Bonjour"},
                       {"speaker": "CUSTOMER", "offsetMs": 4000, "text": "Plus de ligne"}]}""";
    private static final String SURVEY = """
            {"eventId": "e", "source": "s", "occurredAt": 1773576000000, "channel": "WEB", "surveyId": "nps",
             "responseId": "r", "nps": 9, "answers": [{"questionId": "q", "text": "Merci"}]}""";

    @Test
    void absentFieldsTakeTheDefaultOfTheSchema() {
        TicketEvent event = good(TicketEvent.class, TICKET);

        assertThat(event.getBody()).isEmpty();
        assertThat(event.getPreferredChannel()).isEmpty();
        assertThat(event.getTags()).isEmpty();
        assertThat(event.getAttributes()).isEmpty();
    }

    @Test
    void everyKindOfFieldIsRead() {
        String json = with(TICKET, """
                "customerId": null, "offer": "fibre-pro", "preferredChannel": "PHONE", "body": "Plus rien",
                "tags": ["a", "b"], "attributes": {"k": "v"}""");

        TicketEvent event = good(TicketEvent.class, json);

        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-15T12:00:00Z"));
        assertThat(event.getCustomerId()).isEmpty();
        assertThat(event.getOffer()).contains("fibre-pro");
        assertThat(event.getPreferredChannel()).contains(Channel.PHONE);
        assertThat(event.getTags()).isEqualTo(List.of("a", "b"));
        assertThat(event.getAttributes()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void recordsInArraysAreRead() {
        assertThat(good(CallEvent.class, CALL).getTurns().getLast().getSpeaker())
                .isEqualTo(Speaker.CUSTOMER);
        assertThat(good(SurveyEvent.class, SURVEY).getNps()).contains(9);
    }

    @Test
    void aTimeMayBeIso8601WithAnOffset() {
        TicketEvent event = good(TicketEvent.class, TICKET.replace("1773576000000", "\"2026-03-15T13:00:00+01:00\""));

        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2026-03-15T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "EMAIL"          | "email"                 | channel: expected one of EMAIL, PHONE
            "EMAIL"          | "FAX"                   | OTHER, got "FAX"
            "EMAIL"          | null                    | channel: expected one of
            "EMAIL"          | 3                       | got 3
            "EMAIL"          | ["EMAIL"]               | got an array
            1773576000000    | "yesterday"             | occurredAt: expected milliseconds since 1970 or a time such as
            1773576000000    | "2026-03-15T12:00:00"   | got "2026-03-15T12:00:00"
            1773576000000    | 1.5                     | occurredAt: expected milliseconds
            1773576000000    | 99999999999999999999999 | occurredAt: expected milliseconds
            1773576000000    | true                    | got true
            "ticketId": "t", | ``                      | missing ticketId
            "ticketId": "t"  | "ticketId": 7           | ticketId: expected a string, got 7
            "ticketId": "t"  | "tiketId": "t"          | unknown field "tiketId"; did you mean ticketId?
            "ticketId": "t"  | "x": 1                  | unknown field "x"; known are eventId, source
            "ticketId": "t"  | "ticketId": "t", "tags": "a"  | tags: expected an array, got "a"
            "ticketId": "t"  | "ticketId": "t", "tags": [1]  | tags[0]: expected a string, got 1
            "ticketId": "t"  | "ticketId": "t", "attributes": {"k": 1} | attributes.k: expected a string, got 1
            """)
    void whatIsWrongInATicketIsNamed(String right, String wrong, String error) {
        assertThat(bad(TicketEvent.class, TICKET.replace(right, wrong))).contains(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "text": "Plus de ligne" | "txt": "Plus de ligne"  | turns[1]: unknown field "txt"; did you mean text?
            "offsetMs": 4000,       | ``                      | turns[1]: missing offsetMs
            "CUSTOMER"              | "CLIENT"                | turns[1].speaker: expected one of CUSTOMER, AGENT, SYSTEM
            61000                   | "61000"                 | durationMs: expected an integer
            61000                   | 9223372036854775808     | durationMs: expected an integer
            """)
    void whatIsWrongInsideACallIsNamedWithItsPath(String right, String wrong, String error) {
        assertThat(bad(CallEvent.class, CALL.replace(right, wrong))).contains(error);
    }

    @ParameterizedTest
    @CsvSource({"2147483648", "-2147483649", "9.0", "\"9\""})
    void aScoreIsAnInteger(String score) {
        assertThat(bad(SurveyEvent.class, SURVEY.replace("\"nps\": 9", "\"nps\": " + score)))
                .startsWith("nps: expected an integer from -2147483648 to 2147483647, got ");
    }

    @Test
    void allMissingFieldsAreNamedTogether() {
        assertThat(bad(TicketEvent.class, "{\"eventId\": \"bad\"}"))
                .isEqualTo("missing source, occurredAt, channel, ticketId, action, author");
    }

    @ParameterizedTest
    @CsvSource({"3", "null", "[]", "\"text\""})
    void anythingButAnObjectIsNoEvent(String json) {
        assertThat(bad(TicketEvent.class, json)).startsWith("expected a JSON object, got ");
    }

    @Test
    void aLongValueIsCutInTheMessage() {
        String error = bad(TicketEvent.class, TICKET.replace("EMAIL", "X".repeat(10_000)));

        assertThat(error).hasSizeLessThan(300);
    }

    private static String with(String json, String more) {
        return json.substring(0, json.length() - 1) + ", " + more + "}";
    }

    private static <T extends SpecificRecord> T good(Class<T> type, String json) {
        return switch (read(type, json)) {
            case AvroJson.Good<T>(T value) -> value;
            case AvroJson.Bad<T>(String error) -> throw new AssertionError(error);
        };
    }

    private static <T extends SpecificRecord> String bad(Class<T> type, String json) {
        return switch (read(type, json)) {
            case AvroJson.Good<T>(T value) -> throw new AssertionError("read as " + value);
            case AvroJson.Bad<T>(String error) -> error;
        };
    }

    private static <T extends SpecificRecord> AvroJson.Reading<T> read(Class<T> type, String json) {
        try {
            return new AvroJson<>(type).read(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("test has bad JSON: " + json, e);
        }
    }
}
