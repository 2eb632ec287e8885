package io.vigie.server;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only clients that mean this server: a Host that is not ours is how DNS rebinding looks, an Origin that is not
 * ours is how a foreign page looks that makes the browser of a user act for it.
 */
final class Gate {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String DEFAULT_PORT = ":80";

    private final Set<String> names;
    private final IntSupplier port;

    /**
     * @param names hosts besides loopback, with or without a port
     * @param port where this server listens
     */
    Gate(Set<String> names, IntSupplier port) {
        this.names = Set.copyOf(names.stream().map(Gate::lower).toList());
        this.port = port;
    }

    /** Why a request with these headers is turned away; empty when it may come in. */
    Optional<Problem> refuses(
            String method, @Nullable String host, @Nullable String origin, @Nullable String secFetchSite) {
        if (host == null || !isOurs(host)) {
            return Optional.of(Problem.of(
                    Fault.FOREIGN,
                    "the Host header names another server; use a loopback address with port " + port.getAsInt()
                            + ", or add the name to http.names"));
        }
        if (SAFE_METHODS.contains(method)) {
            return Optional.empty();
        }
        if ((origin != null && !isOurOrigin(origin)) || "cross-site".equals(secFetchSite)) {
            return Optional.of(Problem.of(Fault.FOREIGN, "a page of another origin may not change anything here"));
        }
        return Optional.empty();
    }

    /** Whether a browser says that a page of this server sends a request; nothing else is enough for what its cookie does. */
    boolean isFromUs(@Nullable String origin, @Nullable String secFetchSite) {
        return origin == null ? "same-origin".equals(secFetchSite) : isOurOrigin(origin);
    }

    private boolean isOurs(String authority) {
        String given = lower(authority);
        int colon = given.lastIndexOf(':');
        boolean hasPort = colon > given.lastIndexOf(']');
        String name = hasPort ? given.substring(0, colon) : given;
        String portPart = hasPort ? given.substring(colon) : DEFAULT_PORT;
        if (LOOPBACK.matcher(name).matches() && portPart.equals(":" + port.getAsInt())) {
            return true;
        }
        return names.contains(name) || names.contains(name + portPart);
    }

    private boolean isOurOrigin(String origin) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && isOurs(authority);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
