package io.vigie.understanding;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Understands what customers say. Immutable: one engine serves all threads, and building one takes a while. */
public final class Engine {
    private static final String VERSION = "rules-1";

    private final Taxonomy taxonomy;
    private final Rules rules;
    private final Map<Language, Lexicon> lexicons = new EnumMap<>(Language.class);
    private final LanguageDetector detector = new LanguageDetector();
    private final String classifier;

    private Engine(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
        rules = new Rules(taxonomy);
        for (Language language : Language.values()) {
            lexicons.put(language, new Lexicon(language));
        }
        classifier = VERSION + "/taxonomy-" + taxonomy.version();
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
        Redactor.Redaction redaction = Redactor.redact(utterance.text());
        String text = redaction.text();
        Tokens tokens = Tokenizer.tokenize(text);
        String language = detector.language(tokens, text, utterance.language());
        Listener listener = listen(tokens, language);
        var verdict = new Verdict(
                listener.heard(),
                listener.themes(),
                rules.taxonomy().intensity().added(),
                ChannelRules.wishIgnored(utterance, listener.heard(), listener.themes()));
        return new Understood(
                text,
                language,
                verdict.intent(),
                themes(listener),
                verdict.sentiment(),
                verdict.severity(),
                verdict.churnRisk(),
                ChannelRules.mismatch(utterance, listener.heard(), listener.themes()),
                redaction.counts(),
                classifier);
    }

    private Listener listen(Tokens tokens, String language) {
        var listener = new Listener(rules.taxonomy(), tokens);
        lexicons.forEach((known, lexicon) -> {
            if (language.equals(known.tag()) || language.equals(Language.UNDETERMINED)) {
                listener.listenFor(rules.in(known), lexicon);
            }
        });
        listener.listen();
        return listener;
    }

    private static List<Theme> themes(Listener listener) {
        return listener.themes().stream()
                .map(ThemeBuilder::build)
                .sorted(Comparator.comparingDouble(Theme::score).reversed().thenComparing(Theme::id))
                .toList();
    }
}
