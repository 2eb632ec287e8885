package io.vigie.understanding;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Understands what customers say. Immutable: one engine serves all threads, and building one takes a while. */
public final class Engine {
    private static final String VERSION = "rules-2";

    private final Taxonomy taxonomy;
    private final CueReader cues;
    private final Reading.Reader reader;
    private final LanguageDetector detector = new LanguageDetector();
    private final String classifier;

    private Engine(Taxonomy taxonomy, LinearModel model) {
        this.taxonomy = taxonomy;
        reader = Reading.Reader.of(model, Concepts.standard());
        cues = new CueReader(taxonomy);
        classifier = VERSION + "+model-" + reader.model().version() + "/taxonomy-" + taxonomy.version();
    }

    /** An engine with the taxonomy that ships with this module. */
    public static Engine standard() {
        return of(Taxonomy.standard());
    }

    public static Engine of(Taxonomy taxonomy) {
        return new Engine(taxonomy, LinearModel.standard());
    }

    /**
     * An engine with another model than the built-in one: a {@code model.bin} of another build of this module.
     *
     * @throws IOException when it cannot be read, or is no such model
     */
    public static Engine of(Taxonomy taxonomy, InputStream model) throws IOException {
        var read = LinearModel.read(model);
        var standard = names(LinearModel.standard());
        if (!names(read).equals(standard)) {
            throw new IOException("the model tells " + names(read) + "; this version of Vigie needs " + standard);
        }
        return new Engine(taxonomy, read);
    }

    private static List<String> names(LinearModel model) {
        return model.heads().stream().map(Head::name).toList();
    }

    public Taxonomy taxonomy() {
        return taxonomy;
    }

    /** The version of rules, model and taxonomy; that of everything this engine says. */
    public String classifier() {
        return classifier;
    }

    /** Understands any text, in time linear in its length; nothing makes it throw. */
    public Understood understand(Utterance utterance) {
        return consider(utterance).understood();
    }

    /** A text with placeholders in place of the personal data in it, as {@link #understand} gives it. */
    public static String redacted(String text) {
        return Redactor.redact(text).text();
    }

    /** As {@link #understand}, of a text that was redacted before: it stays as it is, and nothing is counted as redacted. */
    public Understood understandRedacted(Utterance utterance) {
        return consider(utterance, new Redactor.Redaction(utterance.text(), Map.of()))
                .understood();
    }

    /** What {@link #understand} says, and why; for people who look at one text, as it takes some times longer. */
    public Explanation explain(Utterance utterance) {
        return Explainer.explain(consider(utterance));
    }

    /** What was understood, and what is known about how it came to be. */
    record Considered(Understood understood, Listener listener, Reading reading, boolean wishIgnored) {}

    private Considered consider(Utterance utterance) {
        return consider(utterance, Redactor.redact(utterance.text()));
    }

    private Considered consider(Utterance utterance, Redactor.Redaction redaction) {
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
