package io.vigie.server.page;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What ids are called on the pages. An id that has no name stands for itself: themes come and go with the taxonomy. */
public final class Names {
    private final List<ThemeEntry> themes;
    private final Map<String, ThemeEntry> byId;

    public Names(List<ThemeEntry> themes) {
        this.themes = List.copyOf(themes);
        this.byId = themes.stream()
                .collect(Collectors.toUnmodifiableMap(ThemeEntry::id, Function.identity(), (first, _) -> first));
    }

    public List<ThemeEntry> themes() {
        return themes;
    }

    public String theme(String id, Wording wording) {
        ThemeEntry theme = byId.get(id);
        return theme == null ? id : theme.name(wording.language());
    }

    /**
     * Of a value of a dimension of the index.
     *
     * @param dimension its parameter in addresses, for example {@code intent}
     */
    public String value(String dimension, String value, Wording wording) {
        return dimension.equals("theme")
                ? theme(value, wording)
                : wording.name("value." + dimension + "." + value, value);
    }
}
