package io.vigie.app;

import io.vigie.server.page.ThemeEntry;
import io.vigie.understanding.Taxonomy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The themes of a taxonomy, as the pages name them. */
final class ThemeList {
    private ThemeList() {}

    static List<ThemeEntry> of(Taxonomy taxonomy) {
        Map<String, Taxonomy.Category> categories =
                taxonomy.categories().stream().collect(Collectors.toMap(Taxonomy.Category::id, Function.identity()));
        return taxonomy.leaves().stream()
                .map(leaf -> {
                    var category = categories.getOrDefault(
                            leaf.category(), new Taxonomy.Category(leaf.category(), leaf.category(), leaf.category()));
                    return new ThemeEntry(
                            leaf.id(),
                            leaf.french(),
                            leaf.english(),
                            category.french(),
                            category.english(),
                            taxonomy.example(leaf.id(), "fr").orElse(""),
                            taxonomy.example(leaf.id(), "en").orElse(""));
                })
                .toList();
    }
}
