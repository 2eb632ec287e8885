package io.vigie.server;

import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The promises about an offer that were due within a time.
 *
 * @param due the next one due first
 */
record OfferPromises(List<Promise> due) {
    OfferPromises {
        due = List.copyOf(due);
    }

    static OfferPromises of(LedgerDirectory<Promise> ledger, String offerId, Within within) {
        return new OfferPromises(ledger.of(offerId).stream()
                .filter(promise -> within.holds(promise.getDueAt()))
                .sorted(Comparator.comparing(Promise::getDueAt).thenComparing(Promise::getPromiseId))
                .toList());
    }

    /** @param state empty for all */
    List<Promise> in(Optional<PromiseState> state) {
        return due.stream()
                .filter(promise -> state.map(promise.getState()::equals).orElse(true))
                .toList();
    }

    /** Those that were answered, but after they were due. */
    List<Promise> late() {
        return due.stream().filter(OfferPromises::isLate).toList();
    }

    private static boolean isLate(Promise promise) {
        return promise.getAnsweredAt()
                .filter(answered -> answered.isAfter(promise.getDueAt()))
                .isPresent();
    }
}
