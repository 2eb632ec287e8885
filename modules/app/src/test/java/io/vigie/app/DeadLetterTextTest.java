package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.Direction;
import io.vigie.events.Speaker;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Turn;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeadLetterTextTest {
    private static final TicketEvent TICKET = TicketEvent.newBuilder()
            .setEventId("e-1")
            .setSource("crm")
            .setOccurredAt(DeadLetters.NOW)
            .setCustomerId("customer-e-1")
            .setChannel(Channel.EMAIL)
            .setTicketId("t-1")
            .setAction(TicketAction.CREATED)
            .setAuthor(Author.CUSTOMER)
            .setBody("Je suis Yvette Quennehen")
            .setAttributes(Map.of("email", "yvette@example.org"))
            .build();

    @Test
    void itTellsWhyAndWhereAndWhatTheEventWas() {
        String text = shown(false, new Decoding.Decoded<>(TICKET));

        assertThat(text)
                .contains("dead letter voc.dead-letters-3-120\n")
                .contains("produced    2026-03-31T10:15:00Z\n")
                .contains("reason      no-value, given by stream\n")
                .contains("detail      something was wrong\n")
                .contains("original    voc.tickets-1@7\n")
                .contains("sent back   yes\n")
                .contains("value       TicketEvent\n")
                .contains("\"eventId\" : \"e-1\"", "\"action\" : \"CREATED\"", "\"channel\" : \"EMAIL\"");
    }

    @Test
    void whatTheCustomerSaidAndWhoHeIsIsLeftOut() {
        String text = shown(false, new Decoding.Decoded<>(TICKET));

        assertThat(text)
                .doesNotContain("Yvette", "Quennehen", "customer-e-1", "example.org")
                .contains("\"body\" : \"(24 characters)\"")
                .endsWith("What could be personal data is left out; --raw shows it.\n");
    }

    @Test
    void theTurnsOfACallAreLeftOutToo() {
        var call = CallEvent.newBuilder()
                .setEventId("e-2")
                .setSource("pbx")
                .setOccurredAt(DeadLetters.NOW)
                .setChannel(Channel.PHONE)
                .setCallId("06 39 98 41 27")
                .setDirection(Direction.INBOUND)
                .setDurationMs(61_000)
                .setTurns(List.of(new Turn(Speaker.CUSTOMER, 4_000L, "Yvette Quennehen")))
                .build();

        String text = shown(false, new Decoding.Decoded<>(call));

        assertThat(text)
                .doesNotContain("Yvette", "39 98")
                .contains("\"durationMs\" : 61000", "\"speaker\" : \"CUSTOMER\"");
    }

    @Test
    void everythingIsShownToWhoAsksForIt() {
        String text = shown(true, new Decoding.Decoded<>(TICKET));

        assertThat(text).contains("Je suis Yvette Quennehen", "customer-e-1", "\"email\" : \"yvette@example.org\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesThatCannotBeReadAreShownUpToALimit(boolean raw) {
        byte[] bytes = "Yvette ".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        var letter = DeadLetters.copy(
                new Position(3, 120), DeadLetters.NOW, DeadLetters.of("voc.tickets", "not-avro"), bytes);

        String text = new DeadLetterText(raw).of(letter, false, new Decoding.Undecodable<>("not-avro", "no Avro"));

        assertThat(text)
                .contains("value       7000 bytes, not-avro: no Avro\n  59 76 65 74 74")
                .contains("and " + (7_000 - (raw ? DeadLetterText.HEX_BYTES_MAX : 5)) + " more\n");
        assertThat(text.contains("59 76 65 74 74 65")).isEqualTo(raw);
    }

    @Test
    void aRecordWithoutAValueIsTold() {
        var letter = DeadLetters.copy(
                new Position(3, 120), DeadLetters.NOW, DeadLetters.of("voc.tickets", "no-value"), null);

        String text = new DeadLetterText(false).of(letter, false, new Decoding.Undecodable<>("x", "y"));

        assertThat(text).endsWith("value       none\n");
    }

    private static String shown(boolean raw, Decoding<? extends IndexedRecord> value) {
        var letter = DeadLetters.copy(
                new Position(3, 120), DeadLetters.NOW, DeadLetters.of("voc.tickets", "no-value"), new byte[] {0});
        return new DeadLetterText(raw).of(letter, true, value);
    }
}
