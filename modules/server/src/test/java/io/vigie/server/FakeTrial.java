package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.server.page.ThemeEntry;
import java.util.List;
import java.util.Optional;

/** The first word of a taxonomy says what comes of it; every verbatim moves from one theme to a new one. */
final class FakeTrial implements TaxonomyTrial {
    private static final ThemeEntry BROKEN =
            new ThemeEntry("network.broken", "Réseau cassé", "Broken network", "Réseau", "Network");

    @Override
    public Outcome tried(String proposed, List<Verbatim> verbatims) {
        if (proposed.startsWith("wrong")) {
            return new Wrong(List.of("line 2: leaf 'x' has no name", "the file has no version"));
        }
        List<String> ids = verbatims.stream().map(Verbatim::getVerbatimId).toList();
        ThemeEntry billing = RunningServer.THEMES.getFirst();
        return new Difference(
                "2025.1",
                proposed.strip(),
                List.of("line 1: leaf 'y' has no examples"),
                List.of(
                        new Change(billing, Presence.BOTH, ids, List.of(), List.of(), ids),
                        new Change(BROKEN, Presence.ONLY_PROPOSED, List.of(), ids, ids, List.of()),
                        new Change(
                                RunningServer.THEMES.getLast(),
                                Presence.BOTH,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of())),
                ids.size(),
                1,
                0);
    }

    @Override
    public Optional<Rules> rules(String theme, List<Verbatim> verbatims) {
        List<String> ids = verbatims.stream().map(Verbatim::getVerbatimId).toList();
        return Optional.of(new Rules(
                2,
                List.of(new Cue("\"jamais dit\"~2", List.of()), new Cue("facture*", ids)),
                List.of("merci"),
                List.of("Ma facture est fausse."),
                List.of("Merci pour la facture."),
                ids,
                List.of()));
    }
}
