package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.server.access.ApiToken.Fresh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
    private static final Instant NOW = Instant.parse("2026-03-15T12:00:00Z");
    private static final List<Role> ROLES = List.of(Role.values());
    private static final String HASH = "ab".repeat(32);

    @TempDir
    Path directory;

    private final SteppedClock clock = new SteppedClock(NOW);

    @Test
    void aTokenIsKeptAsItsHashOnlyAndByItsOwnerOnly() throws IOException {
        TokenFile file = file();

        Fresh fresh = fresh("crm", Role.SOURCE);
        file.add(fresh.kept());

        assertThat(fresh.secret()).startsWith("vigie_").hasSize("vigie_".length() + 43);
        assertThat(Files.readString(file.path()))
                .doesNotContain(fresh.secret())
                .contains("crm source " + Secrets.sha256(fresh.secret()) + " - 2026-03-15T12:00:00Z");
        assertThat(Files.getPosixFilePermissions(file.path())).hasSize(2);
        assertThat(fresh.toString()).doesNotContain(fresh.secret());
    }

    @Test
    void whoShowsATokenIsKnownUntilItExpires() throws IOException {
        TokenFile file = file();
        Fresh fresh =
                ApiToken.make("anne", Set.of(Role.ANALYST, Role.AGENT), Optional.of(NOW.plus(Duration.ofDays(1))), NOW);
        file.add(fresh.kept());
        var watch = new TokenWatch(file, clock);

        assertThat(watch.user(fresh.secret()))
                .contains(new User("anne", Set.of(Role.AGENT, Role.ANALYST), User.Via.TOKEN));
        assertThat(watch.user(fresh.secret() + "x")).isEmpty();
        assertThat(watch.user("")).isEmpty();
        clock.step(Duration.ofDays(1));
        assertThat(watch.user(fresh.secret())).isEmpty();
    }

    @Test
    void aChangeOfTheFileIsSeenWithinASecond() throws IOException {
        TokenFile file = file();
        Fresh one = fresh("one", Role.OPS);
        file.add(one.kept());
        var watch = new TokenWatch(file, clock);
        assertThat(watch.user(one.secret())).isPresent();

        Fresh two = fresh("two", Role.OPS);
        file.add(two.kept());
        file.remove("one");

        assertThat(watch.user(one.secret()))
                .as("not looked at twice in a second")
                .isPresent();
        clock.step(Duration.ofSeconds(1));
        assertThat(watch.user(one.secret())).isEmpty();
        assertThat(watch.user(two.secret())).isPresent();
    }

    @Test
    void aFileThatIsGoneLetsNobodyInAndSaysSo() throws IOException {
        TokenFile file = file();
        Fresh one = fresh("one", Role.OPS);
        file.add(one.kept());
        var watch = new TokenWatch(file, clock);
        assertThat(watch.trouble()).isEmpty();

        Files.delete(file.path());
        clock.step(Duration.ofSeconds(1));

        assertThat(watch.user(one.secret())).isEmpty();
        assertThat(watch.trouble().orElseThrow()).contains("cannot read");
    }

    @Test
    void aNameIsTakenOnce() throws IOException {
        TokenFile file = file();
        file.add(fresh("crm", Role.SOURCE).kept());

        assertThatThrownBy(() -> file.add(fresh("crm", Role.SOURCE).kept()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crm");
        assertThat(file.remove("crm")).isTrue();
        assertThat(file.remove("crm")).isFalse();
        file.add(fresh("crm", Role.SOURCE).kept());
        assertThat(file.read().tokens()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b                                           | has 2 fields",
                "a chief HASH - 2026-01-01T00:00:00Z           | \"chief\" is no role",
                "a '' HASH - 2026-01-01T00:00:00Z              | \"''\" is no role",
                "a admin abc - 2026-01-01T00:00:00Z            | SHA-256",
                "a admin HASH tomorrow 2026-01-01T00:00:00Z    | \"tomorrow\" is no time",
                "a admin HASH - today                          | \"today\" is no time",
                "a/b admin HASH - 2026-01-01T00:00:00Z         | name",
                "good admin HASH - 2026-01-01T00:00:00Z        | name of line 1, which counts",
            })
    void aBrokenLineIsToldWithItsPlaceAndKeepsTheOthers(String line, String what) throws IOException {
        TokenFile file = file();
        Files.writeString(
                file.path(),
                "good ops HASH - 2026-01-01T00:00:00Z\n\n# remark\n%s\n"
                        .formatted(line)
                        .replace("HASH", HASH));

        var content = file.read();

        assertThat(content.tokens()).extracting(ApiToken::name).containsExactly("good");
        assertThat(content.problems()).singleElement().asString().contains(file.path() + " line 4", what);
        assertThat(content.problems().toString()).doesNotContain(HASH);
    }

    @Test
    void whateverIsInTheFileTheGoodLinesCount() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var lines = new ArrayList<String>();
            var good = new HashSet<String>();
            for (int line = 0; line < random.nextInt(12); line++) {
                ApiToken token = fresh("t" + random.nextInt(20), ROLES.get(random.nextInt(ROLES.size())))
                        .kept();
                boolean isGood = random.nextBoolean() && !good.contains(token.name());
                lines.add(isGood ? token.line() : broken(token.line(), random));
                if (isGood) {
                    good.add(token.name());
                }
            }
            Files.write(file().path(), lines);

            var content = file().read();

            assertThat(content.tokens().stream().map(ApiToken::name))
                    .as("seed %d round %d", seed, round)
                    .containsExactlyInAnyOrderElementsOf(good);
            assertThat(content.problems().size())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(lines.size() - good.size());
        }
    }

    /** No line that counts, no remark, not blank. */
    private static String broken(String line, Random random) {
        String[] fields = line.split(" ", -1);
        return switch (random.nextInt(5)) {
            case 0 -> String.join(" ", List.of(fields).subList(0, 1 + random.nextInt(4)));
            case 1 -> line + " more";
            case 2 -> line.replace(fields[2], fields[2].substring(1));
            case 3 -> "\u00e9" + line;
            default -> fields[0] + " " + fields[1] + "," + " " + fields[2] + " - " + fields[4];
        };
    }

    @Test
    void anEndlessFileIsNotRead() throws IOException {
        Files.writeString(file().path(), "x".repeat(TokenFile.BYTES_MAX + 1));

        assertThatThrownBy(() -> file().read()).isInstanceOf(IOException.class).hasMessageContaining("bytes");
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        TokenFile file = file();
        file.add(fresh("a", Role.OPS).kept());
        file.remove("a");

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(each -> each.getFileName().toString()))
                    .containsExactlyInAnyOrder("tokens", "tokens.lock");
        }
    }

    private TokenFile file() {
        return new TokenFile(directory.resolve("tokens"));
    }

    private static Fresh fresh(String name, Role role) {
        return ApiToken.make(name, Set.of(role), Optional.empty(), NOW);
    }
}
