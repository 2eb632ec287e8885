package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Channel;
import io.vigie.events.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {
    private final Windows windows = new Windows(ZoneId.of("Europe/Paris"));

    @ParameterizedTest
    @CsvSource({
        "2026-03-28T23:00:00Z, 2026-03-28T23:00:00Z, 23",
        "2026-03-29T21:59:59.999Z, 2026-03-28T23:00:00Z, 23",
        "2026-03-29T22:00:00Z, 2026-03-29T22:00:00Z, 24",
        "2026-10-24T22:00:00Z, 2026-10-24T22:00:00Z, 25",
        "2026-10-25T22:59:59.999Z, 2026-10-24T22:00:00Z, 25",
        "2026-10-25T23:00:00Z, 2026-10-25T23:00:00Z, 24"
    })
    void aDayInParisHas23Hours25Or24(Instant at, Instant start, int hours) {
        Instant found = windows.start(WindowSize.DAY, at);

        assertThat(found).isEqualTo(start);
        assertThat(Duration.between(found, windows.end(WindowSize.DAY, found))).hasHours(hours);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-25T00:30:00Z, 2026-10-25T00:00:00Z",
        "2026-10-25T01:30:00Z, 2026-10-25T01:00:00Z",
        "2026-03-29T00:59:59Z, 2026-03-29T00:00:00Z",
        "2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z"
    })
    void theHourThatComesTwiceIsTwoWindows(Instant at, Instant start) {
        Instant found = windows.start(WindowSize.HOUR, at);

        assertThat(found).isEqualTo(start);
        assertThat(windows.end(WindowSize.HOUR, found)).isEqualTo(start.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-31T10:15:00Z, 2026-03-31T10:15:00Z",
        "2026-03-31T10:19:59.999Z, 2026-03-31T10:15:00Z",
        "1969-12-31T23:59:59Z, 1969-12-31T23:55:00Z"
    })
    void fiveMinutesAreOfTheClock(Instant at, Instant start) {
        Instant found = windows.start(WindowSize.FIVE_MINUTES, at);

        assertThat(found).isEqualTo(start);
        assertThat(windows.end(WindowSize.FIVE_MINUTES, found)).isEqualTo(start.plusSeconds(300));
    }

    @Test
    void aRowIsReadBackFromItsKey() {
        Instant start = Instant.parse("2026-03-28T23:00:00Z");
        var rows = List.of(
                new Row("fibre-pro", "network.outage", WindowSize.DAY, start, null),
                new Row("unassigned", "a", WindowSize.FIVE_MINUTES, start, Channel.PHONE));

        assertThat(rows).extracting(row -> Row.of(row.key()).orElseThrow()).isEqualTo(rows);
        assertThat(rows.getFirst().key()).isEqualTo("fibre-pro|network.outage|DAY|2026-03-28T23:00:00Z");
    }

    @Test
    void aKeyThatIsNoRowIsSaidToBeNone() {
        assertThat(Arrays.asList(
                        "",
                        "a|b|DAY",
                        "a|b|WEEK|2026-03-28T23:00:00Z",
                        "a|b|DAY|today",
                        "a|b|DAY|2026-03-28T23:00:00Z|FAX"))
                .allSatisfy(key -> assertThat(Row.of(key)).isEmpty());
    }
}
