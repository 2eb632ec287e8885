package io.vigie.server.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that pages are written in; the first one is for who asks for none. */
public enum Language {
    FRENCH("fr", Locale.FRANCE),
    ENGLISH("en", Locale.UK);

    private final String code;
    private final Locale locale;

    Language(String code, Locale locale) {
        this.code = code;
        this.locale = locale;
    }

    /** As HTML, cookies and addresses name it. */
    public String code() {
        return code;
    }

    Locale locale() {
        return locale;
    }

    public static Optional<Language> of(String code) {
        return Arrays.stream(values())
                .filter(language -> language.code.equals(code))
                .findFirst();
    }

    /** The one to switch to. */
    public Language other() {
        return this == FRENCH ? ENGLISH : FRENCH;
    }
}
