package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.events.Verbatim;
import io.vigie.index.Bucket;
import io.vigie.index.Hit;
import io.vigie.index.Interval;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.access.Right;
import io.vigie.server.access.User;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/searches} and {@code /api/v1/alerts}: searches that are saved and alert, and what they found. */
final class SearchesEndpoint {
    /** Most saved searches; each is run over every verbatim that comes in. */
    static final int SEARCHES_MAX = 1_000;

    private static final int BODY_BYTES_MAX = 64 * 1024;
    private static final int EXAMPLES = 10;
    private static final int ALERTS_DEFAULT = 50;
    /** How far back a saved search is tried when nothing else is asked for. */
    private static final Duration BACKTEST_DEFAULT = Duration.ofDays(90);

    private static final Set<String> BACKTEST_PARAMETERS = Set.of("from", "to", "zone");
    private static final Set<String> ALERTS_PARAMETERS = Set.of("search", "size");

    private final Alerting alerting;
    private final SearchEndpoint search;
    private final Settling settling;
    private final InstantSource clock;

    /** @param search whose places, refusals and measures these are too */
    SearchesEndpoint(Alerting alerting, SearchEndpoint search, Duration acknowledgeMax, InstantSource clock) {
        this.alerting = alerting;
        this.search = search;
        this.settling = new Settling(acknowledgeMax, alerting.searches()::awaits);
        this.clock = clock;
    }

    Document list() {
        List<SavedSearch> all = alerting.searches().searches();
        return Document.json(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("searches");
            for (SavedSearch saved : all) {
                SavedSearchJson.write(out, saved);
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    Document one(String id) throws Refusal {
        SavedSearch saved = found(id);
        return Document.json(out -> SavedSearchJson.write(out, saved));
    }

    Document create(Upload upload, Optional<User> user) throws Refusal, IOException {
        SavedSearch saved = create(body(upload), user);
        return Document.json(201, out -> SavedSearchJson.write(out, saved));
    }

    /**
     * A search with a name; settled when it is returned.
     *
     * @param user whose it is, when he is known
     */
    SavedSearch create(JsonNode body, Optional<User> user) throws Refusal, IOException {
        if (alerting.searches().searches().size() >= SEARCHES_MAX) {
            throw new Refusal(
                    Fault.BAD_REQUEST, "there are " + SEARCHES_MAX + " saved searches, which is the most; remove one");
        }
        return save(body, UUID.randomUUID().toString(), Optional.empty(), user.flatMap(User::login));
    }

    Document change(String id, Upload upload, Optional<User> user) throws Refusal, IOException {
        SavedSearch former = found(id);
        requireMayChange(user, former);
        SavedSearch saved = save(body(upload), id, Optional.of(former), Optional.empty());
        return Document.json(out -> SavedSearchJson.write(out, saved));
    }

    /** The same search under another name; what it finds and whom it tells stays. */
    void rename(String id, String name, Optional<User> user) throws Refusal {
        SavedSearch former = found(id);
        requireMayChange(user, former);
        SavedSearch renamed = SavedSearchJson.renamed(former, name, clock.instant());
        settling.settle("saved search", alerting.sink().send(renamed));
    }

    /** Whether somebody may change a search or remove it: one that somebody made is his, and a steward's. */
    static boolean mayChange(Optional<User> user, SavedSearch saved) {
        return user.filter(each -> each.may(Right.CURATE)
                        || saved.getOwner().isEmpty()
                        || saved.getOwner().equals(each.login()))
                .isPresent();
    }

    private static void requireMayChange(Optional<User> user, SavedSearch saved) throws Refusal {
        if (!mayChange(user, saved)) {
            throw new Refusal(
                    Fault.FORBIDDEN,
                    "this search is that of " + saved.getOwner().orElse("?")
                            + "; he changes and removes it, or a steward");
        }
    }

    Document remove(String id, Optional<User> user) throws Refusal {
        Optional<SavedSearch> former = alerting.searches().search(id);
        if (former.isPresent()) {
            requireMayChange(user, former.get());
        }
        settling.settle("removal", alerting.sink().removeSearch(id));
        return Document.empty();
    }

    private static JsonNode body(Upload upload) throws Refusal, IOException {
        upload.requireJson(false);
        upload.requireKnownEncoding();
        return JsonItems.single(upload.read(BODY_BYTES_MAX));
    }

    private SavedSearch save(JsonNode body, String id, Optional<SavedSearch> former, Optional<String> owner)
            throws Refusal, IOException {
        SavedSearch saved = search.read(() -> SavedSearchJson.read(body, id, former, owner, clock.instant()));
        if (saved.getWebhook().isPresent()) {
            Optional<String> refused =
                    alerting.webhooks().refuses(saved.getWebhook().get());
            if (refused.isPresent()) {
                throw new Refusal(Problem.of(Fault.BAD_PARAMETER, "webhook is refused: " + refused.get())
                        .with(out -> out.writeStringField("parameter", "webhook")));
            }
        }
        // Whoever saves a search that cannot be run must hear of it now.
        search.answered(Endpoint.BACKTEST, request(saved));
        settling.settle("saved search", alerting.sink().send(saved));
        return saved;
    }

    /** How often a saved search would have alerted: what a search finds now in a time. */
    Document backtest(String id, @Nullable String query) throws Refusal, IOException {
        SavedSearch saved = found(id);
        SearchRequest range = search.read(() -> SearchParameters.read(Parameters.of(query, BACKTEST_PARAMETERS, "")))
                .request();
        Instant to = range.to().orElseGet(clock::instant);
        Instant from = range.from().orElseGet(() -> to.minus(BACKTEST_DEFAULT));
        SearchRequest request = request(saved);
        Instant first = request.from().filter(own -> own.isAfter(from)).orElse(from);
        Instant last = request.to().filter(own -> own.isBefore(to)).orElse(to);
        if (!first.isBefore(last)) {
            throw new Refusal(
                    Fault.BAD_PARAMETER,
                    "the saved search and the backtest have no time in common: from is not before to");
        }
        SearchResult result = search.answered(
                Endpoint.BACKTEST,
                request.withFrom(first).withTo(last).withSize(EXAMPLES).withHistogram(Interval.DAY, request.zone()));
        return Document.json(out -> backtest(out, first, last, saved, result));
    }

    private static void backtest(JsonGenerator out, Instant from, Instant to, SavedSearch saved, SearchResult result)
            throws IOException {
        out.writeStartObject();
        out.writeNumberField("total", result.total());
        Document.time(out, "from", from);
        Document.time(out, "to", to);
        out.writeNumberField("daysWithEnough", daysWithEnough(result, saved.getMinimumCount()));
        out.writeArrayFieldStart("days");
        for (Bucket day : result.histogram()) {
            out.writeStartObject();
            Document.time(out, "start", day.start());
            out.writeNumberField("count", day.count());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("examples");
        for (Hit hit : result.hits()) {
            SearchEndpoint.hit(out, hit);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static long daysWithEnough(SearchResult result, int minimum) {
        return result.histogram().stream()
                .filter(day -> day.count() >= Math.max(1, minimum))
                .count();
    }

    Document alerts(@Nullable String query) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(query, ALERTS_PARAMETERS, ""));
        String id = search.read(() ->
                parameters.one("search").orElseThrow(() -> Parameters.bad("search", "", "the id of a saved search")));
        int size = search.read(() -> parameters.number("size", ALERTS_DEFAULT, AlertDirectory.ALERTS_MAX));
        found(id);
        List<Alert> alerts = alerting.alerts().newest(id).stream().limit(size).toList();
        List<Optional<Verbatim>> verbatims = search.asked(Endpoint.ALERTS, index -> {
            var said = new ArrayList<Optional<Verbatim>>();
            for (Alert alert : alerts) {
                said.add(index.find(alert.getVerbatimId()));
            }
            return said;
        });
        return Document.json(out -> {
            out.writeStartObject();
            out.writeArrayFieldStart("alerts");
            for (int i = 0; i < alerts.size(); i++) {
                out.writeStartObject();
                alertMembers(out, alerts.get(i), verbatims.get(i));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    /** Without its verbatim when that is erased, or not indexed yet. */
    static void alertMembers(JsonGenerator out, Alert alert, Optional<Verbatim> verbatim) throws IOException {
        out.writeStringField("verbatimId", alert.getVerbatimId());
        Document.time(out, "occurredAt", alert.getOccurredAt());
        Document.time(out, "matchedAt", alert.getMatchedAt());
        if (verbatim.isPresent()) {
            out.writeObjectFieldStart("verbatim");
            VerbatimJson.members(out, verbatim.get());
            out.writeEndObject();
        }
    }

    private SavedSearch found(String id) throws Refusal {
        return alerting.searches()
                .search(id)
                .orElseThrow(() ->
                        new Refusal(Fault.NOT_FOUND, "no saved search has this id; GET /api/v1/searches lists them"));
    }

    private static SearchRequest request(SavedSearch saved) throws Refusal {
        return SavedSearches.request(saved)
                .orElseThrow(() -> new Refusal(
                        Fault.BAD_REQUEST, "this search has a filter or a zone that is not known here; save it anew"));
    }
}
