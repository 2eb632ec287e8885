package io.vigie.app;

import java.util.Locale;

/** Which of the streams' state an operator can have made anew. */
enum Reset {
    /** Of the first application. */
    SEEN("forgets which events were seen; what comes twice is then understood twice, and counted once all the same"),
    /** Of the second application. */
    INSIGHTS("makes complaints, counts, ledgers and signals anew from the topics");

    private final String effect;

    Reset(String effect) {
        this.effect = effect;
    }

    /** As the command line takes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, in a relative clause. */
    String effect() {
        return effect;
    }
}
