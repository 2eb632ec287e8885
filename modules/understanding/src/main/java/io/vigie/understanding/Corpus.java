package io.vigie.understanding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Labelled texts in files of six columns, separated by tabs: themes, intent, polarity, churn, register, text. The language
 * is the last but one part of a file's name ({@code network.outage.fr.tsv}).
 */
final class Corpus {
    static final String THEME = "theme";
    static final String INTENT = "intent";
    static final String POLARITY = "polarity";
    static final String CHURN = "churn";

    /** The one label of {@link #CHURN}. */
    static final String LEAVING = "leaving";

    private static final String NONE = "-";
    private static final int COLUMNS = 6;

    private Corpus() {}

    /** Every text of every file under a directory, in the order of their names. */
    static List<LabelledText> read(Path directory) throws IOException {
        var texts = new ArrayList<LabelledText>();
        try (var found = Files.walk(directory)) {
            for (Path file : found.filter(path -> path.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                texts.addAll(readFile(file));
            }
        }
        return texts;
    }

    private static List<LabelledText> readFile(Path file) throws IOException {
        String[] name = file.getFileName().toString().split("\\.", -1);
        String language = name[name.length - 2];
        var texts = new ArrayList<LabelledText>();
        for (String line : Files.readAllLines(file)) {
            String[] columns = line.split("\t", -1);
            if (columns.length != COLUMNS) {
                throw new IOException(file + ", line " + (texts.size() + 1) + ": " + columns.length
                        + " columns; there are " + COLUMNS);
            }
            texts.add(text(columns, language));
        }
        return texts;
    }

    /** The leaves that a column names: {@code -} for none, else separated by commas. */
    static Set<String> themes(String column) {
        return column.equals(NONE) ? Set.of() : Set.of(column.split(",", -1));
    }

    private static LabelledText text(String[] columns, String language) {
        return new LabelledText(
                columns[5],
                language,
                Map.of(
                        THEME,
                        themes(columns[0]),
                        INTENT,
                        Set.of(columns[1]),
                        POLARITY,
                        Set.of(columns[2]),
                        CHURN,
                        columns[3].equals("1") ? Set.of(LEAVING) : Set.of()));
    }
}
