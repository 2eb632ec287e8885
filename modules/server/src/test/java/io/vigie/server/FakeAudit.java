package io.vigie.server;

import io.vigie.events.AuditEntry;
import io.vigie.server.access.AuditLog;
import io.vigie.server.access.AuditTrail;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** The topic of the journal, in memory. */
final class FakeAudit implements AuditTrail.Sink, AuditLog {
    private final List<AuditEntry> entries = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<?> send(AuditEntry entry) {
        entries.add(entry);
        return CompletableFuture.completedFuture(entry);
    }

    List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public Found read(Wanted wanted) {
        List<AuditEntry> found = entries().reversed().stream()
                .filter(entry -> wanted.deed()
                                .map(deed -> deed.name().equals(entry.getAction()))
                                .orElse(true)
                        && wanted.user().map(entry.getUser()::equals).orElse(true))
                .toList();
        return new Found(found.stream().limit(wanted.max()).toList(), found.size() > wanted.max());
    }
}
