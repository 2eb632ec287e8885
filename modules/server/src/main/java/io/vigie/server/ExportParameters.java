package io.vigie.server;

import io.vigie.index.SearchRequest;
import io.vigie.index.Sort;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The address of an export, read.
 *
 * @param french whether CSV is for a French spreadsheet
 * @param columns what is written of each verbatim, in this order; empty for all
 * @param after tokens of events that must be searchable before
 */
record ExportParameters(
        SearchRequest request, Format format, boolean french, List<String> columns, List<String> after) {
    private static final String FRENCH = "fr";
    /** CSV as a French spreadsheet reads it, in one word for forms. */
    private static final String EXCEL = "excel";

    private static final String NEUTRAL = "en";
    private static final Set<String> KNOWN = known();

    /** What an export can be written as. */
    enum Format {
        CSV("text/csv;charset=utf-8;header=present"),
        JSONL("application/x-ndjson");

        final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ExportParameters read(@Nullable String query) throws Refusal {
        var parameters = Parameters.of(query, KNOWN, "q");
        var wanted = SearchParameters.read(parameters);
        var request = wanted.request();
        Optional<String> named = parameters.one("format").map(ExportParameters::lower);
        boolean excel = named.equals(Optional.of(EXCEL));
        Format format = excel ? Format.CSV : format(named);
        Optional<String> locale = parameters.one("locale").map(ExportParameters::lower);
        if (locale.isPresent() && !List.of(FRENCH, NEUTRAL).contains(locale.get())) {
            throw Parameters.bad("locale", locale.get(), FRENCH + ", " + NEUTRAL);
        }
        if (locale.isPresent() && format != Format.CSV) {
            throw new Refusal(
                    Fault.BAD_PARAMETER, "locale is only for format=csv: JSON has one way to write numbers and times");
        }
        return new ExportParameters(
                parameters.one("sort").isPresent() ? request : request.withSort(Sort.NEWEST),
                format,
                excel || locale.equals(Optional.of(FRENCH)),
                columns(parameters.many("columns")),
                wanted.after());
    }

    private static List<String> columns(List<String> given) throws Refusal {
        for (String name : given) {
            if (!ExportCsv.names().contains(name)) {
                throw Parameters.bad("columns", name, String.join(", ", ExportCsv.names()));
            }
        }
        return given;
    }

    private static Format format(Optional<String> given) throws Refusal {
        if (given.isEmpty()) {
            return Format.CSV;
        }
        return Arrays.stream(Format.values())
                .filter(format -> format.extension().equals(given.get()))
                .findFirst()
                .orElseThrow(() -> Parameters.bad("format", given.get(), "csv, excel, jsonl"));
    }

    /** Whatever decides which verbatims there are; an export has no pages, and counts nothing. */
    private static Set<String> known() {
        Set<String> known = new HashSet<>(SearchParameters.KNOWN);
        known.removeAll(Set.of("size", "cursor", "facets", "interval", "group"));
        known.addAll(Set.of("format", "locale", "columns"));
        return Set.copyOf(known);
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
