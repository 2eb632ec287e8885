package io.vigie.server.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far what is shown goes, for the foot of every page.
 *
 * @param verbatims that can be searched
 * @param newest when the newest of them was said
 * @param shownAt when the page was made
 * @param caveats what is to be known of the answer: the index is being built anew, or behind, or a part of it is damaged
 */
public record Freshness(long verbatims, Optional<Instant> newest, Instant shownAt, List<Caveat> caveats) {
    public Freshness {
        caveats = List.copyOf(caveats);
    }

    /** What is to be known of an answer, in the language of the page but for what an operator reads in English. */
    public record Caveat(String text, boolean isEnglish) {}
}
