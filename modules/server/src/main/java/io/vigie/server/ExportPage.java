package io.vigie.server;

import io.javalin.http.Context;
import io.vigie.server.page.Notice;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code GET /export}: what the search page found, as a file for people. It is that of {@code GET /api/v1/export} in the words
 * of the page instead of codes; JSON stays as it is. Its address has the parameters of the search page, in which {@code lang} is
 * the language of the page; what is refused is told on a page, with the way back to the search.
 */
final class ExportPage {
    static final String PATH = "/export";

    private static final List<String> OF_FILES = List.of("format", "locale", "columns");

    private final Pages pages;
    private final PageDoor door;
    private final ExportEndpoint exports;

    ExportPage(Pages pages, PageDoor door, ExportEndpoint exports) {
        this.pages = pages;
        this.door = door;
        this.exports = exports;
    }

    /** Of what a search finds, whatever its page shows besides. */
    static String address(SearchState state, String format) {
        String query = query(state);
        return PATH + "?" + (query.isEmpty() ? "" : query + "&") + "format=" + format;
    }

    /** What the address asks for, as the page of the search does. */
    static String query(SearchState state) {
        return state.first().grouping(false).comparing(false).dividing(false).query();
    }

    Document export(Context context, Upload upload) throws IOException {
        return door.sent(context, upload, request -> export(context, request), this::back);
    }

    private Document export(Context context, PageRequest request) throws Refusal, IOException {
        String file = only(request, ExportPage::isOfFile);
        String asked = state(request).sorted(pages.zone());
        ExportParameters wanted = exports.wanted(file.isEmpty() ? asked : asked + "&" + file);
        return exports.export(context, wanted, ExportWords.of(request.wording(), pages.names()));
    }

    /** To the search that the file is of, where what is wrong with it is shown in its place. */
    private Optional<Notice.Tip> back(PageRequest request) {
        try {
            return Optional.of(Notice.way(
                    request.wording().say("export.back"), state(request).address()));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    private static SearchState state(PageRequest request) throws Refusal {
        return SearchState.read(only(request, pair -> !isOfFile(pair)));
    }

    private static String only(PageRequest request, Predicate<String> wanted) {
        return Arrays.stream(request.query().split("&", -1)).filter(wanted).collect(Collectors.joining("&"));
    }

    private static boolean isOfFile(String pair) {
        return OF_FILES.contains(pair.split("=", 2)[0]);
    }
}
