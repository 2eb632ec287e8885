package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** A report as a compact table for a terminal. The same report gives the same text. */
final class ReportText {
    private static final int LABEL_CHARS_MAX = 48;
    private static final int TEXT_CHARS_MAX = 100;

    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String of(String title, ClassificationReport report) {
        var page = new ReportText();
        page.text.append(title).append('\n');
        page.text
                .append(String.format(
                        Locale.ROOT,
                        "accuracy %.4f (%d of %d), macro F1 %.4f, calibration error %.4f",
                        report.accuracy(),
                        report.right(),
                        report.texts(),
                        report.macroF1(),
                        report.calibrationError()))
                .append('\n');
        page.classes(report);
        page.confusions(report);
        page.calibration(report);
        page.mistakes(report);
        return page.text.toString();
    }

    private void classes(ClassificationReport report) {
        int width = report.classes().stream()
                .mapToInt(one -> shown(one.label()).length())
                .max()
                .orElse(0);
        width = Math.max(width, "label".length());
        text.append('\n').append(padded("label", width)).append("  precision  recall      F1   texts\n");
        for (var one : report.classes()) {
            text.append(padded(shown(one.label()), width))
                    .append(String.format(
                            Locale.ROOT,
                            "  %9.3f  %6.3f  %6.3f  %6d",
                            one.score().precision(),
                            one.score().recall(),
                            one.score().f1(),
                            one.texts()))
                    .append('\n');
        }
    }

    private void confusions(ClassificationReport report) {
        if (report.confusions().isEmpty()) {
            return;
        }
        text.append("\n times  told for what is right\n");
        for (var pair : report.confusions()) {
            text.append(String.format(Locale.ROOT, "%6d", pair.times()))
                    .append("  ")
                    .append(shown(pair.told()))
                    .append(" for ")
                    .append(shown(pair.right()))
                    .append('\n');
        }
    }

    private void calibration(ClassificationReport report) {
        text.append("\nconfidence    told   right   share\n");
        for (var bin : report.calibration()) {
            if (bin.told() > 0) {
                text.append(String.format(
                                Locale.ROOT,
                                "%10.2f  %6d  %6d  %6.3f",
                                bin.confidence(),
                                bin.told(),
                                bin.right(),
                                bin.right() / (double) bin.told()))
                        .append('\n');
            }
        }
    }

    private void mistakes(ClassificationReport report) {
        if (report.mistakes().isEmpty()) {
            return;
        }
        text.append("\nsurest mistakes\n");
        for (var mistake : report.mistakes()) {
            text.append("line ").append(mistake.line()).append(": ");
            text.append(shown(mistake.told())).append(String.format(Locale.ROOT, " (%.3f)", mistake.confidence()));
            text.append(" for ").append(joined(mistake.right())).append(": ");
            text.append(cut(mistake.text(), TEXT_CHARS_MAX)).append('\n');
        }
    }

    static String joined(Set<String> labels) {
        return labels.isEmpty() ? ClassificationReport.NOTHING : String.join(", ", new TreeSet<>(labels));
    }

    private static String shown(String label) {
        return cut(label, LABEL_CHARS_MAX);
    }

    /** On one line, and without what moves a terminal's cursor. */
    private static String cut(String value, int max) {
        String line = value.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
        return line.substring(0, end) + "…";
    }

    private static String padded(String value, int width) {
        return value + " ".repeat(Math.max(0, width - value.length()));
    }
}
