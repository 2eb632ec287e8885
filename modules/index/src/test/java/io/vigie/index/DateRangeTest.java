package io.vigie.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateRangeTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** A Sunday, the day on which clocks went forward in Paris. */
    private static final Instant NOW = Instant.parse("2026-03-29T10:15:30Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026                             | 2025-12-31T23:00:00Z | 2026-12-31T23:00:00Z
            2026-03                          | 2026-02-28T23:00:00Z | 2026-03-31T22:00:00Z
            03/2026                          | 2026-02-28T23:00:00Z | 2026-03-31T22:00:00Z
            2026-03-12                       | 2026-03-11T23:00:00Z | 2026-03-12T23:00:00Z
            12/03/2026                       | 2026-03-11T23:00:00Z | 2026-03-12T23:00:00Z
            12.3.2026                        | 2026-03-11T23:00:00Z | 2026-03-12T23:00:00Z
            2024-02-29                       | 2024-02-28T23:00:00Z | 2024-02-29T23:00:00Z
            2026-03-12T09                    | 2026-03-12T08:00:00Z | 2026-03-12T09:00:00Z
            2026-03-12T09:30                 | 2026-03-12T08:30:00Z | 2026-03-12T08:31:00Z
            2026-03-12T9h30                  | 2026-03-12T08:30:00Z | 2026-03-12T08:31:00Z
            2026-03-12T09:30:15              | 2026-03-12T08:30:15Z | 2026-03-12T08:30:16Z
            2026-03-12T09:30:15.123Z         | 2026-03-12T09:30:15Z | 2026-03-12T09:30:16Z
            2026-03-12T09:30+02:00           | 2026-03-12T07:30:00Z | 2026-03-12T07:31:00Z
            [2026-01 TO 2026-03]             | 2025-12-31T23:00:00Z | 2026-03-31T22:00:00Z
            [2026-01 à 2026-03]              | 2025-12-31T23:00:00Z | 2026-03-31T22:00:00Z
            2026-01..2026-03                 | 2025-12-31T23:00:00Z | 2026-03-31T22:00:00Z
            {2026-01 TO 2026-03}             | 2026-01-31T23:00:00Z | 2026-02-28T23:00:00Z
            [2026-01 TO 2026-03}             | 2025-12-31T23:00:00Z | 2026-02-28T23:00:00Z
            [2026-01 TO 2026-01]             | 2025-12-31T23:00:00Z | 2026-01-31T23:00:00Z
            aujourd'hui                      | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z
            aujourd’hui                      | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z
            Today                            | 2026-03-28T23:00:00Z | 2026-03-29T22:00:00Z
            hier                             | 2026-03-27T23:00:00Z | 2026-03-28T23:00:00Z
            YESTERDAY                        | 2026-03-27T23:00:00Z | 2026-03-28T23:00:00Z
            avant-hier                       | 2026-03-26T23:00:00Z | 2026-03-27T23:00:00Z
            cette-semaine                    | 2026-03-22T23:00:00Z | 2026-03-29T22:00:00Z
            semaine-dernière                 | 2026-03-15T23:00:00Z | 2026-03-22T23:00:00Z
            ce-mois                          | 2026-02-28T23:00:00Z | 2026-03-31T22:00:00Z
            last-month                       | 2026-01-31T23:00:00Z | 2026-02-28T23:00:00Z
            [hier TO aujourd'hui]            | 2026-03-27T23:00:00Z | 2026-03-29T22:00:00Z
            [30j TO 7j]                      | 2026-02-27T11:15:00Z | 2026-03-22T11:15:00Z
            [24h TO now]                     | 2026-03-28T10:15:00Z | 2026-03-29T10:15:30Z
            """)
    void aDateIsAWholePeriodOfTheCalendar(String value, Instant start, Instant end) throws QueryRefused {
        var range = DateRange.of(value, 1, PARIS, NOW);

        assertThat(Instant.ofEpochMilli(range.start())).isEqualTo(start);
        assertThat(Instant.ofEpochMilli(range.end())).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "24h,2026-03-28T10:15:00Z",
        "1j,2026-03-28T11:15:00Z",
        "-1j,2026-03-28T11:15:00Z",
        "7d,2026-03-22T11:15:00Z",
        "3sem,2026-03-08T11:15:00Z",
        "3w,2026-03-08T11:15:00Z",
        "2m,2026-01-29T11:15:00Z",
        "1mois,2026-02-28T11:15:00Z",
        "1an,2025-03-29T11:15:00Z",
        "[7j TO *],2026-03-22T11:15:00Z",
        ">=2026-02-01,2026-01-31T23:00:00Z",
        ">2026-02,2026-02-28T23:00:00Z",
        "2026-02..,2026-01-31T23:00:00Z",
        "9999a,0001-01-01T00:00:00Z"
    })
    void aRelativeDateAndALeastOneHaveNoEnd(String value, Instant start) throws QueryRefused {
        var range = DateRange.of(value, 1, PARIS, NOW);

        assertThat(Instant.ofEpochMilli(range.start())).isEqualTo(start);
        assertThat(range.end()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({
        "<=2026-02,2026-02-28T23:00:00Z",
        "<2026-02,2026-01-31T23:00:00Z",
        "[* TO 2026-02-01],2026-02-01T23:00:00Z",
        "..hier,2026-03-28T23:00:00Z"
    })
    void aMostOneHasNoStart(String value, Instant end) throws QueryRefused {
        var range = DateRange.of(value, 1, PARIS, NOW);

        assertThat(range.start()).isEqualTo(Long.MIN_VALUE);
        assertThat(Instant.ofEpochMilli(range.end())).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-29,23,Europe/Paris",
        "2026-10-25,25,Europe/Paris",
        "2026-10-25T02,2,Europe/Paris",
        "2026-03-29T02,0,Europe/Paris",
        "2026-03-29,24,UTC",
        "2018-11-04,23,America/Sao_Paulo",
        "2011-12-30,0,Pacific/Apia"
    })
    void aDayHasAsManyHoursAsWallsHave(String day, long hours, ZoneId zone) throws QueryRefused {
        var range = DateRange.of(day, 1, zone, NOW);

        assertThat(range.end() - range.start())
                .isEqualTo(hours * ChronoUnit.HOURS.getDuration().toMillis());
    }

    @Test
    void todayIsTheDayOfTheZone() throws QueryRefused {
        var late = Instant.parse("2026-06-30T23:30:00Z");

        assertThat(DateRange.of("today", 1, PARIS, late)).isEqualTo(DateRange.of("2026-07-01", 1, PARIS, late));
        assertThat(DateRange.of("today", 1, ZoneId.of("UTC"), late))
                .isEqualTo(DateRange.of("2026-06-30", 1, ZoneId.of("UTC"), late));
    }
}
