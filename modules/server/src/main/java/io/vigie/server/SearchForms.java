package io.vigie.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.index.Dimension;
import io.vigie.server.page.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code POST /recherches}: what people save with the form of the search page, and rename and remove on the page of a saved search. */
final class SearchForms {
    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final String SEARCH = "search";
    private static final Set<String> FIELDS = Set.of(SEARCH, "name", "alert", "minimum", "webhook");
    private static final int MINIMUM_MAX = 1_000_000;

    private final Pages pages;
    private final SearchesEndpoint searches;
    private final SearchPrivacy privacy;
    private final SavedSearchPage page;

    SearchForms(Pages pages, SearchesEndpoint searches, SearchPrivacy privacy, SavedSearchPage page) {
        this.pages = pages;
        this.searches = searches;
        this.privacy = privacy;
        this.page = page;
    }

    /** Saves the search whose address is given, and goes back to it. */
    PageAnswer save(PageRequest request) throws Refusal, IOException {
        Parameters form = form(request);
        SearchState state = state(form);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", form.one("name").orElse(""));
        body.put("active", form.one("alert").isPresent());
        body.put("minimumCount", Math.max(1, form.number("minimum", 1, MINIMUM_MAX)));
        form.one("webhook").ifPresent(webhook -> body.put("webhook", webhook.strip()));
        body.set(SEARCH, searched(state));
        searches.create(body, request.user());
        return back(state, "saved=1");
    }

    PageAnswer rename(PageRequest request) throws Refusal, IOException {
        String id = request.place("id");
        String name = form(request).one("name").orElse("");
        try {
            searches.rename(id, name, request.user());
        } catch (Refusal refusal) {
            if (refusal.problem().fault() != Fault.BAD_PARAMETER) {
                throw refusal;
            }
            return page.again(request, name, refusal.problem());
        }
        return PageAnswer.seeOther(AlertTelling.path(id) + "?" + AlertsPage.DONE + "=" + SavedSearchPage.RENAMED);
    }

    PageAnswer remove(PageRequest request) throws Refusal {
        searches.remove(request.place("id"), request.user());
        return PageAnswer.seeOther(Section.ALERTS.address() + "?" + AlertsPage.DONE + "=" + AlertsPage.REMOVED);
    }

    private ObjectNode searched(SearchState state) {
        ObjectNode search = JsonNodeFactory.instance.objectNode();
        search.put("q", state.q());
        for (Dimension dimension : Dimension.values()) {
            List<String> values = state.values(dimension);
            if (!values.isEmpty()) {
                var all = search.putArray(dimension.parameter());
                values.forEach(all::add);
            }
        }
        if (!state.from().isEmpty()) {
            search.put("from", state.from());
        }
        if (!state.to().isEmpty()) {
            search.put("to", state.to());
        }
        search.put("zone", pages.zone().getId());
        return search;
    }

    private static Parameters form(PageRequest request) throws Refusal, IOException {
        String body = new String(request.upload().read(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        return Parameters.of(body, FIELDS, SEARCH);
    }

    /** Only its own page is gone back to: what is not read as its address is refused. */
    private static SearchState state(Parameters form) throws Refusal {
        String address = form.one(SEARCH).orElse(SearchState.PATH);
        int question = address.indexOf('?');
        return SearchState.read(question < 0 ? "" : address.substring(question + 1));
    }

    private PageAnswer back(SearchState state, String said) {
        String address = privacy.kept(state.first()).address();
        return PageAnswer.seeOther(address + (address.indexOf('?') < 0 ? "?" : "&") + said);
    }
}
