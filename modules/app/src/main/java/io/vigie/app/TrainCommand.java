package io.vigie.app;

import io.vigie.understanding.ClassificationReport;
import io.vigie.understanding.LabelledText;
import io.vigie.understanding.TextClassifier;
import io.vigie.understanding.TextDraw;
import io.vigie.understanding.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vigie train}. */
@Command(
        name = "train",
        description = {
            "Learns from texts that you labelled, and says how well; needs no Kafka.",
            "Takes CSV with a header, or JSON Lines, also compressed (.gz). One part of the texts is kept apart",
            "to test what was learned from the rest; the model that is written learned from all of them.",
            "A bad row is named and skipped. The same file and seed give the same model and report."
        })
final class TrainCommand implements Callable<Integer> {
    private static final double TEST_MIN = 0.01;
    private static final double TEST_MAX = 0.9;

    @Parameters(paramLabel = "FILE", description = "The labelled texts.")
    private Path file = Path.of("");

    @Option(
            names = "--label",
            required = true,
            paramLabel = "COLUMN",
            description = "The column with the label: text, a number, or an array where any number of labels fits a"
                    + " text. Dots lead into nested objects: labels.mood.")
    private String label = "";

    @Option(
            names = "--text",
            paramLabel = "COLUMN",
            defaultValue = "text",
            description = "The column with the text (default: text).")
    private String text = "";

    @Option(
            names = "--test",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description = "The share of the texts to test with (default: 0.2).")
    private double test;

    @Option(names = "--seed", defaultValue = "42", description = "Decides which texts those are (default: 42).")
    private long seed;

    @Option(
            names = "--cost",
            description = "How much a wrongly read text weighs. When not given it is found by trying, and so is"
                    + " whether stretches of letters and words help beside words.")
    private @Nullable Double cost;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the model here.")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report here too, as HTML.")
    private @Nullable Path report;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        check();
        var steps = new Steps(System.err);
        var rows = LabelledRows.read(file, text, label, System.err);
        steps.told("read " + rows.rows().size() + " rows, skipped " + rows.skipped());
        var testing = rows.rows().stream().filter(this::isForTesting).toList();
        var training = rows.rows().stream()
                .filter(row -> !isForTesting(row))
                .map(LabelledFile.Row::text)
                .toList();
        if (testing.isEmpty()) {
            throw new CommandFailedException("of " + rows.rows().size() + " texts in " + file
                    + " none is left to test with; give more texts, or --test a larger share");
        }
        TrainingRecipe recipe = recipe(training);
        steps.told("chose " + told(recipe));
        var classifier = trained(training, recipe);
        steps.told("learned " + classifier.labels().size() + " labels from " + training.size() + " texts");
        var result = ClassificationReport.of(LabelledRows.judged(classifier, label, testing));
        steps.told("tested on " + testing.size() + " others");
        if (out != null) {
            write(trained(rows.texts(), recipe), out);
            steps.told("learned from all " + rows.rows().size() + " texts and wrote " + out);
        }
        String title = String.format(
                Locale.ROOT,
                "%s of %s: trained on %d texts, tested on %d others, seed %d, %s",
                label,
                file.getFileName(),
                training.size(),
                testing.size(),
                seed,
                told(recipe));
        Reports.give(title, result, report);
        return 0;
    }

    private boolean isForTesting(LabelledFile.Row row) {
        return TextDraw.of(seed, row.text().text()) < test;
    }

    private TrainingRecipe recipe(List<LabelledText> training) {
        checkLabels(training);
        return cost == null ? TrainingRecipe.suiting(training, label, seed) : new TrainingRecipe(cost, 0);
    }

    private static String told(TrainingRecipe recipe) {
        return "cost " + recipe.cost() + (recipe.stretches() ? ", with stretches" : "");
    }

    private void checkLabels(List<LabelledText> training) {
        var labels = TextClassifier.labels(training, label);
        if (labels.size() < 2) {
            throw new CommandFailedException("there is nothing to learn from " + file + ": every text to train with is "
                    + (labels.isEmpty() ? "without a label" : labels.first()));
        }
        if (labels.size() > TextClassifier.LABELS_MAX) {
            throw new CommandFailedException("column " + label + " of " + file + " has " + labels.size()
                    + " different labels; the most are " + TextClassifier.LABELS_MAX);
        }
    }

    private TextClassifier trained(List<LabelledText> texts, TrainingRecipe recipe) {
        checkLabels(texts);
        return TextClassifier.train(texts, label, recipe, seed);
    }

    private static void write(TextClassifier classifier, Path file) throws IOException {
        try (var stream = Files.newOutputStream(file)) {
            classifier.write(stream);
        }
    }

    /** What takes minutes must not fail at its end for a reason that is known at its beginning. */
    private void check() {
        if (!(test >= TEST_MIN && test <= TEST_MAX)) {
            throw new ParameterException(
                    spec.commandLine(), "--test is " + test + "; it is a share from " + TEST_MIN + " to " + TEST_MAX);
        }
        if (cost != null && !(cost > 0 && cost <= TrainingRecipe.COST_MAX)) {
            throw new ParameterException(
                    spec.commandLine(), "--cost is " + cost + "; it is above 0 and at most " + TrainingRecipe.COST_MAX);
        }
        Reports.checkWritable(out);
        Reports.checkWritable(report);
    }
}
