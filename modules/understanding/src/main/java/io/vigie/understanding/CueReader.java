package io.vigie.understanding;

import java.util.EnumMap;
import java.util.Map;

/** Reads texts by the cues of a taxonomy and the lexicons alone. Immutable. */
final class CueReader {
    private final Rules rules;
    private final Map<Language, Lexicon> lexicons = new EnumMap<>(Language.class);

    CueReader(Taxonomy taxonomy) {
        rules = new Rules(taxonomy);
        for (Language language : Language.values()) {
            lexicons.put(language, new Lexicon(language));
        }
    }

    Taxonomy.Contents taxonomy() {
        return rules.taxonomy();
    }

    /** What the cues of a language find; those of all languages when it is undetermined. */
    Listener listen(Tokens tokens, String language) {
        var listener = new Listener(rules.taxonomy(), tokens);
        lexicons.forEach((known, lexicon) -> {
            if (language.equals(known.tag()) || language.equals(Language.UNDETERMINED)) {
                listener.listenFor(rules.in(known), lexicon);
            }
        });
        listener.listen();
        return listener;
    }
}
