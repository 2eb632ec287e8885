package io.vigie.understanding;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Holds an engine against texts that people have labelled.
 *
 * @param texts how many there were
 * @param themes by leaf
 * @param intentsRight of those whose intent is labelled
 * @param intents how many those are
 * @param polarityRight texts with a feeling of whose sentiment the sign is right
 * @param polarities how many have a feeling
 * @param churn a customer who leaves is told by a risk of {@value #LEAVES} or more
 */
public record Evaluation(
        long texts,
        Map<String, Score> themes,
        long intentsRight,
        long intents,
        long polarityRight,
        long polarities,
        Score churn) {
    /** From this risk on, a customer is taken to be leaving. */
    public static final double LEAVES = 0.5;

    /** What was found about one text. */
    private record Judged(LabelledText text, Understood understood) {
        Set<String> labels(String head) {
            return text.labels().getOrDefault(head, Set.of());
        }
    }

    /** Labels are those of the corpus: heads {@code theme}, {@code intent}, {@code polarity}, {@code churn}. */
    public static Evaluation of(Engine engine, List<LabelledText> texts) {
        var judged = texts.parallelStream()
                .map(text ->
                        new Judged(text, engine.understand(new Utterance(text.text(), text.language(), null, null))))
                .toList();
        var intents = judged.stream()
                .filter(one -> !one.labels(Corpus.INTENT).isEmpty())
                .toList();
        var feelings = judged.stream()
                .filter(one -> one.labels(Corpus.POLARITY).stream().anyMatch(sign -> !sign.equals("0")))
                .toList();
        return new Evaluation(
                texts.size(),
                themes(judged),
                intents.stream()
                        .filter(one -> one.labels(Corpus.INTENT)
                                .contains(one.understood().intent().name()))
                        .count(),
                intents.size(),
                feelings.stream()
                        .filter(one -> one.labels(Corpus.POLARITY)
                                .contains(one.understood().sentiment() > 0 ? "1" : "-1"))
                        .count(),
                feelings.size(),
                judged.stream()
                        .map(one -> score(
                                one.understood().churnRisk() >= LEAVES,
                                one.labels(Corpus.CHURN).contains(Corpus.LEAVING)))
                        .reduce(Score.NONE, Score::plus));
    }

    /** All themes together, each told label counting once. */
    public Score allThemes() {
        return themes.values().stream().reduce(Score.NONE, Score::plus);
    }

    /** The mean F1 of the themes: rare ones count as much as frequent ones. */
    public double meanThemeF1() {
        return themes.values().stream().mapToDouble(Score::f1).average().orElse(1);
    }

    public double intentAccuracy() {
        return intents == 0 ? 1 : intentsRight / (double) intents;
    }

    public double polarityAccuracy() {
        return polarities == 0 ? 1 : polarityRight / (double) polarities;
    }

    private static Map<String, Score> themes(List<Judged> judged) {
        var scores = new TreeMap<String, Score>();
        for (Judged one : judged) {
            var told = new TreeSet<String>();
            one.understood().themes().forEach(theme -> told.add(theme.id()));
            var either = new TreeSet<>(told);
            either.addAll(one.labels(Corpus.THEME));
            either.forEach(leaf -> scores.merge(
                    leaf, score(told.contains(leaf), one.labels(Corpus.THEME).contains(leaf)), Score::plus));
        }
        return scores;
    }

    private static Score score(boolean told, boolean right) {
        return new Score(told && right ? 1 : 0, told && !right ? 1 : 0, right && !told ? 1 : 0);
    }
}
