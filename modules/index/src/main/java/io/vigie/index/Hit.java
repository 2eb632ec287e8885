package io.vigie.index;

import io.vigie.events.Verbatim;
import java.util.List;

/**
 * One verbatim that matched.
 *
 * @param verbatim as it was put
 * @param score how well it matches, above 0; comparable only within one result
 * @param highlights the words of its text that matched, ascending and not overlapping
 */
public record Hit(Verbatim verbatim, double score, List<Highlight> highlights) {
    public Hit {
        highlights = List.copyOf(highlights);
    }
}
