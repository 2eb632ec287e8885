package io.vigie.understanding;

import java.util.List;

/**
 * A leaf of the taxonomy that a text speaks of.
 *
 * @param id the leaf, such as {@code network.outage}
 * @param score in (0, 1]: the more different cues agree and the surer the learned model is, the higher
 * @param evidence the words that earned it: never empty, sorted, not overlapping, at most {@link #EVIDENCE_MAX}
 */
public record Theme(String id, double score, List<Span> evidence) {

    /** The most spans of evidence that one theme carries; the first ones in the text are kept. */
    public static final int EVIDENCE_MAX = 20;

    public Theme {
        evidence = List.copyOf(evidence);
    }
}
