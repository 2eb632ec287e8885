package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreviousPeriodTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** Clocks in Paris go forward on 29 March 2026 and back on 25 October. */
    @ParameterizedTest
    @CsvSource({
        // whole months
        "2026-03-01T00:00, 2026-04-01T00:00, 2026-02-01T00:00",
        "2026-01-01T00:00, 2026-04-01T00:00, 2025-10-01T00:00",
        "2026-01-01T00:00, 2027-01-01T00:00, 2025-01-01T00:00",
        "2026-03-15T00:00, 2026-04-15T00:00, 2026-02-15T00:00",
        // days, of 23 and 25 hours too
        "2026-03-30T00:00, 2026-04-06T00:00, 2026-03-23T00:00",
        "2026-03-29T00:00, 2026-03-30T00:00, 2026-03-28T00:00",
        "2026-10-26T00:00, 2026-10-27T00:00, 2026-10-25T00:00",
        "2026-04-10T09:00, 2026-04-12T09:00, 2026-04-08T09:00",
        // days and what is left of one
        "2026-05-10T00:00, 2026-05-12T06:30, 2026-05-07T17:30",
        "2026-05-10T08:00, 2026-05-10T09:00, 2026-05-10T07:00"
    })
    void itIsAsLongByTheCalendar(LocalDateTime from, LocalDateTime to, LocalDateTime start) {
        assertThat(PreviousPeriod.start(instant(from), instant(to), PARIS)).isEqualTo(instant(start));
    }

    private static Instant instant(LocalDateTime time) {
        return time.atZone(PARIS).toInstant();
    }
}
