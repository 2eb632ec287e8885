package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class DeadLetterTest {
    private static final DeadLetter LETTER =
            new DeadLetter("stream", "bad-avro", "not readable: « fin inattendue »", "voc.tickets", 3, 9_000_000_000L);

    @Test
    void whatItsHeadersSayIsReadBack() {
        assertThat(DeadLetter.of(copy(LETTER.headers()))).isEqualTo(LETTER);
    }

    @Test
    void aLongDetailIsCut() {
        var wordy = new DeadLetter("sink", "bad-avro", "é".repeat(5_000), "voc.verbatims", 0, 0);

        assertThat(DeadLetter.of(copy(wordy.headers())).detail()).isEqualTo("é".repeat(1_000));
    }

    @Test
    void aRecordWithoutHeadersIsToldAsUnknown() {
        assertThat(DeadLetter.of(copy(new RecordHeaders()))).isEqualTo(new DeadLetter("?", "?", "?", "?", -1, -1));
    }

    @Test
    void aHeaderWithoutAValueIsToldAsUnknown() {
        var headers = LETTER.headers().add(DeadLetter.REASON, null);

        assertThat(DeadLetter.of(copy(headers)).reason()).isEqualTo("?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "twelve", "1e3", "99999999999999999999"})
    void aNumberSomebodyElseWroteWronglyIsToldAsUnknown(String number) {
        var headers = LETTER.headers()
                .add(DeadLetter.PARTITION, number.getBytes(StandardCharsets.UTF_8))
                .add(DeadLetter.OFFSET, number.getBytes(StandardCharsets.UTF_8));

        var letter = DeadLetter.of(copy(headers));

        assertThat(letter.partition()).isEqualTo(-1);
        assertThat(letter.offset()).isEqualTo(-1);
    }

    private static ConsumerRecord<byte[], byte[]> copy(Headers headers) {
        return new ConsumerRecord<>(
                "voc.dead-letters",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                headers,
                Optional.empty());
    }
}
