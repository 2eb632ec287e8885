package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a classifier learns.
 *
 * @param cost how much a wrongly read text weighs against simple weights, above 0 and at most {@value #COST_MAX}: LIBLINEAR's C
 * @param balance in [0, 1]: how far texts of a rare label weigh more, 1 for as much as all the others together
 * @param stretches whether stretches of letters and words, which take longer to learn, have a say beside words
 */
public record TrainingRecipe(double cost, double balance, boolean stretches) {
    /** A higher cost learns the texts by heart, and takes its time. */
    public static final double COST_MAX = 1_000;

    /** More labels than this are thin in a third of the texts, and trying takes long: what did well elsewhere is taken. */
    private static final int TRIED_LABELS_MAX = 20;

    private static final double COST_OF_MANY = 24;

    /** Of so many texts one third tells recipes apart as well as three; of fewer, no part tells whether stretches help. */
    private static final int MANY_TEXTS = 5_000;

    private static final List<Double> TRIED = List.of(1.0, 4.0, 16.0, 64.0);
    private static final int FOLDS = 3;

    /** Of words alone. */
    public TrainingRecipe(double cost, double balance) {
        this(cost, balance, false);
    }

    /**
     * The recipe for these texts: the cost that does best on a third that is held out, in turn where texts are few, and
     * with stretches when there are many texts and more of that third are right with them.
     */
    public static TrainingRecipe suiting(List<LabelledText> texts, String head, long seed) {
        int labels = TextClassifier.labels(texts, head).size();
        if (labels > TRIED_LABELS_MAX) {
            return new TrainingRecipe(COST_OF_MANY, 0);
        }
        Map<TrainingRecipe, Long> right = rightByRecipe(texts, head, seed);
        TrainingRecipe words = TRIED.stream()
                .map(cost -> new TrainingRecipe(cost, 0))
                .max(Comparator.comparing((TrainingRecipe recipe) -> right.getOrDefault(recipe, 0L))
                        .thenComparing(
                                Comparator.comparingDouble(TrainingRecipe::cost).reversed()))
                .orElseThrow();
        var both = new TrainingRecipe(words.cost(), 0, true);
        return right.getOrDefault(both, 0L) > right.getOrDefault(words, 0L) ? both : words;
    }

    private static Map<TrainingRecipe, Long> rightByRecipe(List<LabelledText> texts, String head, long seed) {
        var right = new HashMap<TrainingRecipe, Long>();
        // Another seed than the split's: what it held out must not be what one fold lacks.
        Map<Integer, List<LabelledText>> folds =
                texts.stream().collect(Collectors.groupingBy(text -> (int) (TextDraw.of(~seed, text.text()) * FOLDS)));
        int heldOut = texts.size() < MANY_TEXTS ? FOLDS : 1;
        for (int fold = 0; fold < heldOut; fold++) {
            int held = fold;
            var others = new ArrayList<LabelledText>();
            folds.forEach((number, of) -> others.addAll(number == held ? List.of() : of));
            if (TextClassifier.labels(others, head).size() > 1) {
                add(others, folds.getOrDefault(fold, List.of()), head, seed, right);
            }
        }
        return right;
    }

    /** One head for each cost: a text is taken apart only once. */
    private static void add(
            List<LabelledText> others,
            List<LabelledText> held,
            String head,
            long seed,
            Map<TrainingRecipe, Long> right) {
        boolean exclusive = TextClassifier.isExclusive(others, head);
        var labels = TextClassifier.labels(others, head);
        var lessons = TRIED.stream()
                .map(cost ->
                        new ModelTrainer.Lesson(new Head(cost.toString(), exclusive, List.copyOf(labels), 0), cost, 0))
                .toList();
        var copies = others.stream().map(text -> copied(text, head)).toList();
        LinearModel model = TextClassifier.learn(copies, lessons, seed);
        for (int tried = 0; tried < TRIED.size(); tried++) {
            var classifier = new TextClassifier(model, tried, StretchModel.NONE);
            right.merge(new TrainingRecipe(TRIED.get(tried), 0), right(classifier, held, head), Long::sum);
        }
        if (others.size() + held.size() >= MANY_TEXTS) {
            StretchModel stretches = StretchTrainer.train(others, head, seed);
            for (int tried = 0; tried < TRIED.size(); tried++) {
                var classifier = new TextClassifier(model, tried, stretches);
                right.merge(new TrainingRecipe(TRIED.get(tried), 0, true), right(classifier, held, head), Long::sum);
            }
        }
    }

    private static long right(TextClassifier classifier, List<LabelledText> held, String head) {
        return held.parallelStream()
                .filter(text -> classifier
                        .classify(text.text(), text.language())
                        .toldLabels()
                        .equals(text.labels().getOrDefault(head, Set.of())))
                .count();
    }

    private static LabelledText copied(LabelledText text, String head) {
        Set<String> labels = text.labels().getOrDefault(head, Set.of());
        return new LabelledText(
                text.text(),
                text.language(),
                TRIED.stream().collect(Collectors.toMap(cost -> cost.toString(), cost -> labels)));
    }
}
