package io.vigie.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logins that browsers have begun at the issuer and not ended yet. Each belongs to the browser that began it, which has a secret of
 * its own: a foreign page cannot log somebody in as somebody else. Safe for several threads.
 */
final class Logins {
    static final int OPEN_MAX = 1_000;
    static final Duration AGE_MAX = Duration.ofMinutes(10);

    private final InstantSource clock;
    /** By state, the oldest first; guarded by itself. */
    private final Map<String, Login> open = new LinkedHashMap<>();

    Logins(InstantSource clock) {
        this.clock = clock;
    }

    /** @param to where to go afterwards */
    record Login(Oidc.Begun begun, String browser, String to, Instant at) {}

    void add(Oidc.Begun begun, String browser, String to) {
        synchronized (open) {
            open.put(begun.state(), new Login(begun, browser, to, clock.instant()));
            if (open.size() > OPEN_MAX) {
                open.remove(open.keySet().iterator().next());
            }
        }
    }

    /** Once: a second time it is not there. */
    Optional<Login> take(String state, String browser) {
        synchronized (open) {
            Login login = open.get(state);
            if (login == null || !Secrets.equal(login.browser(), browser)) {
                return Optional.empty();
            }
            open.remove(state);
            boolean isOver = !clock.instant().isBefore(login.at().plus(AGE_MAX));
            return isOver ? Optional.empty() : Optional.of(login);
        }
    }
}
