package io.vigie.understanding;

import java.util.Arrays;
import java.util.List;

/** What the shipped model learns, and how. The numbers were found on texts by other writers than those of the corpus. */
final class Lessons {
    private static final double THEME_COST = 24;
    private static final double THEME_BALANCE = 0.4;
    private static final double THEME_PRIOR = 0.6;
    private static final double INTENT_COST = 24;
    private static final double POLARITY_COST = 3;
    private static final double CHURN_COST = 16;
    private static final double CHURN_BALANCE = 0.4;
    private static final double CHURN_PRIOR = 0.4;

    private Lessons() {}

    static List<ModelTrainer.Lesson> standard(Taxonomy taxonomy) {
        var themes = taxonomy.leaves().stream().map(Leaf::id).toList();
        var intents = Arrays.stream(Intent.values()).map(Enum::name).toList();
        return List.of(
                new ModelTrainer.Lesson(new Head(Corpus.THEME, false, themes, THEME_PRIOR), THEME_COST, THEME_BALANCE),
                new ModelTrainer.Lesson(new Head(Corpus.INTENT, true, intents, 0), INTENT_COST, 0),
                new ModelTrainer.Lesson(new Head(Corpus.POLARITY, true, List.of("-1", "0", "1"), 0), POLARITY_COST, 1),
                new ModelTrainer.Lesson(
                        new Head(Corpus.CHURN, false, List.of(Corpus.LEAVING), CHURN_PRIOR),
                        CHURN_COST,
                        CHURN_BALANCE));
    }
}
