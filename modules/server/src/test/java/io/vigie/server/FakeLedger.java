package io.vigie.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A ledger whose entries are put in by hand. */
final class FakeLedger<T> implements LedgerDirectory<T> {
    private final List<T> entries = new CopyOnWriteArrayList<>();
    private final Function<T, String> offerOf;

    FakeLedger(Function<T, String> offerOf) {
        this.offerOf = offerOf;
    }

    void add(T entry) {
        entries.add(entry);
    }

    @Override
    public List<T> of(String offerId) {
        return entries.stream()
                .filter(entry -> offerOf.apply(entry).equals(offerId))
                .toList();
    }
}
