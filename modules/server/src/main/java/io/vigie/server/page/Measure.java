package io.vigie.server.page;

import java.util.Optional;

/**
 * A number, its list, and what it was before.
 *
 * @param label what is counted
 * @param before the same in the period before
 * @param change from then to now, in words; empty when there is nothing to say
 */
public record Measure(String label, Linked now, Optional<Linked> before, String change) {}
