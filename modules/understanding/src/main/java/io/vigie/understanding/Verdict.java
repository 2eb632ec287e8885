package io.vigie.understanding;

import java.util.Collection;
import java.util.List;

/** Decides what a text as a whole says, from what was heard in its sentences and what was learned of such texts. */
final class Verdict {
    /** Churn scores from here on are intentions; a denial in the same sentence takes them back. */
    static final double FIRM_CHURN = 0.5;

    private static final int SEVERITY_MAX = 4;
    private static final int GRAVE = 3;
    private static final int FEW_WORDS = 6;
    private static final double ANGRY = -0.7;
    private static final double ROUNDING = 1e4;

    private final List<Heard> heard;
    private final Collection<ThemeBuilder> themes;
    private final Reading reading;
    private final int intensity;
    private final boolean wishIgnored;
    private final double sentiment;
    private final Intent intent;

    Verdict(List<Heard> heard, Collection<ThemeBuilder> themes, Reading reading, int intensity, boolean wishIgnored) {
        this.heard = heard;
        this.themes = themes;
        this.reading = reading;
        this.intensity = intensity;
        this.wishIgnored = wishIgnored;
        this.sentiment = weighSentiment();
        this.intent = decideIntent();
    }

    Intent intent() {
        return intent;
    }

    double sentiment() {
        return sentiment;
    }

    /**
     * The gravest of what was found, one more for strong words; a complaint without a theme has 1, praise 0.
     */
    int severity() {
        if (intent == Intent.PRAISE) {
            return 0;
        }
        int severity = intent == Intent.COMPLAINT ? 1 : 0;
        for (ThemeBuilder theme : themes) {
            severity = Math.max(severity, theme.leaf().severity());
        }
        for (Heard said : heard) {
            severity = Math.max(severity, said.severity());
        }
        boolean intense = heard.stream().anyMatch(said -> said.says(Rules.Role.INTENSITY));
        return Math.min(SEVERITY_MAX, severity + (intense ? intensity : 0));
    }

    double churnRisk() {
        double said = heard.stream().mapToDouble(Heard::churnRisk).max().orElse(0);
        double learned = reading.hasWords() ? reading.probability(reading.head(Corpus.CHURN), 0, 0) : 0;
        boolean denied = said < FIRM_CHURN && heard.stream().anyMatch(Heard::deniesChurn);
        return Math.round((denied ? said : Math.max(said, learned)) * ROUNDING) / ROUNDING;
    }

    /**
     * How much likelier a good feeling is than a bad one. The lexicon takes part: its sum is among what was learned from,
     * and has a say of its own in a few words, which give the model little to go by.
     */
    private double weighSentiment() {
        if (!reading.hasWords()) {
            return 0;
        }
        LinearModel.HeadAt polarity = reading.head(Corpus.POLARITY);
        double[] shares = reading.shares(polarity);
        double sentiment = 0;
        for (int label = 0; label < shares.length; label++) {
            sentiment +=
                    shares[label] * Integer.parseInt(polarity.head().labels().get(label));
        }
        if (reading.words() <= FEW_WORDS) {
            double tone = heard.stream().mapToDouble(Heard::tone).sum();
            sentiment = Math.clamp(sentiment + tone / Math.sqrt(tone * tone + 1), -1, 1);
        }
        return Math.round(sentiment * ROUNDING) / ROUNDING;
    }

    private Intent decideIntent() {
        if (!reading.hasWords()) {
            return Intent.OTHER;
        }
        Intent likeliest = Intent.valueOf(reading.likeliest(reading.head(Corpus.INTENT)));
        return wishIgnored || isMore(likeliest) ? Intent.COMPLAINT : likeliest;
    }

    private boolean isMore(Intent likeliest) {
        return switch (likeliest) {
            // Whose line is dead complains, even when he only asks to be called; who wants to leave may well just ask.
            case REQUEST, OTHER -> churnRisk() < FIRM_CHURN && complains(GRAVE);
            // « Pourquoi êtes-vous si lents ? » wants no answer.
            case QUESTION -> sentiment <= ANGRY && complains(0);
            case COMPLAINT, PRAISE -> false;
        };
    }

    private boolean complains(int severityMin) {
        return themes.stream()
                .map(ThemeBuilder::leaf)
                .anyMatch(leaf -> leaf.kind() == Leaf.Kind.COMPLAINT && leaf.severity() >= severityMin);
    }
}
