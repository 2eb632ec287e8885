package io.vigie.understanding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plain phrases of one language, as most customers say a matter: what texts to learn from are composed of.
 *
 * @param byLeaf for each leaf of the taxonomy the phrases of its file, near misses among them
 * @param around by kind, such as {@code greeting} or {@code leaving}: what stands around the matter and says nothing of it
 * @param slots by name what {@code {name}} in a phrase is filled with
 */
record PhraseBook(
        String language,
        Map<String, List<Phrase>> byLeaf,
        Map<String, List<String>> around,
        Map<String, List<String>> slots) {
    /** Says he leaves. */
    static final String LEAVING = "leaving";

    /** Speaks of leaving, and does not. */
    static final String STAYING = "staying";

    private static final String SLOTS = "slots";
    private static final Set<String> AROUND = Set.of("context", LEAVING, STAYING);

    /** A phrase and the leaves that it deserves by itself. */
    record Phrase(String text, Set<String> themes) {}

    /**
     * Reads {@code <name>.<language>.tsv}: two columns, the second a phrase. The first names its themes, or {@code -};
     * in {@code context}, {@code leaving} and {@code staying} its kind; in {@code slots} the slot that it fills.
     *
     * @throws IOException when a file cannot be read, or a line has other columns
     */
    static PhraseBook read(Path directory, String language) throws IOException {
        var byLeaf = new TreeMap<String, List<Phrase>>();
        var around = new LinkedHashMap<String, List<String>>();
        var slots = new LinkedHashMap<String, List<String>>();
        String ending = "." + language + ".tsv";
        try (var found = Files.list(directory)) {
            for (Path file : found.filter(path -> path.toString().endsWith(ending))
                    .sorted()
                    .toList()) {
                String name = file.getFileName().toString().replace(ending, "");
                for (String[] line : lines(file)) {
                    if (name.equals(SLOTS)) {
                        add(slots, line[0], line[1]);
                    } else if (AROUND.contains(name)) {
                        add(around, line[0], line[1]);
                    } else {
                        add(byLeaf, name, new Phrase(line[1], Corpus.themes(line[0])));
                    }
                }
            }
        }
        return new PhraseBook(language, byLeaf, around, slots);
    }

    private static <T> void add(Map<String, List<T>> lists, String name, T one) {
        lists.computeIfAbsent(name, n -> new ArrayList<>()).add(one);
    }

    private static List<String[]> lines(Path file) throws IOException {
        var lines = new ArrayList<String[]>();
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t", -1);
            if (columns.length != 2) {
                throw new IOException(
                        file + ", line " + (lines.size() + 1) + ": " + columns.length + " columns; there are 2");
            }
            lines.add(columns);
        }
        return lines;
    }
}
