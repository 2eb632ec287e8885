package io.vigie.understanding;

import java.util.Comparator;
import java.util.List;

/** Understands what customers say. Immutable: one engine serves all threads, and building one takes a while. */
public final class Engine {
    private static final String VERSION = "rules-2";

    private final Taxonomy taxonomy;
    private final CueReader cues;
    private final Reading.Reader reader = Reading.Reader.of(LinearModel.standard(), Concepts.standard());
    private final LanguageDetector detector = new LanguageDetector();
    private final String classifier;

    private Engine(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        cues = new CueReader(taxonomy);
        classifier = VERSION + "+model-" + reader.model().version() + "/taxonomy-" + taxonomy.version();
    }

    /** An engine with the taxonomy that ships with this module. */
    public static Engine standard() {
        return of(Taxonomy.standard());
    }

    public static Engine of(Taxonomy taxonomy) {
        return new Engine(taxonomy);
    }

    public Taxonomy taxonomy() {
        return taxonomy;
    }

    /** Understands any text, in time linear in its length; nothing makes it throw. */
    public Understood understand(Utterance utterance) {
        return consider(utterance).understood();
    }

    /** What {@link #understand} says, and why; for people who look at one text, as it takes some times longer. */
    public Explanation explain(Utterance utterance) {
        return Explainer.explain(consider(utterance));
    }

    /** What was understood, and what is known about how it came to be. */
    record Considered(Understood understood, Listener listener, Reading reading, boolean wishIgnored) {}

    private Considered consider(Utterance utterance) {
        Redactor.Redaction redaction = Redactor.redact(utterance.text());
        String text = redaction.text();
        Tokens tokens = Tokenizer.tokenize(text);
        String language = detector.language(tokens, text, utterance.language());
        Listener listener = cues.listen(tokens, language);
        Reading reading = Reading.of(reader, tokens, listener.tone(), listener.asks());
        boolean wishIgnored = ChannelRules.wishIgnored(utterance, listener.heard(), listener.themes());
        boolean mismatch = ChannelRules.mismatch(utterance, listener.heard(), listener.themes());
        if (reading.hasWords()) {
            listener.addLearned(reading);
        }
        var verdict = new Verdict(
                listener.heard(),
                listener.themes(),
                reading,
                cues.taxonomy().intensity().added(),
                wishIgnored);
        var understood = new Understood(
                text,
                language,
                verdict.intent(),
                themes(listener),
                verdict.sentiment(),
                verdict.severity(),
                verdict.churnRisk(),
                mismatch,
                redaction.counts(),
                classifier);
        return new Considered(understood, listener, reading, wishIgnored);
    }

    private static List<Theme> themes(Listener listener) {
        return listener.themes().stream()
                .map(ThemeBuilder::build)
                .sorted(Comparator.comparingDouble(Theme::score).reversed().thenComparing(Theme::id))
                .toList();
    }
}
