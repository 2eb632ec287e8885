package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import io.vigie.understanding.LabelledText;
import io.vigie.understanding.TextClassifier;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a file whose one label is in one column. */
final class LabelledRows {
    private LabelledRows() {}

    static LabelledFile.Rows read(Path file, String textColumn, String labelColumn, PrintStream errors) {
        LabelledFile.Labels labels = (text, language, row) -> new LabelledText(
                text, language.isEmpty() ? null : language, Map.of(labelColumn, LabelledFile.labels(row, labelColumn)));
        return new LabelledFile(file, textColumn, labels, errors).read();
    }

    /** What a classifier says of each row, beside what is right. */
    static List<ClassificationReport.Judged> judged(
            TextClassifier classifier, String labelColumn, List<LabelledFile.Row> rows) {
        return rows.parallelStream()
                .map(row -> new ClassificationReport.Judged(
                        row.line(),
                        row.text().text(),
                        row.text().labels().getOrDefault(labelColumn, Set.of()),
                        classifier.classify(row.text().text(), row.text().language())))
                .toList();
    }
}
