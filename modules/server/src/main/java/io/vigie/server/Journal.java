package io.vigie.server;

import io.javalin.http.Context;
import io.vigie.server.access.AuditTrail;
import io.vigie.server.access.Deed;
import io.vigie.server.access.User;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Writes requests into the audit. What is sent in a body is never in it, nor is the id of a customer. */
final class Journal {
    private static final String OF_CUSTOMERS = "/api/v1/customers/";

    private final Optional<AuditTrail> trail;
    private final InstantSource clock;

    /** @param trail empty for a server that shows no customer's words */
    Journal(Optional<AuditTrail> trail, InstantSource clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Writes what somebody did.
     *
     * @param status empty for what goes on
     */
    void write(Context context, Optional<User> user, Deed deed, OptionalInt status, Optional<Long> count) {
        if (trail.isEmpty() || deed == Deed.NONE) {
            return;
        }
        String route = Objects.requireNonNullElse(context.attribute(Routes.ROUTE), "?");
        trail.get()
                .write(new AuditTrail.Draft(
                        user,
                        deed,
                        context.req().getMethod() + " " + route,
                        subject(context, route),
                        isOfLogin(deed) ? "" : Objects.requireNonNullElse(context.queryString(), ""),
                        count,
                        status.isPresent() ? Optional.of(status.getAsInt()) : Optional.empty(),
                        Objects.requireNonNullElse(context.res().getHeader(RequestIds.HEADER), ""),
                        clock.instant()));
    }

    /** What an issuer sends back is worth a login. */
    private static boolean isOfLogin(Deed deed) {
        return deed == Deed.LOGIN || deed == Deed.LOGIN_REFUSED || deed == Deed.LOGOUT;
    }

    private static Optional<String> subject(Context context, String route) {
        return route.startsWith(OF_CUSTOMERS)
                ? Optional.empty()
                : context.pathParamMap().values().stream().findFirst();
    }
}
