package io.vigie.topology;

import io.vigie.understanding.Intent;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.util.List;
import java.util.Map;

/** Engines for tests in which it does not matter what a text says. */
final class Understandings {
    private Understandings() {}

    /** The text as it is. */
    static Understood nothing(Utterance utterance) {
        return new Understood(utterance.text(), "fr", Intent.OTHER, List.of(), 0, 0, 0, false, Map.of(), "none");
    }
}
