package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AuditTrailTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final User ANNE = new User("anne", Set.of(Role.STEWARD, Role.ANALYST), User.Via.SESSION);

    private final SteppedClock clock = new SteppedClock(NOW);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AuditEntry> sent = new ArrayList<>();

    @Test
    void anEntryTellsWhoDidWhatWithoutPersonalData() throws InterruptedException {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock);

        trail.write(draft("q=panne+0612345678&offer=fibre%20pro&flag"));
        trail.step();

        assertThat(sent)
                .containsExactly(AuditEntry.newBuilder()
                        .setAt(NOW)
                        .setUser("anne")
                        .setRoles(List.of("analyst", "steward"))
                        .setVia("session")
                        .setAction("SEARCH")
                        .setRoute("GET /api/v1/search")
                        .setSubject("v-1")
                        .setQuery("q=panne [TÉL] & offer=fibre pro & flag")
                        .setCount(12L)
                        .setStatus(200)
                        .setRequestId("r-1")
                        .build());
        assertThat(trail.trouble()).isEmpty();
    }

    @Test
    void aQueryThatCannotBeReadOrEndedIsCut() throws InterruptedException {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock);

        trail.write(draft("q=%zz&offer=" + "x".repeat(5_000)));
        trail.step();

        assertThat(sent.getFirst().getQuery().orElseThrow())
                .startsWith("q=? & offer=xxx")
                .hasSize(AuditTrail.QUERY_LENGTH_MAX);
    }

    @Test
    void whatCannotBeKeptIsCountedAndTold() throws InterruptedException {
        var trail = new AuditTrail(
                _ -> CompletableFuture.failedFuture(new IllegalStateException("no topic")),
                AuditTrailTest::redacted,
                meters,
                clock);

        trail.write(draft(""));
        trail.step();

        assertThat(lost()).isEqualTo(1);
        assertThat(trail.trouble().orElseThrow()).contains("1 entries").doesNotContain("anne");
        clock.step(Duration.ofMinutes(11));
        assertThat(trail.trouble()).isEmpty();
    }

    @Test
    void noAnswerWaitsForIt() {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock);

        for (int each = 0; each < AuditTrail.WAITING_MAX + 3; each++) {
            trail.write(draft(""));
        }

        assertThat(lost()).isEqualTo(3);
    }

    @Test
    void whatWaitsIsSentBeforeTheEnd() {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock).start();
        for (int each = 0; each < 50; each++) {
            trail.write(draft(""));
        }

        trail.close();

        assertThat(sent).hasSize(50);
    }

    @Test
    void aSearchThatIsTypedLetterByLetterIsOneEntry() throws InterruptedException {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock);

        for (String query : List.of("offer=box&q=fac", "offer=box&q=facture", "offer=box&q=facture+fausse")) {
            trail.write(typed(query));
            trail.step();
            clock.step(Duration.ofMillis(300));
        }
        assertThat(sent).isEmpty();
        clock.step(TypedSearches.PAUSE);
        trail.step();

        assertThat(queries()).containsExactly("offer=box & q=facture fausse");
    }

    @Test
    void whateverIsNotMoreOfTheSameIsAnEntryOfItsOwn() throws InterruptedException {
        var trail = new AuditTrail(this::keep, AuditTrailTest::redacted, meters, clock);

        for (String query : List.of("", "q=dupont", "q=dup", "q=durand", "offer=box&q=durand", "offer=box")) {
            trail.write(typed(query));
            trail.step();
            clock.step(Duration.ofMillis(300));
        }
        trail.write(typed("q=panne"));
        trail.step();
        clock.step(TypedSearches.PAUSE);
        trail.write(typed("q=pannes"));
        trail.step();
        trail.write(draft("q=pannes"));
        trail.step();

        assertThat(queries())
                .containsExactly(
                        "",
                        "q=dupont",
                        "q=dup",
                        "q=durand",
                        "offer=box & q=durand",
                        "offer=box",
                        "q=panne",
                        "q=pannes",
                        "q=pannes");
    }

    private List<String> queries() {
        return sent.stream().map(entry -> entry.getQuery().orElse("")).toList();
    }

    private AuditTrail.Draft typed(String query) {
        return new AuditTrail.Draft(
                Optional.of(ANNE),
                Deed.SEARCH,
                "GET /",
                Optional.empty(),
                query,
                Optional.of(12L),
                Optional.of(200),
                "r-2",
                clock.instant());
    }

    private double lost() {
        return meters.get("vigie.audit.entries").tag("result", "lost").counter().count();
    }

    private CompletableFuture<?> keep(AuditEntry entry) {
        sent.add(entry);
        return CompletableFuture.completedFuture(entry);
    }

    private static String redacted(String text) {
        return text.replace("0612345678", "[TÉL]");
    }

    private static AuditTrail.Draft draft(String query) {
        return new AuditTrail.Draft(
                Optional.of(ANNE),
                Deed.SEARCH,
                "GET /api/v1/search",
                Optional.of("v-1"),
                query,
                Optional.of(12L),
                Optional.of(200),
                "r-1",
                NOW);
    }
}
