package io.vigie.topology;

import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.understanding.Understood;

/** Puts what was understood of a text onto its verbatim, the same way whenever it is labelled. */
public final class Labelling {
    private Labelling() {}

    /** Sets intent, themes, sentiment, severity, churn risk, channel mismatch and classifier; the text must be that of the verbatim. */
    public static Verbatim.Builder label(Verbatim.Builder verbatim, Understood understood) {
        return verbatim.setIntent(Intent.valueOf(understood.intent().name()))
                .setThemes(understood.themes().stream().map(Labelling::theme).toList())
                .setSentiment(understood.sentiment())
                .setSeverity(understood.severity())
                .setChurnRisk(understood.churnRisk())
                .setChannelMismatch(understood.channelMismatch())
                .setClassifier(understood.classifier());
    }

    private static Theme theme(io.vigie.understanding.Theme theme) {
        var evidence = theme.evidence().stream()
                .map(span -> new Evidence(span.start(), span.end()))
                .toList();
        return new Theme(theme.id(), theme.score(), evidence);
    }
}
