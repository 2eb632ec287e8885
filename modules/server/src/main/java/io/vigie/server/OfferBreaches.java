package io.vigie.server;

import io.vigie.events.Breach;
import io.vigie.events.BreachKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The contacts about an offer, within a time, that went against a customer's wish.
 *
 * @param happened the newest first
 */
record OfferBreaches(List<Breach> happened) {
    OfferBreaches {
        happened = List.copyOf(happened);
    }

    static OfferBreaches of(LedgerDirectory<Breach> ledger, String offerId, Within within) {
        return new OfferBreaches(ledger.of(offerId).stream()
                .filter(breach -> within.holds(breach.getOccurredAt()))
                .sorted(Comparator.comparing(Breach::getOccurredAt).reversed().thenComparing(Breach::getBreachId))
                .toList());
    }

    /** @param kind empty for all */
    List<Breach> of(Optional<BreachKind> kind) {
        return happened.stream()
                .filter(breach -> kind.map(breach.getKind()::equals).orElse(true))
                .toList();
    }
}
