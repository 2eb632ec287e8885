package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class ReassignmentTest {
    @Test
    void aRequestSaysWhenTheRecordThatItReplacesWasProduced() {
        assertThat(Reassignment.producedAt(Reassignment.request(1_774_952_100_000L)))
                .hasValue(1_774_952_100_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e9", "soon", "99999999999999999999"})
    void aTimeThatIsNoneIsNotGuessed(String value) {
        var headers = new RecordHeaders();
        headers.add(Reassignment.PRODUCED_AT, value.getBytes(StandardCharsets.UTF_8));

        assertThat(Reassignment.producedAt(headers)).isEmpty();
        assertThat(Reassignment.producedAt(new RecordHeaders())).isEmpty();
    }

    @Test
    void aRecordThatIsWrittenAgainCanBeToldFromOneThatWasMadeOfAnEvent() {
        assertThat(Reassignment.writtenAgain(Reassignment.writtenAgain("r7"))).isEqualTo("r7");
        assertThat(Reassignment.writtenAgain(new RecordHeaders())).isEmpty();
    }
}
