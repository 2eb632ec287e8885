package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Evaluation;
import io.vigie.understanding.TextClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vigie evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Says how well texts that you labelled are understood; needs no Kafka.",
            "With --model, by a model of vigie train. Without, by Vigie as it is: the file then has one or more of the",
            "columns theme, intent, polarity (-1, 0, 1) and churn (true, false).",
            "Takes CSV with a header, or JSON Lines, also compressed (.gz). A bad row is named and skipped."
        })
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The labelled texts.")
    private Path file = Path.of("");

    @Option(names = "--model", paramLabel = "FILE", description = "A model that vigie train wrote.")
    private @Nullable Path model;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column with the label (default: the one the model was trained for).")
    private @Nullable String label;

    @Option(
            names = "--text",
            paramLabel = "COLUMN",
            defaultValue = "text",
            description = "The column with the text (default: text).")
    private String text = "";

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report of a model here too, as HTML.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (model != null) {
            evaluate(model);
            return 0;
        }
        if (label != null || report != null) {
            throw new ParameterException(spec.commandLine(), "--label and --report go with --model");
        }
        evaluateEngine();
        return 0;
    }

    private void evaluate(Path modelFile) throws IOException {
        Reports.checkWritable(report);
        var steps = new Steps(System.err);
        TextClassifier classifier = classifier(modelFile);
        String column = label == null ? classifier.head() : label;
        var rows = LabelledRows.read(file, text, column, System.err);
        steps.told("read " + rows.rows().size() + " rows, skipped " + rows.skipped());
        var result = ClassificationReport.of(LabelledRows.judged(classifier, column, rows.rows()));
        steps.told("classified " + rows.rows().size() + " texts");
        String title = column + " of " + file.getFileName() + ": " + rows.rows().size() + " texts, model "
                + classifier.version();
        Reports.give(title, result, report);
    }

    private static TextClassifier classifier(Path file) {
        try (var in = Files.newInputStream(file)) {
            return TextClassifier.read(in);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new CommandFailedException(file + " is no model of vigie train, or broken: " + e.getMessage(), e);
        }
    }

    private void evaluateEngine() {
        var steps = new Steps(System.err);
        var labels = new EngineLabels();
        var rows = new LabelledFile(file, text, labels, System.err).read();
        steps.told("read " + rows.rows().size() + " rows, skipped " + rows.skipped());
        var engine = Engine.standard();
        var evaluation = Evaluation.of(engine, rows.texts());
        steps.told("understood " + rows.rows().size() + " texts");
        System.out.print(
                EngineReport.text(file.getFileName() + ": " + rows.rows().size() + " texts", evaluation, labels));
    }
}
