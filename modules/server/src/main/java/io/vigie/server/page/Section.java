package io.vigie.server.page;

import java.util.Locale;

/** The entries of the navigation, in their order. */
public enum Section {
    SEARCH("/"),
    OFFERS("/offres"),
    SIGNALS("/signaux"),
    ALERTS("/alertes"),
    QUESTIONS("/questions"),
    RETURNS("/retours"),
    THEMES("/themes"),
    STATE("/etat"),
    JOURNAL("/journal");

    private final String address;

    Section(String address) {
        this.address = address;
    }

    public String address() {
        return address;
    }

    /** Of its name in the texts. */
    public String key() {
        return "section." + name().toLowerCase(Locale.ROOT);
    }
}
