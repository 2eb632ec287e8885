package io.vigie.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.vigie.server.access.Access;
import io.vigie.server.access.Caller;
import io.vigie.server.access.Deed;
import io.vigie.server.access.Right;
import io.vigie.server.access.Role;
import io.vigie.server.access.User;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.Section;
import io.vigie.server.page.Visitor;
import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, once for each request, and turns away whoever may not have what he asks for. */
final class Doorkeeper {
    /** Of a 401: how to say who one is. */
    static final String CHALLENGE = "WWW-Authenticate";
    /** Where people say who they are. */
    static final String LOGIN = "/connexion";
    /** Where they wanted to go. */
    static final String TO = "vers";

    private static final String CALLER = "caller";
    private static final String REALM = "Bearer realm=\"vigie\"";
    private static final String SECURE_COOKIE = "__Host-vigie";
    private static final String PLAIN_COOKIE = "vigie-session";
    private static final int SEE_OTHER = 303;
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

    private final Access access;
    private final Gate gate;
    private final Journal journal;

    Doorkeeper(Access access, Gate gate, Journal journal) {
        this.access = access;
        this.gate = gate;
        this.journal = journal;
    }

    /**
     * Lets in whoever may have it. A person who is not known is led to the login: the answer is in what is returned.
     *
     * @throws Refusal 401 for a program that is not known, 403 for whoever has not the role
     */
    Optional<Document> admit(Context context, Routes.Route route) throws Refusal {
        Caller caller = caller(context);
        requireOurs(context, route, caller);
        if (route.rule().right() == Right.PUBLIC) {
            return Optional.empty();
        }
        return switch (caller) {
            case Caller.Known(User user) -> {
                requireRight(context, user, route.rule().right());
                yield Optional.empty();
            }
            case Caller.Nobody() when route.isPage() -> Optional.of(toLogin(context));
            case Caller.Nobody() -> {
                context.header(CHALLENGE, REALM);
                throw new Refusal(
                        Fault.UNAUTHENTICATED,
                        "say who you are: Authorization: Bearer with an API token (docs/access.md)");
            }
            case Caller.Refused(String why) -> {
                context.header(CHALLENGE, REALM + ", error=\"invalid_token\"");
                if (access.isWorthALine(context.ip())) {
                    journal.write(
                            context,
                            Optional.empty(),
                            Deed.LOGIN_REFUSED,
                            OptionalInt.of(Fault.UNAUTHENTICATED.status),
                            Optional.empty());
                }
                throw new Refusal(Fault.UNAUTHENTICATED, why);
            }
        };
    }

    /** Where people come over TLS, their browsers are to come in no other way. */
    void keepToTls(Context context) {
        if (access.exposure().https()) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Whether whoever asks has a right; nobody unknown has one. */
    boolean may(Context context, Right right) {
        return user(context).filter(user -> user.may(right)).isPresent();
    }

    /** Who asks, when he is known. */
    Optional<User> user(Context context) {
        return caller(context) instanceof Caller.Known(User user) ? Optional.of(user) : Optional.empty();
    }

    /** The id of his session, as his browser sent it. */
    @Nullable
    String session(Context context) {
        return context.cookie(cookie());
    }

    /** Gives a browser its session; an empty one takes it away. */
    void give(Context context, String session) {
        boolean https = access.exposure().https();
        context.res()
                .addHeader(
                        "Set-Cookie",
                        cookie() + "=" + session + "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "")
                                + (session.isEmpty() ? "; Max-Age=0" : ""));
    }

    private String cookie() {
        return access.exposure().https() ? SECURE_COOKIE : PLAIN_COOKIE;
    }

    /** An agent reads what came of his own reports, not of another's: his name is his id. */
    static void requireOwn(User user, String agentId) throws Refusal {
        if (!user.may(Right.READ) && !user.name().equals(agentId)) {
            throw new Refusal(
                    Fault.FORBIDDEN,
                    "an agent sees what came of his own reports only; yours are those of " + user.name());
        }
    }

    /** For the frame of pages: what he may open. */
    static Visitor visitor(Optional<User> user) {
        List<Section> sections = Arrays.stream(Section.values())
                .filter(section -> user.filter(each -> each.may(RouteRules.of(HandlerType.GET, section.address())
                                .right()))
                        .isPresent())
                .toList();
        return new Visitor(
                user.flatMap(User::login),
                sections,
                user.filter(each -> each.via() == User.Via.SESSION).isPresent(),
                (method, address) -> RouteRules.asked(method, address)
                        .map(rule -> user.filter(each -> each.may(rule.right())).isPresent())
                        .orElse(true));
    }

    /**
     * A browser sends its cookie whoever makes it send a form: what changes something must show that a page of ours did. The gate has
     * turned away what says otherwise; here what says nothing is turned away too.
     */
    private void requireOurs(Context context, Routes.Route route, Caller caller) throws Refusal {
        boolean byCookie =
                route.isPage() || (caller instanceof Caller.Known(User user) && user.via() == User.Via.SESSION);
        if (access.asks()
                && byCookie
                && !SAFE_METHODS.contains(context.req().getMethod())
                && !gate.isFromUs(context.header("Origin"), context.header("Sec-Fetch-Site"))) {
            throw new Refusal(
                    Fault.FOREIGN,
                    "a browser must say that a page of this server sends this: neither Origin nor Sec-Fetch-Site does");
        }
    }

    private void requireRight(Context context, User user, Right right) throws Refusal {
        if (!user.may(right)) {
            journal.write(
                    context, Optional.of(user), Deed.DENIED, OptionalInt.of(Fault.FORBIDDEN.status), Optional.empty());
            throw new Refusal(
                    Fault.FORBIDDEN,
                    "this needs one of the roles " + words(right.roles()) + "; you have "
                            + (user.roles().isEmpty() ? "none" : words(user.roles())));
        }
    }

    private static String words(Collection<Role> roles) {
        return Role.words(roles).replace(",", ", ");
    }

    /** A script that swaps a part of a page must not swap the login into it: it is told to lead the whole page there. */
    private static Document toLogin(Context context) {
        if (context.header("HX-Request") != null) {
            String current = Objects.requireNonNullElse(context.header("HX-Current-URL"), "");
            context.header("HX-Redirect", LOGIN + "?" + TO + "=" + Addresses.encoded(pathOf(current)));
            return Document.html(Fault.UNAUTHENTICATED.status, "");
        }
        boolean isSafe = SAFE_METHODS.contains(context.req().getMethod());
        String query = context.queryString() == null ? "" : "?" + context.queryString();
        // What was sent by a form is asked for again where the form is.
        String to =
                isSafe ? context.path() + query : pathOf(Objects.requireNonNullElse(context.header("Referer"), "/"));
        context.header("Location", to.equals("/") ? LOGIN : LOGIN + "?" + TO + "=" + Addresses.encoded(to));
        return Document.html(SEE_OTHER, "");
    }

    private static String pathOf(String address) {
        try {
            URI uri = URI.create(address);
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            return Objects.requireNonNullElse(uri.getRawPath(), "/") + query;
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    private Caller caller(Context context) {
        Caller known = context.attribute(CALLER);
        if (known != null) {
            return known;
        }
        Caller caller = access.caller(context.header("Authorization"), session(context));
        context.attribute(CALLER, caller);
        return caller;
    }
}
