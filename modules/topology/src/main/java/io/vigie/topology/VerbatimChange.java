package io.vigie.topology;

import io.vigie.events.Verbatim;
import org.jspecify.annotations.Nullable;

/**
 * What a record of {@code voc.verbatims} changes. Whatever is counted of verbatims is a function of these: it takes away
 * what {@code before} had added and adds what {@code after} does, so that reclassification and erasure leave no trace.
 * At least one of the two is there; both have the same id.
 *
 * @param before what was counted for this id so far, without text, evidence and redactions (they are empty); null for one
 *     that is new
 * @param after what there is now, in full; null when it was erased
 */
record VerbatimChange(@Nullable Verbatim before, @Nullable Verbatim after) {}
