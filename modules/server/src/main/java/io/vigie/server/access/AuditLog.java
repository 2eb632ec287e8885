package io.vigie.server.access;

import io.vigie.events.AuditEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was written down. */
public interface AuditLog {
    /** Most entries that one question is answered with. */
    int FOUND_MAX = 500;

    /**
     * What is asked for.
     *
     * @param from the earliest, itself included
     * @param to the latest, itself not included
     * @param user exactly
     */
    record Wanted(Optional<Instant> from, Optional<Instant> to, Optional<String> user, Optional<Deed> deed, int max) {
        boolean takes(AuditEntry entry) {
            return from.map(time -> !entry.getAt().isBefore(time)).orElse(true)
                    && to.map(entry.getAt()::isBefore).orElse(true)
                    && user.map(entry.getUser()::equals).orElse(true)
                    && deed.map(one -> one.name().equals(entry.getAction())).orElse(true);
        }
    }

    /**
     * What was found, the newest first.
     *
     * @param cut whether there may be more, older ones
     */
    record Found(List<AuditEntry> entries, boolean cut) {
        public Found {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Reads a bounded part of the log.
     *
     * @throws IOException when it cannot be read now
     */
    Found read(Wanted wanted) throws IOException;
}
