package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Whom a page is made for.
 *
 * @param name empty where nobody is asked who he is, and for whom nobody knows
 * @param sections entries of the navigation that he may open
 * @param leaves whether he can log out
 * @param reach what he may ask for
 */
public record Visitor(Optional<String> name, List<Section> sections, boolean leaves, Reach reach) {
    /** For parts of pages that are shown only to those who may open all that they lead to. */
    public static final Visitor ANYWHERE = new Visitor(Optional.empty(), List.of(), false, (_, _) -> true);

    public Visitor {
        sections = List.copyOf(sections);
    }

    /** Whether somebody may ask for an address of this server. */
    @FunctionalInterface
    public interface Reach {
        boolean includes(String method, String address);
    }

    /** Where he begins. */
    public String home() {
        return sections.isEmpty()
                ? Section.SEARCH.address()
                : sections.getFirst().address();
    }

    /** Whether a link leads him anywhere but to a refusal. */
    public boolean mayFollow(String address) {
        return address.startsWith("#") || reach.includes("GET", address);
    }

    /** Whether a form to this address is taken from him. */
    public boolean maySend(String address) {
        return reach.includes("POST", address);
    }

    public boolean mayOpen(Section section) {
        return sections.contains(section);
    }
}
