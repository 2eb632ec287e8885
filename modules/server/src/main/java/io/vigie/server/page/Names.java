package io.vigie.server.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What ids are called on the pages. An id that has no name stands for itself: themes come and go with the taxonomy, and offers with
 * the catalogue.
 */
public final class Names {
    private final List<ThemeEntry> themes;
    private final Map<String, ThemeEntry> byId;
    private final Function<String, Optional<String>> offers;

    /** @param offers the name of an offer by its id, asked each time: the catalogue changes while the server runs */
    public Names(List<ThemeEntry> themes, Function<String, Optional<String>> offers) {
        this.themes = List.copyOf(themes);
        this.byId = themes.stream()
                .collect(Collectors.toUnmodifiableMap(ThemeEntry::id, Function.identity(), (first, _) -> first));
        this.offers = offers;
    }

    public List<ThemeEntry> themes() {
        return themes;
    }

    public String theme(String id, Wording wording) {
        ThemeEntry theme = byId.get(id);
        return theme == null ? id : theme.name(wording.language());
    }

    /** Of an offer in the catalogue. */
    public Optional<String> offer(String id) {
        return offers.apply(id);
    }

    /**
     * Of a value of a dimension of the index.
     *
     * @param dimension its parameter in addresses, for example {@code intent}
     */
    public String value(String dimension, String value, Wording wording) {
        return switch (dimension) {
            case "theme" -> theme(value, wording);
            case "offer" -> offer(value).orElseGet(() -> wording.name("value.offer." + value, value));
            default -> wording.name("value." + dimension + "." + value, value);
        };
    }
}
