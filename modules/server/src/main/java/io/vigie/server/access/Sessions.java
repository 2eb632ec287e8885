package io.vigie.server.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Browsers that are logged in. A session is known by 256 random bits, which only the browser has: here is their SHA-256. It ends
 * when it was not used for a while, in any case some hours after the login, and when more than a bounded number are open the
 * one that was used longest ago ends. Safe for several threads.
 */
final class Sessions {
    static final int OPEN_MAX = 10_000;
    static final Duration IDLE_MAX = Duration.ofHours(2);
    static final Duration AGE_MAX = Duration.ofHours(12);

    private final int openMax;
    private final InstantSource clock;
    /** By the hash of the id, the one used longest ago first; guarded by itself. */
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(int openMax, InstantSource clock) {
        this.openMax = openMax;
        this.clock = clock;
    }

    /** @param tokenHash of the API token it began with, if it did */
    private record Session(User user, Optional<String> tokenHash, Instant begun, Instant used) {
        boolean isOver(Instant now) {
            return !now.isBefore(begun.plus(AGE_MAX)) || !now.isBefore(used.plus(IDLE_MAX));
        }
    }

    /** Who is logged in. */
    record Found(User user, Optional<String> tokenHash) {}

    /** Begins a session; gives its id, which is nowhere else. */
    String begin(User user, Optional<String> tokenHash) {
        String id = Secrets.random();
        Instant now = clock.instant();
        synchronized (open) {
            open.put(Secrets.sha256(id), new Session(user.via(User.Via.SESSION), tokenHash, now, now));
            if (open.size() > openMax) {
                open.remove(open.keySet().iterator().next());
            }
        }
        return id;
    }

    Optional<Found> find(String id) {
        String key = Secrets.sha256(id);
        Instant now = clock.instant();
        synchronized (open) {
            Session session = open.remove(key);
            if (session == null || session.isOver(now)) {
                return Optional.empty();
            }
            open.put(key, new Session(session.user(), session.tokenHash(), session.begun(), now));
            return Optional.of(new Found(session.user(), session.tokenHash()));
        }
    }

    void end(String id) {
        synchronized (open) {
            open.remove(Secrets.sha256(id));
        }
    }

    int count() {
        synchronized (open) {
            return open.size();
        }
    }
}
