package io.vigie.understanding;

/** The languages that have cues. */
enum Language {
    FRENCH("fr", true),
    ENGLISH("en", false);

    /** What stands for no language in particular (BCP 47). */
    static final String UNDETERMINED = "und";

    private final String tag;
    private final boolean elides;

    Language(String tag, boolean elides) {
        this.tag = tag;
        this.elides = elides;
    }

    String tag() {
        return tag;
    }

    /** Whether « l'offre » is read as « offre ». */
    boolean elides() {
        return elides;
    }
}
