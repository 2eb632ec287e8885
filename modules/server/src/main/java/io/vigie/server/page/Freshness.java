package io.vigie.server.page;

import java.time.Instant;
import java.util.Optional;

/**
 * How far what is shown goes, for the foot of every page.
 *
 * @param verbatims that can be searched
 * @param newest when the newest of them was said
 * @param shownAt when the page was made
 * @param caveat what is to be known of the answer, as the index says it: it is being built anew, or a part is damaged
 */
public record Freshness(long verbatims, Optional<Instant> newest, Instant shownAt, Optional<String> caveat) {}
