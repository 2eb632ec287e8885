package io.vigie.app;

import io.vigie.understanding.Evaluation;
import io.vigie.understanding.Score;
import java.util.Locale;

/** What came of holding the engine against labels, for a person to read. */
final class EngineReport {
    private EngineReport() {}

    static String text(String title, Evaluation evaluation, EngineLabels labels) {
        var report = new StringBuilder(title).append('\n');
        if (labels.rows(EngineLabels.INTENT) > 0) {
            accuracy(report, "intent", evaluation.intentAccuracy(), evaluation.intents() + " texts");
        }
        if (labels.rows(EngineLabels.POLARITY) > 0) {
            accuracy(
                    report,
                    "polarity",
                    evaluation.polarityAccuracy(),
                    evaluation.polarities() + " texts with a feeling");
        }
        if (labels.rows(EngineLabels.CHURN) > 0) {
            score(report, "churn", evaluation.churn());
        }
        if (labels.rows(EngineLabels.THEME) > 0) {
            score(report, "themes", evaluation.allThemes());
            report.append(String.format(Locale.ROOT, "themes: mean F1 %.3f", evaluation.meanThemeF1()))
                    .append('\n');
            evaluation.themes().forEach((theme, score) -> score(report, "  " + theme, score));
        }
        return report.toString();
    }

    private static void accuracy(StringBuilder report, String name, double accuracy, String texts) {
        report.append(String.format(Locale.ROOT, "%s: accuracy %.3f on %s", name, accuracy, texts))
                .append('\n');
    }

    private static void score(StringBuilder report, String name, Score score) {
        report.append(String.format(
                        Locale.ROOT,
                        "%s: precision %.3f recall %.3f F1 %.3f on %d texts",
                        name,
                        score.precision(),
                        score.recall(),
                        score.f1(),
                        score.hits() + score.misses()))
                .append('\n');
    }
}
