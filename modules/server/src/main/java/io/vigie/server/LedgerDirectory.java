package io.vigie.server;

import java.util.List;

/**
 * The entries of a ledger as they are known here. Any thread may ask.
 *
 * @param <T> an entry
 */
@FunctionalInterface
public interface LedgerDirectory<T> {
    /** Those that are counted on an offer, in no particular order. */
    List<T> of(String offerId);
}
