package io.vigie.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    private static final Wording FRENCH = new Wording(Language.FRENCH, ZoneId.of("Europe/Paris"));

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 8", "9, 10", "11, 20", "25, 30", "61, 80", "999, 1000", "1001, 2000"})
    void theTopIsARoundNumber(long most, long top) {
        assertThat(chart(most).top()).isEqualTo(top);
    }

    @Test
    void partsStandOnEachOtherAndFillTheirColumn() {
        var chart = new Chart(
                "c",
                "t",
                "d",
                "h",
                List.of("a", "b"),
                List.of(column(List.of(3L, 1L)), column(List.of(0L, 2L))),
                List.of(),
                FRENCH);

        assertThat(chart.parts())
                .containsExactly(
                        new Chart.Part(0, 0, "3.000%", "25.000%", "44.000%", "75.000%"),
                        new Chart.Part(0, 1, "3.000%", "0.000%", "44.000%", "25.000%"),
                        new Chart.Part(1, 1, "53.000%", "50.000%", "44.000%", "50.000%"));
    }

    @Test
    void namesBelowAreFewEnoughToBeRead() {
        var chart = chart(LongStream.range(0, 157).toArray());

        assertThat(chart.labels()).hasSizeBetween(4, 6);
        assertThat(chart.labels().getFirst().isFirst()).isTrue();
        assertThat(chart.labels().getLast().isLast()).isTrue();
    }

    private static Chart chart(long... values) {
        return new Chart(
                "c",
                "t",
                "d",
                "h",
                List.of("a"),
                LongStream.of(values).mapToObj(value -> column(List.of(value))).toList(),
                List.of(),
                FRENCH);
    }

    private static Chart.Column column(List<Long> values) {
        return new Chart.Column(
                "label",
                "tick",
                Optional.empty(),
                "",
                "",
                values.stream().map(value -> Chart.Count.of(value, "/")).toList());
    }
}
