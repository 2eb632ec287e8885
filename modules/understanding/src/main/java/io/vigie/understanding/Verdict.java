package io.vigie.understanding;

import java.util.Collection;
import java.util.List;

/** Decides what a text as a whole says, from what was heard in its sentences. */
final class Verdict {
    /** Churn scores from here on are intentions; a denial in the same sentence takes them back. */
    static final double FIRM_CHURN = 0.5;

    private static final double CLEAR = 0.3;
    private static final double WARM = 0.4;
    private static final double BITTER_QUESTION = -0.8;
    private static final double BITTER_REMARK = -0.5;
    private static final int SEVERITY_MAX = 4;
    private static final int GRAVE = 2;
    private static final double COMPLAINT_TONE = 0.35;
    private static final double SEVERITY_TONE = 0.1;
    private static final double PRAISE_TONE = 0.6;
    private static final double ROUNDING = 1e4;

    private final List<Heard> heard;
    private final Collection<ThemeBuilder> themes;
    private final int intensity;
    private final boolean wishIgnored;
    private final double sentiment;
    private final Intent intent;

    Verdict(List<Heard> heard, Collection<ThemeBuilder> themes, int intensity, boolean wishIgnored) {
        this.heard = heard;
        this.themes = themes;
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
     * The gravest of what was found, one more for strong words; a complaint that no cue knows has 1, praise 0.
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
        return heard.stream().mapToDouble(Heard::churnRisk).max().orElse(0);
    }

    /** Squashes the sum of all feelings into (-1, 1), so that the tenth strong word adds less than the first. */
    private double weighSentiment() {
        double sum = heard.stream().mapToDouble(Heard::tone).sum();
        for (ThemeBuilder theme : themes) {
            sum += switch (theme.leaf().kind()) {
                case COMPLAINT -> -COMPLAINT_TONE - SEVERITY_TONE * theme.leaf().severity();
                case PRAISE -> PRAISE_TONE;
                case QUESTION -> 0;
            };
        }
        return Math.round(sum / Math.sqrt(sum * sum + 1) * ROUNDING) / ROUNDING;
    }

    private Intent decideIntent() {
        if (count(Leaf.Kind.COMPLAINT) > 0) {
            return withComplaint();
        }
        if (wishIgnored) {
            return Intent.COMPLAINT;
        }
        if (heard.stream().anyMatch(Heard::isQuestion)) {
            return isBitter() ? Intent.COMPLAINT : Intent.QUESTION;
        }
        if (sentiment <= -CLEAR) {
            return Intent.COMPLAINT;
        }
        boolean wants = heard.stream().anyMatch(said -> said.says(Rules.Role.REQUEST));
        if (wants && count(Leaf.Kind.PRAISE) == 0) {
            return Intent.REQUEST;
        }
        return count(Leaf.Kind.PRAISE) > 0 || sentiment >= CLEAR ? Intent.PRAISE : Intent.OTHER;
    }

    private Intent withComplaint() {
        if (sentiment >= WARM && (count(Leaf.Kind.PRAISE) >= count(Leaf.Kind.COMPLAINT) || isFaint())) {
            return Intent.PRAISE;
        }
        boolean graveRemark = heard.stream().anyMatch(said -> !isTopical(said) && said.complaintSeverity() >= GRAVE);
        return heard.stream().anyMatch(Verdict::isTopical) && !graveRemark ? Intent.QUESTION : Intent.COMPLAINT;
    }

    /** « Plus aucune coupure, merci ! »: one word of a complaint does not outweigh a text that is glad all over. */
    private boolean isFaint() {
        return themes.stream()
                .filter(theme -> theme.leaf().kind() == Leaf.Kind.COMPLAINT)
                .allMatch(theme -> theme.score() <= Cue.WORD_WEIGHT);
    }

    /** A question about something that customers ask about. */
    private static boolean isTopical(Heard said) {
        return said.isQuestion() && said.has(Leaf.Kind.QUESTION);
    }

    /** « Pourquoi êtes-vous si nuls ? » asks nothing. */
    private boolean isBitter() {
        return heard.stream().noneMatch(Verdict::isTopical)
                && heard.stream()
                        .anyMatch(said -> said.tone() <= (said.isQuestion() ? BITTER_QUESTION : BITTER_REMARK));
    }

    private long count(Leaf.Kind kind) {
        return themes.stream().filter(theme -> theme.leaf().kind() == kind).count();
    }
}
