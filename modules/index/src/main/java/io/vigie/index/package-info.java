/**
 * The near-real-time index of verbatims, and the only package that knows Lucene.
 *
 * <p>One thread writes (the sink's), any number of threads search. What was put is visible after {@link
 * io.vigie.index.VerbatimIndex#refresh()} and survives a crash after {@link
 * io.vigie.index.VerbatimIndex#commit(io.vigie.index.Checkpoint)}, which stores how far the topic was read in the same
 * commit point: the two can never disagree. After any failure of a write the writer is dropped and reopened from the
 * last commit; a failed commit is never tried again, because the pages that could not be written may be gone.
 *
 * <p>Whatever a user types is answered or refused within the limits named in this package; it never throws.
 */
@NullMarked
package io.vigie.index;

import org.jspecify.annotations.NullMarked;
