package io.vigie.server;

import static io.vigie.server.access.Deed.CHANGE;
import static io.vigie.server.access.Deed.COMPARE;
import static io.vigie.server.access.Deed.ERASE;
import static io.vigie.server.access.Deed.EXPORT;
import static io.vigie.server.access.Deed.LIVE;
import static io.vigie.server.access.Deed.LOOK;
import static io.vigie.server.access.Deed.NONE;
import static io.vigie.server.access.Deed.OPEN;
import static io.vigie.server.access.Deed.SEARCH;
import static io.vigie.server.access.Right.ACT;
import static io.vigie.server.access.Right.ASSIST;
import static io.vigie.server.access.Right.CURATE;
import static io.vigie.server.access.Right.KNOWN;
import static io.vigie.server.access.Right.OPERATE;
import static io.vigie.server.access.Right.OVERSEE;
import static io.vigie.server.access.Right.PUBLIC;
import static io.vigie.server.access.Right.PUBLISH;
import static io.vigie.server.access.Right.READ;

import io.javalin.http.HandlerType;
import io.vigie.server.access.Deed;
import io.vigie.server.access.Right;
import io.vigie.server.access.Rule;
import io.vigie.server.page.Assets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What each route asks for, all in one place to be read as a whole; docs/access.md has the same as a table, and a test holds
 * them against each other. A route that is not here stops the server from starting.
 */
final class RouteRules {
    private static final Map<String, Rule> RULES = new HashMap<>();

    static {
        operations();
        programs();
        pages();
        forms();
    }

    private RouteRules() {}

    private static void operations() {
        get("/health/live", PUBLIC, NONE);
        // Load balancers and probes ask it, and have no token; its details are for those who may see them.
        get("/health/ready", PUBLIC, NONE);
        get("/metrics", OPERATE, NONE);
        get("/openapi.json", KNOWN, NONE);
        get("/connexion", PUBLIC, NONE);
        rule("POST", "/connexion", PUBLIC, NONE);
        get("/connexion/oidc", PUBLIC, NONE);
        get("/connexion/retour", PUBLIC, NONE);
        rule("POST", "/deconnexion", PUBLIC, NONE);
        get("/journal", Right.AUDIT, Deed.AUDIT);
        get("/api/v1/audit", Right.AUDIT, Deed.AUDIT);
    }

    private static void programs() {
        rule("POST", "/api/v1/events/tickets", PUBLISH, NONE);
        rule("POST", "/api/v1/events/calls", PUBLISH, NONE);
        rule("POST", "/api/v1/events/surveys", PUBLISH, NONE);
        get("/api/v1/search", READ, SEARCH);
        get("/api/v1/compare", READ, COMPARE);
        get("/api/v1/export", READ, EXPORT);
        get("/api/v1/live", READ, LIVE);
        get("/api/v1/verbatims/{id}", READ, OPEN);
        get("/api/v1/verbatims/{id}/similar", READ, OPEN);
        get("/api/v1/verbatims/{id}/conversation", READ, OPEN);
        get("/api/v1/offers", ASSIST, NONE);
        get("/api/v1/offers/{id}", ASSIST, NONE);
        rule("PUT", "/api/v1/offers/{id}", CURATE, CHANGE);
        rule("DELETE", "/api/v1/offers/{id}", CURATE, CHANGE);
        get("/api/v1/offers/{id}/promises", READ, LOOK);
        get("/api/v1/offers/{id}/breaches", READ, LOOK);
        get("/api/v1/offers/{id}/questions", ASSIST, LOOK);
        get("/api/v1/offers/{id}/sheet", ASSIST, LOOK);
        get("/api/v1/questions/{id}", ASSIST, LOOK);
        rule("PUT", "/api/v1/questions/{id}/owner", ASSIST, CHANGE);
        get("/api/v1/feeds/{agentId}", ASSIST, LOOK);
        get("/api/v1/actions", READ, LOOK);
        rule("POST", "/api/v1/actions", ACT, CHANGE);
        get("/api/v1/actions/{id}", READ, LOOK);
        get("/api/v1/searches", READ, NONE);
        rule("POST", "/api/v1/searches", ACT, CHANGE);
        get("/api/v1/searches/{id}", READ, NONE);
        rule("PUT", "/api/v1/searches/{id}", ACT, CHANGE);
        rule("DELETE", "/api/v1/searches/{id}", ACT, CHANGE);
        get("/api/v1/searches/{id}/backtest", READ, SEARCH);
        get("/api/v1/alerts", READ, SEARCH);
        get("/api/v1/alerts/live", READ, LIVE);
        get("/api/v1/signals", READ, LOOK);
        rule("DELETE", "/api/v1/customers/{id}", CURATE, ERASE);
        get("/api/v1/erasures/{id}", CURATE, NONE);
    }

    private static void pages() {
        get("/", READ, SEARCH);
        get("/export", READ, EXPORT);
        get("/verbatims/{id}", READ, OPEN);
        get("/themes", READ, LOOK);
        get("/themes/{id}", READ, LOOK);
        get("/taxonomie", READ, LOOK);
        get("/offres", READ, LOOK);
        get("/offres/{id}", READ, LOOK);
        get("/offres/{id}/promesses", READ, LOOK);
        get("/offres/{id}/manquements", READ, LOOK);
        get("/offres/{id}/fiche", ASSIST, LOOK);
        get("/signaux", READ, LOOK);
        get("/signaux/{id}", READ, LOOK);
        get("/decision", ACT, LOOK);
        get("/alertes", READ, LOOK);
        get("/alertes/{id}", READ, LOOK);
        get("/questions", ASSIST, LOOK);
        get("/questions/{id}", ASSIST, LOOK);
        get("/retours", ASSIST, LOOK);
        get("/etat", OVERSEE, NONE);
        get("/etat/rebuts", OVERSEE, NONE);
        get("/etat/rejeu", CURATE, LOOK);
    }

    private static void forms() {
        // It changes nothing: a proposal is tried on verbatims that one may read.
        rule("POST", "/taxonomie", READ, LOOK);
        rule("POST", "/etat/rejeu", CURATE, CHANGE);
        rule("POST", "/recherches", ACT, CHANGE);
        rule("POST", "/recherches/{id}/nom", ACT, CHANGE);
        rule("POST", "/recherches/{id}/retrait", ACT, CHANGE);
        rule("POST", "/signaux/{id}/recherche", ACT, CHANGE);
        rule("POST", "/signaux/{id}/decision", ACT, CHANGE);
        rule("POST", "/signaux/{id}/sourdine", ACT, CHANGE);
        rule("POST", "/signaux/{id}/reprise", ACT, CHANGE);
        rule("POST", "/decision", ACT, CHANGE);
        rule("POST", "/questions/{id}/reponse", ACT, CHANGE);
        rule("POST", "/questions/{id}/responsable", ASSIST, CHANGE);
        rule("POST", "/questions/{id}/prevenus", ASSIST, CHANGE);
    }

    /** @throws IllegalStateException when nobody has said what the route asks for */
    static Rule of(HandlerType method, String path) {
        if (path.startsWith(Assets.PREFIX)) {
            return new Rule(PUBLIC, NONE);
        }
        String name = method.equals(HandlerType.HEAD) ? "GET" : method.name();
        Rule rule = RULES.get(name + " " + path);
        if (rule == null) {
            throw new IllegalStateException("nobody has said who may " + name + " " + path + "; say it in RouteRules");
        }
        return rule;
    }

    /** What an address asks for, with its parameters and ids in place; empty when it is of no route with a rule. */
    static Optional<Rule> asked(String method, String address) {
        String asked = method + " " + address.replaceFirst("[?#].*", "");
        Optional<Rule> exact = Optional.ofNullable(RULES.get(asked));
        return exact.isPresent()
                ? exact
                : RULES.entrySet().stream()
                        .filter(each -> isOf(each.getKey(), asked))
                        .map(Map.Entry::getValue)
                        .findFirst();
    }

    private static boolean isOf(String route, String asked) {
        List<String> places = List.of(route.split("/", -1));
        List<String> given = List.of(asked.split("/", -1));
        return places.size() == given.size()
                && IntStream.range(0, places.size())
                        .allMatch(at ->
                                places.get(at).startsWith("{") || places.get(at).equals(given.get(at)));
    }

    /** By method and path; HEAD asks for what GET does. */
    static Map<String, Rule> all() {
        return Map.copyOf(RULES);
    }

    private static void get(String path, Right right, Deed deed) {
        rule("GET", path, right, deed);
    }

    private static void rule(String method, String path, Right right, Deed deed) {
        RULES.put(method + " " + path, new Rule(right, deed));
    }
}
