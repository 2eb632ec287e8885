package io.vigie.understanding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How well the engine understands texts by writers who took no part in the corpus. The floors are below what was measured
 * last, so that a change that makes the engine deafer is seen; docs/quality.md has the figures.
 */
final class QualityTest {
    private static final Engine ENGINE = Engine.standard();

    @ParameterizedTest
    @CsvSource(textBlock = """
            heldout.fr.tsv,  0.80, 0.88, 0.94, 0.86
            heldout.en.tsv,  0.80, 0.86, 0.94, 0.77
            negation.fr.tsv, 0.67, 0.77, 0.74, 0.70
            negation.en.tsv, 0.62, 0.72, 0.73, 0.30
            """)
    void isAsGoodAsItWas(String file, double themes, double intent, double polarity, double churn) {
        Evaluation evaluation = Evaluation.of(ENGINE, judged(file));

        System.out.printf(
                Locale.ROOT,
                "%s: %d texts; themes precision %.3f recall %.3f F1 %.3f, mean F1 %.3f; intent %.3f; polarity %.3f;"
                        + " churn F1 %.3f%n",
                file,
                evaluation.texts(),
                evaluation.allThemes().precision(),
                evaluation.allThemes().recall(),
                evaluation.allThemes().f1(),
                evaluation.meanThemeF1(),
                evaluation.intentAccuracy(),
                evaluation.polarityAccuracy(),
                evaluation.churn().f1());
        assertThat(evaluation.allThemes().f1()).as("themes").isGreaterThanOrEqualTo(themes);
        assertThat(evaluation.intentAccuracy()).as("intent").isGreaterThanOrEqualTo(intent);
        assertThat(evaluation.polarityAccuracy()).as("polarity").isGreaterThanOrEqualTo(polarity);
        assertThat(evaluation.churn().f1()).as("churn").isGreaterThanOrEqualTo(churn);
    }

    private static List<LabelledText> judged(String file) {
        try {
            return Corpus.read(
                    Path.of(QualityTest.class.getResource("judged/" + file).toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
