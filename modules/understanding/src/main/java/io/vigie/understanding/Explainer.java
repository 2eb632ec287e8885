package io.vigie.understanding;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names the reasons for what was understood; none of it is done unless it is asked for. */
final class Explainer {
    private final Engine.Considered considered;

    private Explainer(Engine.Considered considered) {
        this.considered = considered;
    }

    static Explanation explain(Engine.Considered considered) {
        var explainer = new Explainer(considered);
        return new Explanation(
                considered.understood(),
                explainer.themes(),
                explainer.intent(),
                explainer.sentiment(),
                explainer.churn());
    }

    private List<Explanation.OfTheme> themes() {
        Map<String, ThemeBuilder> builders = considered.listener().themes().stream()
                .collect(Collectors.toMap(builder -> builder.leaf().id(), Function.identity()));
        return considered.understood().themes().stream()
                .map(theme -> theme(Objects.requireNonNull(builders.get(theme.id()))))
                .toList();
    }

    private Explanation.OfTheme theme(ThemeBuilder theme) {
        String id = theme.leaf().id();
        List<Explanation.Word> words = theme.learned() > 0 ? words(Corpus.THEME, id) : List.of();
        return new Explanation.OfTheme(id, considered.listener().cues(theme), theme.learned(), words);
    }

    private Explanation.OfIntent intent() {
        String intent = considered.understood().intent().name();
        return new Explanation.OfIntent(considered.wishIgnored(), words(Corpus.INTENT, intent));
    }

    private Explanation.OfSentiment sentiment() {
        Reading reading = considered.reading();
        String likeliest = reading.likeliest(reading.head(Corpus.POLARITY));
        return new Explanation.OfSentiment(considered.listener().tone(), words(Corpus.POLARITY, likeliest));
    }

    private Explanation.OfChurn churn() {
        List<String> cues = considered.listener().heard().stream()
                .flatMap(Heard::churnCues)
                .distinct()
                .toList();
        return new Explanation.OfChurn(cues, words(Corpus.CHURN, Corpus.LEAVING));
    }

    private List<Explanation.Word> words(String head, String label) {
        Reading reading = considered.reading();
        return reading.hasWords() ? reading.words(reading.head(head), label) : List.of();
    }
}
