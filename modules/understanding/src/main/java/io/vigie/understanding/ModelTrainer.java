package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Learns a linear model from labelled texts: one L2-regularised logistic regression for each label against the rest, see
 * {@link LogisticRegression}. The same texts and the same seed give the same model.
 */
final class ModelTrainer {
    /**
     * How one head is learned.
     *
     * @param cost how much a wrongly read text weighs against simple weights
     * @param balance in [0, 1]: how far texts of a rare label weigh more, 1 for as much as all the others together
     */
    record Lesson(Head head, double cost, double balance) {}

    /** A feature that only one or two texts show says little about others, and makes the model large. */
    private static final int TEXTS_MIN = 3;

    private static final double SCALE = 2;
    private static final double PRECISION = 0.2;
    private static final int QUANTUM_MAX = 127;

    /** Rows whose every weight is smaller than this many steps are left out. */
    private static final int QUANTUM_MIN = 2;

    private final Concepts concepts;
    private final ToneFinder tones;
    private final long seed;
    private final Map<Integer, Integer> columns = new HashMap<>();
    private double[] rarity = {};

    /** Finds what a text as a whole shows. */
    interface ToneFinder {
        Overall of(Tokens tokens, String language);

        /** See {@link Reading#of}. */
        record Overall(double tone, boolean asks) {}
    }

    ModelTrainer(Concepts concepts, ToneFinder tones, long seed) {
        this.concepts = concepts;
        this.tones = tones;
        this.seed = seed;
    }

    /** One text as training sees it. */
    @SuppressWarnings("ArrayRecordComponent") // carries numbers; nobody compares two
    private record Seen(Map<Integer, Float> features, float[] overall) {}

    /** Learns every lesson from the texts that are labelled for it; a lesson without a text keeps to its prior. */
    LinearModel train(List<LabelledText> texts, List<Lesson> lessons) {
        var seen = texts.parallelStream().map(this::see).toList();
        choose(seen);
        var vectors = seen.parallelStream().map(this::vector).toList();
        var outputs = lessons.stream()
                .flatMap(lesson -> lesson.head().labels().stream().map(label -> new Output(lesson, label)))
                .toList();
        double[][] learned = outputs.parallelStream()
                .map(output -> learn(output, texts, vectors))
                .toArray(double[][]::new);
        return new LinearModel(lessons.stream().map(Lesson::head).toList(), quantised(learned));
    }

    private record Output(Lesson lesson, String label) {}

    private Seen see(LabelledText text) {
        String redacted = Redactor.redact(text.text()).text();
        Tokens tokens = Tokenizer.tokenize(redacted);
        var features = new HashMap<Integer, Float>();
        var squares = new double[1];
        var words = new TextFeatures.Word[tokens.count()];
        for (int token = 0; token < words.length; token++) {
            int from = tokens.from(token, true);
            Concepts.Start start = concepts.start(tokens.chars(), from, tokens.until(token));
            words[token] = new TextFeatures.Word(TextFeatures.hash(tokens.chars(), from, tokens.until(token)), start);
            TextFeatures.ofWord(tokens.chars(), from, tokens.until(token), start, (feature, value) -> {
                squares[0] += value * value;
                features.merge(feature, value, Float::sum);
            });
        }
        TextFeatures.between(tokens, words, concepts, (feature, value, first, last) -> {
            squares[0] += value * value;
            features.merge(feature, value, Float::sum);
        });
        double norm = Math.sqrt(Math.max(1, squares[0]));
        features.replaceAll((feature, value) -> (float) (value / norm * SCALE));
        var overall = tones.of(tokens, text.language() == null ? Language.UNDETERMINED : text.language());
        return new Seen(features, LinearModel.overall(overall.tone(), overall.asks()));
    }

    /** Numbers the features that are seen often enough, and weighs them by how rare they are. */
    private void choose(List<Seen> seen) {
        var texts = new HashMap<Integer, Integer>();
        seen.forEach(one -> one.features().keySet().forEach(feature -> texts.merge(feature, 1, Integer::sum)));
        int[] chosen = texts.entrySet().stream()
                .filter(entry -> entry.getValue() >= TEXTS_MIN)
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
        rarity = new double[chosen.length + 1];
        for (int i = 0; i < chosen.length; i++) {
            columns.put(chosen[i], i + 1);
            rarity[i + 1] =
                    Math.log((seen.size() + 1.0) / texts.getOrDefault(chosen[i], 1)) / Math.log(seen.size() + 1.0);
        }
    }

    /** The columns are the features, then what the text shows as a whole, then the bias. */
    private SparseRow vector(Seen one) {
        int[] features = one.features().keySet().stream()
                .filter(columns::containsKey)
                .sorted(Comparator.comparing(columns::get))
                .mapToInt(Integer::intValue)
                .toArray();
        int count = features.length + one.overall().length + 1;
        var indexes = new int[count];
        var values = new double[count];
        for (int i = 0; i < features.length; i++) {
            indexes[i] = columns.getOrDefault(features[i], 0);
            values[i] = one.features().getOrDefault(features[i], 0f) * rarity[indexes[i]];
        }
        for (int i = 0; i < one.overall().length; i++) {
            indexes[features.length + i] = rarity.length + i;
            values[features.length + i] = one.overall()[i];
        }
        indexes[count - 1] = bias();
        values[count - 1] = 1;
        return new SparseRow(indexes, values);
    }

    private int bias() {
        return rarity.length + LinearModel.OVERALL;
    }

    /** The weights of one label, by column; all zero when no text, or every text, has it. */
    private double[] learn(Output output, List<LabelledText> texts, List<SparseRow> vectors) {
        String head = output.lesson().head().name();
        var with = new ArrayList<SparseRow>();
        var without = new ArrayList<SparseRow>();
        for (int i = 0; i < vectors.size(); i++) {
            Set<String> labels = texts.get(i).labels().get(head);
            if (labels != null) {
                (labels.contains(output.label()) ? with : without).add(vectors.get(i));
            }
        }
        if (with.isEmpty() || without.isEmpty()) {
            return new double[bias() + 1];
        }
        double cost = output.lesson().cost();
        double rarer =
                Math.pow(without.size() / (double) with.size(), output.lesson().balance());
        return LogisticRegression.learn(with, without, bias() + 1, cost * rarer, cost, PRECISION, new Random(seed));
    }

    private LinearModel.Weights quantised(double[][] learned) {
        var factor = new float[learned.length];
        for (int label = 0; label < learned.length; label++) {
            double largest = 0;
            for (int column = 1; column < rarity.length; column++) {
                largest = Math.max(largest, Math.abs(learned[label][column] * rarity[column]));
            }
            factor[label] = (float) (largest / QUANTUM_MAX);
        }
        int[] kept = IntStream.range(1, rarity.length)
                .filter(column -> matters(learned, factor, column))
                .toArray();
        var rows = new byte[kept.length * learned.length];
        for (int row = 0; row < kept.length; row++) {
            for (int label = 0; label < learned.length; label++) {
                rows[row * learned.length + label] = (byte) quantum(learned, factor, label, kept[row]);
            }
        }
        var features = new int[rarity.length];
        columns.forEach((feature, column) -> features[column] = feature);
        int[] keptFeatures = Arrays.stream(kept).map(column -> features[column]).toArray();
        var overall = new float[LinearModel.OVERALL][learned.length];
        var bias = new float[learned.length];
        for (int label = 0; label < learned.length; label++) {
            for (int i = 0; i < overall.length; i++) {
                overall[i][label] = (float) learned[label][rarity.length + i];
            }
            bias[label] = (float) learned[label][bias()];
            factor[label] *= (float) SCALE;
        }
        return new LinearModel.Weights(bias, factor, overall, keptFeatures, rows);
    }

    private boolean matters(double[][] learned, float[] factor, int column) {
        for (int label = 0; label < learned.length; label++) {
            if (Math.abs(quantum(learned, factor, label, column)) >= QUANTUM_MIN) {
                return true;
            }
        }
        return false;
    }

    private long quantum(double[][] learned, float[] factor, int label, int column) {
        return factor[label] == 0 ? 0 : Math.round(learned[label][column] * rarity[column] / factor[label]);
    }
}
