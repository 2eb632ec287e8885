package io.vigie.app;

import io.vigie.events.Labels;
import io.vigie.events.Verbatim;
import io.vigie.topology.Labelling;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Utterance;
import java.util.ArrayList;
import java.util.List;

/** Labels verbatims anew. What they say, who said it, when and about which offer stays, and so does when it was first understood. */
final class Reclassifier {
    /** Labels of so many earlier versions stay on a verbatim. */
    static final int SUPERSEDED_MAX = 3;

    private final Engine engine;

    Reclassifier(Engine engine) {
        this.engine = engine;
    }

    String classifier() {
        return engine.classifier();
    }

    /** The verbatim with the labels of this classifier; those it had are kept with it, unless they have the same name. */
    Verbatim anew(Verbatim verbatim) {
        var understood = engine.understandRedacted(new Utterance(
                verbatim.getText(),
                verbatim.getLanguage(),
                verbatim.getChannel().name(),
                verbatim.getPreferredChannel().map(Enum::name).orElse(null)));
        return Labelling.label(Verbatim.newBuilder(verbatim).setSuperseded(superseded(verbatim)), understood)
                .build();
    }

    private List<Labels> superseded(Verbatim verbatim) {
        var labels = new ArrayList<Labels>();
        labels.add(labels(verbatim));
        verbatim.getSuperseded().stream()
                .filter(earlier -> !earlier.getClassifier().equals(verbatim.getClassifier()))
                .forEach(labels::add);
        labels.removeIf(earlier -> earlier.getClassifier().equals(classifier()));
        return labels.subList(0, Math.min(labels.size(), SUPERSEDED_MAX));
    }

    private static Labels labels(Verbatim verbatim) {
        return Labels.newBuilder()
                .setClassifier(verbatim.getClassifier())
                .setIntent(verbatim.getIntent())
                .setThemes(verbatim.getThemes())
                .setSentiment(verbatim.getSentiment())
                .setSeverity(verbatim.getSeverity())
                .setChurnRisk(verbatim.getChurnRisk())
                .setChannelMismatch(verbatim.getChannelMismatch())
                .build();
    }
}
