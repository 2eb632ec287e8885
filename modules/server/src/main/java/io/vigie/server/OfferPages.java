package io.vigie.server;

import io.vigie.server.page.Section;
import java.util.Map;

/**
 * The pages of offers and of signals.
 *
 * @param pages by path
 * @param forms what they send, by path
 */
record OfferPages(Map<String, PageDoor.Page> pages, Map<String, PageDoor.Page> forms) {
    OfferPages {
        pages = Map.copyOf(pages);
        forms = Map.copyOf(forms);
    }

    /** What the pages are made of. */
    record Sources(
            SearchEndpoint search,
            OfferDirectory offers,
            ContactLedgers ledgers,
            SignalDirectory signals,
            ClosedLoop loop,
            RecurrenceCheck recurrences) {}

    /** What the forms are handed to. */
    record Actors(SearchesEndpoint searches, ActionsEndpoint actions) {}

    static OfferPages of(Pages pages, Sources from, Actors to) {
        SearchEndpoint search = from.search();
        var told = new SignalTelling(
                pages, search, from.signals(), from.offers(), from.loop().actions());
        var offer = new OfferPage(pages, search, from.offers(), from.ledgers(), told, from.loop(), from.recurrences());
        var ledger = new LedgerPage(pages, search, from.offers(), from.ledgers());
        var signal = new SignalPage(pages, search, told, from.loop(), from.recurrences());
        var forms = new SignalForms(pages, told, signal, to.searches(), to.actions());
        var decision = new DecisionPage(pages, search, from.offers(), to.actions());
        return new OfferPages(
                Map.of(
                        Section.OFFERS.address(),
                        new OffersPage(pages, search, from.offers(), from.signals(), from.loop())::page,
                        "/offres/{id}",
                        offer::page,
                        "/offres/{id}/promesses",
                        ledger::promises,
                        "/offres/{id}/manquements",
                        ledger::breaches,
                        Section.SIGNALS.address(),
                        new SignalsPage(pages, search, told, from.offers())::page,
                        "/signaux/{id}",
                        signal::page,
                        DecisionPage.PATH,
                        decision::page),
                Map.of(
                        "/signaux/{id}/" + SignalForms.SAVED,
                        forms::save,
                        "/signaux/{id}/" + SignalForms.DECIDED,
                        forms::decide,
                        "/signaux/{id}/" + SignalForms.MUTED,
                        forms::mute,
                        "/signaux/{id}/" + SignalForms.HEARD,
                        forms::hear,
                        DecisionPage.PATH,
                        decision::send));
    }
}
