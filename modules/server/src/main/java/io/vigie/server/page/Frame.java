package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * What is around a page.
 *
 * @param visitor whom it is for
 * @param title of the window, without the product's name
 * @param section the entry of the navigation that is marked, if any
 * @param address of this page with its parameters, but for those of language and appearance
 * @param freshness empty where nothing is shown that has an age
 * @param extras scripts and styles of this page alone, by their names among the assets
 */
public record Frame(
        Wording wording,
        Appearance appearance,
        Visitor visitor,
        String title,
        Optional<Section> section,
        String address,
        Optional<Freshness> freshness,
        List<String> extras) {
    public Frame {
        extras = List.copyOf(extras);
    }

    public List<Freshness.Caveat> caveats() {
        return freshness.map(Freshness::caveats).orElse(List.of());
    }

    public List<String> scripts() {
        return extras.stream().filter(name -> name.endsWith(".js")).toList();
    }

    public List<String> styles() {
        return extras.stream().filter(name -> name.endsWith(".css")).toList();
    }

    /** Of an asset, by its name. */
    public String asset(String name) {
        return Assets.address(name);
    }

    /** Those that lead somewhere for whoever looks. */
    public List<Section> sections() {
        return visitor.sections();
    }

    public boolean isAt(Section one) {
        return section.filter(one::equals).isPresent();
    }

    /** This page in the other language. */
    public String otherLanguage() {
        return with("lang", wording.language().other().code());
    }

    /** This page in another appearance. */
    public String in(Appearance other) {
        return with("look", other.code());
    }

    private String with(String name, String value) {
        return address + (address.indexOf('?') < 0 ? '?' : '&') + name + "=" + value;
    }
}
