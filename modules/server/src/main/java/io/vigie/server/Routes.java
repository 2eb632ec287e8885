package io.vigie.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.vigie.server.access.Deed;
import io.vigie.server.access.Right;
import io.vigie.server.access.Rule;
import io.vigie.server.access.User;
import io.vigie.server.page.Assets;
import io.vigie.server.page.Section;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which request goes where, and how what comes back is written. */
final class Routes {
    private static final Logger log = LoggerFactory.getLogger(Routes.class);
    private static final String REQUEST_ID = "request-id";
    static final String ROUTE = "route";

    private final Gate gate;
    private final Doorkeeper doorkeeper;
    private final Journal journal;
    private final RequestIds ids;
    private final List<Route> table = new ArrayList<>();
    private Optional<PageDoor> people = Optional.empty();

    /** What every role answers: health, metrics and the description of the API. */
    Routes(Gate gate, Doorkeeper doorkeeper, Journal journal, RequestIds ids, OperationsEndpoint operations) {
        this.gate = gate;
        this.doorkeeper = doorkeeper;
        this.journal = journal;
        this.ids = ids;
        get("/health/live", _ -> operations.live());
        get("/health/ready", context -> operations.ready(doorkeeper.may(context, Right.OPERATE)));
        get("/metrics", context -> operations.metrics(context.header("Accept")));
        get("/openapi.json", _ -> operations.openApi());
    }

    /** What a role with an index answers besides: events, search and offers. */
    Routes serving(
            EventsEndpoint events,
            SearchEndpoint search,
            CompareEndpoint comparisons,
            ExportEndpoint exports,
            LiveEndpoint live,
            OffersEndpoint offers,
            SearchesEndpoint searches,
            LiveAlertsEndpoint liveAlerts,
            ErasureEndpoint erasures,
            SignalsEndpoint signals) {
        post("/api/v1/events/tickets", context -> events.tickets(upload(context)));
        post("/api/v1/events/calls", context -> events.calls(upload(context)));
        post("/api/v1/events/surveys", context -> events.surveys(upload(context)));
        get("/api/v1/search", context -> search.search(context.queryString()));
        get("/api/v1/compare", context -> comparisons.compare(context.queryString()));
        get("/api/v1/export", exports::export);
        get("/api/v1/live", live::live);
        get("/api/v1/verbatims/{id}", context -> search.verbatim(context.pathParam("id")));
        var neighbours = new NeighboursEndpoint(search);
        get(
                "/api/v1/verbatims/{id}/similar",
                context -> neighbours.similar(context.pathParam("id"), context.queryString()));
        get(
                "/api/v1/verbatims/{id}/conversation",
                context -> neighbours.conversation(context.pathParam("id"), context.queryString()));
        get("/api/v1/offers", _ -> offers.list());
        get("/api/v1/offers/{id}", context -> offers.one(context.pathParam("id")));
        add(HandlerType.PUT, "/api/v1/offers/{id}", context -> offers.put(context.pathParam("id"), upload(context)));
        add(HandlerType.DELETE, "/api/v1/offers/{id}", context -> offers.remove(context.pathParam("id")));
        get("/api/v1/searches", _ -> searches.list());
        post("/api/v1/searches", context -> searches.create(upload(context), doorkeeper.user(context)));
        get("/api/v1/searches/{id}", context -> searches.one(context.pathParam("id")));
        add(
                HandlerType.PUT,
                "/api/v1/searches/{id}",
                context -> searches.change(context.pathParam("id"), upload(context), doorkeeper.user(context)));
        add(
                HandlerType.DELETE,
                "/api/v1/searches/{id}",
                context -> searches.remove(context.pathParam("id"), doorkeeper.user(context)));
        get(
                "/api/v1/searches/{id}/backtest",
                context -> searches.backtest(context.pathParam("id"), context.queryString()));
        get("/api/v1/alerts", context -> searches.alerts(context.queryString()));
        get("/api/v1/alerts/live", liveAlerts::live);
        add(
                HandlerType.DELETE,
                "/api/v1/customers/{id}",
                context -> erasures.erase(context.pathParam("id"), context.queryString()));
        get("/api/v1/erasures/{id}", context -> erasures.receipt(context.pathParam("id")));
        get("/api/v1/signals", context -> signals.list(context.queryString()));
        assets();
        return this;
    }

    /** What the ledgers of promises and breaches answer. */
    Routes ledgers(ContactsEndpoint contacts) {
        get(
                "/api/v1/offers/{id}/promises",
                context -> contacts.promises(context.pathParam("id"), context.queryString()));
        get(
                "/api/v1/offers/{id}/breaches",
                context -> contacts.breaches(context.pathParam("id"), context.queryString()));
        return this;
    }

    /** Questions, what was done about them, and what became of it. */
    Routes closingTheLoop(ActionsEndpoint actions, QuestionsEndpoint questions, FeedsEndpoint feeds) {
        get("/api/v1/actions", context -> actions.list(context.queryString()));
        post("/api/v1/actions", context -> actions.create(context.header("Idempotency-Key"), upload(context)));
        get("/api/v1/actions/{id}", context -> actions.one(context.pathParam("id")));
        get("/api/v1/offers/{id}/questions", context -> questions.list(context.pathParam("id"), context.queryString()));
        get("/api/v1/offers/{id}/sheet", context -> questions.sheet(context.pathParam("id")));
        get("/api/v1/questions/{id}", context -> questions.one(context.pathParam("id")));
        add(
                HandlerType.PUT,
                "/api/v1/questions/{id}/owner",
                context -> questions.putOwner(context.pathParam("id"), upload(context)));
        get("/api/v1/feeds/{agentId}", context -> {
            String agentId = context.pathParam("agentId");
            Doorkeeper.requireOwn(doorkeeper.user(context).orElseThrow(), agentId);
            return feeds.feed(agentId, context.queryString());
        });
        return this;
    }

    /** The files that pages ask for. */
    private void assets() {
        for (String name : Assets.names()) {
            var asset = Assets.asset(name);
            Document document = Document.of(asset.mediaType(), asset.body());
            add(HandlerType.GET, Assets.address(name), _ -> document, SecurityHeaders.ASSET);
            add(HandlerType.HEAD, Assets.address(name), _ -> document, SecurityHeaders.ASSET);
        }
    }

    /** What people look at: each page by its path. */
    Routes pages(PageDoor door, Map<String, PageDoor.Page> pages) {
        people = Optional.of(door);
        pages.forEach((path, page) -> {
            add(HandlerType.GET, path, context -> door.answer(context, upload(context), page), SecurityHeaders.PAGE);
            add(HandlerType.HEAD, path, context -> door.answer(context, upload(context), page), SecurityHeaders.PAGE);
        });
        return this;
    }

    /** Where people log in and out, and where it is told who did what. */
    Routes access(PageDoor door, LoginPages login, JournalPage log) {
        page(HandlerType.GET, Doorkeeper.LOGIN, context -> login.page(context, upload(context)));
        page(HandlerType.POST, Doorkeeper.LOGIN, context -> login.token(context, upload(context)));
        page(HandlerType.GET, LoginPages.BEGIN, context -> login.begin(context, upload(context)));
        page(HandlerType.GET, LoginPages.BACK, context -> login.back(context, upload(context)));
        page(HandlerType.POST, LoginPages.LEAVE, context -> login.leave(context, upload(context)));
        get("/api/v1/audit", context -> log.list(context.queryString()));
        return pages(door, Map.of(Section.JOURNAL.address(), log::page));
    }

    /** Files for people. */
    Routes files(ExportPage exports) {
        page(HandlerType.GET, ExportPage.PATH, context -> exports.export(context, upload(context)));
        page(HandlerType.HEAD, ExportPage.PATH, context -> exports.export(context, upload(context)));
        return this;
    }

    private void page(HandlerType method, String path, Endpoint endpoint) {
        add(method, path, endpoint, SecurityHeaders.PAGE);
    }

    /** What people send with a form, by its path. */
    Routes forms(PageDoor door, Map<String, PageDoor.Page> forms) {
        forms.forEach((path, form) -> add(
                HandlerType.POST, path, context -> door.answer(context, upload(context), form), SecurityHeaders.PAGE));
        return this;
    }

    interface Endpoint {
        Document answer(Context context) throws Exception;
    }

    /** @param rule what it asks for */
    record Route(HandlerType method, String path, Rule rule, Endpoint endpoint, Map<String, String> headers) {
        /** Whether it is for people with a browser. */
        boolean isPage() {
            return headers.equals(SecurityHeaders.PAGE);
        }
    }

    List<Route> table() {
        return List.copyOf(table);
    }

    void register(RoutesConfig routes) {
        routes.before(this::enter);
        for (Route route : table) {
            routes.addHttpHandler(route.method(), route.path(), context -> serve(context, route));
        }
        routes.exception(Refusal.class, (refusal, context) -> told(refusal.problem(), context));
        routes.exception(HttpResponseException.class, this::refused);
        routes.exception(Exception.class, (failure, context) -> write(context, broken(failure, context)));
    }

    private void serve(Context context, Route route) throws Exception {
        context.attribute(ROUTE, route.path());
        route.headers().forEach(context::header);
        Optional<Document> elsewhere = doorkeeper.admit(context, route);
        if (elsewhere.isPresent()) {
            write(context, elsewhere.get());
        } else if (route.rule().deed() == Deed.NONE) {
            write(context, route.endpoint().answer(context));
        } else {
            noted(context, route);
        }
    }

    /** A stream is written down when it begins, everything else with how it ended. */
    private void noted(Context context, Route route) throws Exception {
        Optional<User> user = doorkeeper.user(context);
        Deed deed = route.rule().deed();
        if (deed == Deed.LIVE) {
            journal.write(context, user, deed, OptionalInt.empty(), Optional.empty());
            write(context, route.endpoint().answer(context));
            return;
        }
        int status = Fault.INTERNAL.status;
        Optional<Long> count = Optional.empty();
        try {
            Document document = route.endpoint().answer(context);
            status = document.status();
            count = document.count().or(() -> exported(context));
            write(context, document);
        } catch (Refusal refusal) {
            status = refusal.problem().status();
            throw refusal;
        } finally {
            journal.write(context, user, deed, OptionalInt.of(status), count);
        }
    }

    private static Optional<Long> exported(Context context) {
        return Optional.ofNullable(context.res().getHeader(ExportEndpoint.TOTAL))
                .map(Long::valueOf);
    }

    /** The last resort, where Javalin has given up on its own context. */
    void broken(HttpServletResponse response, Error error) {
        String id = Objects.requireNonNullElse(response.getHeader(RequestIds.HEADER), "");
        log.error("request failed; requestId={}", id, error);
        Document document = internal().document("", id);
        response.setStatus(document.status());
        response.setContentType(document.mediaType());
        try {
            response.getOutputStream().write(document.body());
        } catch (IOException e) {
            log.debug("client is gone; requestId={}", id, e);
        }
    }

    private void get(String path, Endpoint endpoint) {
        add(HandlerType.GET, path, endpoint);
        // Javalin answers HEAD with 200 by itself, which would be a lie about readiness; Jetty drops the body.
        add(HandlerType.HEAD, path, endpoint);
    }

    private void post(String path, Endpoint endpoint) {
        add(HandlerType.POST, path, endpoint);
    }

    private void add(HandlerType method, String path, Endpoint endpoint) {
        add(method, path, endpoint, SecurityHeaders.DATA);
    }

    private void add(HandlerType method, String path, Endpoint endpoint, Map<String, String> headers) {
        table.add(new Route(method, path, RouteRules.of(method, path), endpoint, headers));
    }

    private void enter(Context context) throws Refusal {
        String id = ids.next();
        context.attribute(REQUEST_ID, id);
        context.header(RequestIds.HEADER, id);
        SecurityHeaders.DATA.forEach(context::header);
        doorkeeper.keepToTls(context);
        var refused = gate.refuses(
                context.req().getMethod(),
                context.header("Host"),
                context.header("Origin"),
                context.header("Sec-Fetch-Site"));
        if (refused.isPresent()) {
            throw new Refusal(refused.get());
        }
    }

    private static Upload upload(Context context) {
        return new Upload(
                context.header("Content-Type"),
                context.header("Content-Encoding"),
                context.req().getContentLengthLong(),
                context.bodyInputStream());
    }

    private void refused(HttpResponseException refused, Context context) {
        answer(problem(refused, context), context);
    }

    /** What no route was reached with is said to a program: it may be anything. */
    private void told(Problem problem, Context context) {
        if (context.attribute(ROUTE) == null) {
            write(context, problem);
        } else {
            answer(problem, context);
        }
    }

    /** Who looks with a browser is answered with a page. */
    private void answer(Problem problem, Context context) {
        String accepted = Objects.requireNonNullElse(context.header("Accept"), "");
        if (people.isPresent()
                && accepted.contains("text/html")
                && !context.path().startsWith("/api/")) {
            SecurityHeaders.PAGE.forEach(context::header);
            write(context, people.get().refused(context, problem));
        } else {
            write(context, problem);
        }
    }

    private static Problem problem(HttpResponseException refused, Context context) {
        int status = refused.getStatus();
        if (status == Fault.BAD_METHOD.status) {
            String allowed = String.join(", ", refused.getDetails().values());
            context.header("Allow", allowed);
            return Problem.of(Fault.BAD_METHOD, "allowed here: " + allowed);
        }
        if (status == Fault.NOT_FOUND.status) {
            return Problem.of(Fault.NOT_FOUND, "no such address; /openapi.json lists all of them");
        }
        return Problem.ofStatus(status, String.valueOf(refused.getMessage()));
    }

    private static Problem broken(Exception failure, Context context) {
        // The route, not the path, which may hold the id of a customer.
        log.error(
                "request failed; requestId={} method={} route={}",
                requestId(context),
                context.req().getMethod(),
                context.<String>attribute(ROUTE),
                failure);
        return internal();
    }

    private static Problem internal() {
        return Problem.of(
                Fault.INTERNAL, "the server failed to answer; its log tells more under the requestId given here");
    }

    private static void write(Context context, Problem problem) {
        problem.retryAfterSeconds().ifPresent(seconds -> context.header("Retry-After", Integer.toString(seconds)));
        SecurityHeaders.DATA.forEach(context::header);
        write(context, problem.document(context.path(), requestId(context)));
    }

    private static void write(Context context, Document document) {
        if (document.isSent()) {
            return;
        }
        context.status(document.status());
        if (!document.mediaType().isEmpty()) {
            context.contentType(document.mediaType());
        }
        context.result(document.body());
    }

    private static String requestId(Context context) {
        String id = context.attribute(REQUEST_ID);
        return id == null ? "" : id;
    }
}
