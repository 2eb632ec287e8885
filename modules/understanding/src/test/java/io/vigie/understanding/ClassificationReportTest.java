package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.vigie.understanding.ClassificationReport.Confusion;
import io.vigie.understanding.ClassificationReport.Judged;
import io.vigie.understanding.ClassificationReport.Mistake;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class ClassificationReportTest {
    private static final Offset<Double> EXACTLY = within(1e-9);

    /** Two of three right for glad, one of two for sad; nobody was told to be cross. */
    private static final List<Judged> JUDGED = List.of(
            one(1, "glad", "glad", 0.95),
            one(2, "glad", "glad", 0.92),
            one(3, "glad", "sad", 0.65),
            one(4, "sad", "sad", 0.55),
            one(5, "sad", "glad", 0.99),
            one(6, "cross", "sad", 0.61));

    @Test
    void theFiguresOfEachLabelAreCountedByHand() {
        var report = ClassificationReport.of(JUDGED);

        assertThat(report.texts()).isEqualTo(6);
        assertThat(report.accuracy()).isEqualTo(3 / 6.0, EXACTLY);
        assertThat(report.classes())
                .containsExactly(
                        new ClassificationReport.ClassResult("cross", new Score(0, 0, 1), 1),
                        new ClassificationReport.ClassResult("glad", new Score(2, 1, 1), 3),
                        new ClassificationReport.ClassResult("sad", new Score(1, 2, 1), 2));
        assertThat(report.macroF1()).isEqualTo((0 + 2 / 3.0 + 2 / 5.0) / 3, EXACTLY);
    }

    @Test
    void confusionsArePairsOfRightAndTold() {
        assertThat(ClassificationReport.of(JUDGED).confusions())
                .containsExactly(
                        new Confusion("cross", "sad", 1),
                        new Confusion("glad", "sad", 1),
                        new Confusion("sad", "glad", 1));
    }

    @Test
    void calibrationCountsHowOftenItWasRightWhenItWasThatSure() {
        var report = ClassificationReport.of(JUDGED);

        assertThat(report.calibration()).hasSize(10);
        assertThat(report.calibration().get(5)).isEqualTo(new ClassificationReport.Bin(0.5, 1, 1, 0.55));
        assertThat(report.calibration().get(6).told()).isEqualTo(2);
        assertThat(report.calibration().get(6).right()).isZero();
        assertThat(report.calibration().get(9).told()).isEqualTo(3);
        assertThat(report.calibration().get(9).right()).isEqualTo(2);
        assertThat(report.calibrationError()).isEqualTo((0.45 + 1.26 + 0.86) / 6, EXACTLY);
    }

    @Test
    void theSurestMistakesComeFirstWithTheirLines() {
        assertThat(ClassificationReport.of(JUDGED).mistakes())
                .extracting(Mistake::line, Mistake::told, Mistake::right)
                .containsExactly(
                        tuple(5L, "glad", Set.of("sad")),
                        tuple(3L, "sad", Set.of("glad")),
                        tuple(6L, "sad", Set.of("cross")));
    }

    @Test
    void mistakesAreFewAndShowNoPersonalData() {
        var judged = IntStream.range(0, 100)
                .mapToObj(i -> new Judged(
                        i, "appelez le 06 39 98 11 22", Set.of("glad"), ranked(true, "sad", 0.9, "glad", 0.1)))
                .toList();

        var mistakes = ClassificationReport.of(judged).mistakes();

        assertThat(mistakes).hasSize(ClassificationReport.MISTAKES_MAX);
        assertThat(mistakes).noneMatch(mistake -> mistake.text().contains("06 39"));
    }

    @Test
    void ofAnyNumberOfLabelsEachCountsAndNothingIsALabelToo() {
        var judged = List.of(
                new Judged(1, "a", Set.of("x", "y"), ranked(false, "x", 0.8, "y", 0.4)),
                new Judged(2, "b", Set.of(), ranked(false, "x", 0.7, "y", 0.2)),
                new Judged(3, "c", Set.of(), ranked(false, "x", 0.3, "y", 0.2)));

        var report = ClassificationReport.of(judged);

        assertThat(report.right()).isEqualTo(1);
        assertThat(report.confusions()).containsExactly(new Confusion("-", "x", 1), new Confusion("y", "-", 1));
    }

    @Test
    void noTextGivesAReportToo() {
        var report = ClassificationReport.of(List.of());

        assertThat(report.accuracy()).isEqualTo(1);
        assertThat(report.calibrationError()).isZero();
        assertThat(report.mistakes()).isEmpty();
    }

    @Test
    void aDrawIsEvenAndEqualTextsDrawTheSame() {
        long below = IntStream.range(0, 10_000)
                .filter(i -> TextDraw.of(42, "text " + i) < 0.2)
                .count();

        assertThat(below).isBetween(1_850L, 2_150L);
        assertThat(TextDraw.of(42, "colis")).isEqualTo(TextDraw.of(42, "colis")).isNotEqualTo(TextDraw.of(43, "colis"));
    }

    private static Judged one(long line, String right, String told, double confidence) {
        return new Judged(line, "text " + line, Set.of(right), ranked(true, told, confidence, "other", 1 - confidence));
    }

    private static Ranked ranked(boolean exclusive, String first, double share, String second, double rest) {
        return new Ranked(exclusive, List.of(new Ranked.Share(first, share), new Ranked.Share(second, rest)));
    }
}
