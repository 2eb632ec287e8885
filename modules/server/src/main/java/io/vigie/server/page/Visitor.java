package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Whom a page is made for.
 *
 * @param name empty where nobody is asked who he is, and for whom nobody knows
 * @param sections entries of the navigation that he may open
 * @param leaves whether he can log out
 */
public record Visitor(Optional<String> name, List<Section> sections, boolean leaves) {
    public Visitor {
        sections = List.copyOf(sections);
    }

    /** Where he begins. */
    public String home() {
        return sections.isEmpty()
                ? Section.SEARCH.address()
                : sections.getFirst().address();
    }

    public boolean mayOpen(Section section) {
        return sections.contains(section);
    }
}
