package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    @TempDir
    Path directory;

    @Test
    void aTokenIsShownOnceAndKeptAsItsHash() throws IOException {
        var made = token("create", "--name", "crm", "--role", "source,ops", "--days", "30");

        String secret = made.out().strip();
        assertThat(made.exit()).isZero();
        assertThat(secret).startsWith("vigie_").doesNotContain("\n");
        assertThat(Files.readString(file())).contains("crm source,ops ").doesNotContain(secret);
        var list = token("list");
        assertThat(list.out()).contains("crm", "source,ops", "valid until 2").doesNotContain(secret);
    }

    @Test
    void aNameIsTakenUntilItsTokenIsRevoked() throws IOException {
        token("create", "--name", "crm", "--role", "ops");

        var again = token("create", "--name", "crm", "--role", "ops");
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("there is a token with the name crm already");
        assertThat(token("revoke", "--name", "crm").exit()).isZero();
        assertThat(token("revoke", "--name", "crm").exit()).isEqualTo(1);
        assertThat(Files.readString(file())).doesNotContain("crm");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThat(token("create", "--name", "a", "--role", "chief").err()).contains("\"chief\" is no role");
        assertThat(token("create", "--name", "a b", "--role", "ops").err()).contains("no name of a token");
        assertThat(token("create", "--name", "a", "--role", "ops", "--days", "0")
                        .err())
                .contains("--days is 0");
        assertThat(SystemStreams.run("", "token", "list").err()).contains("access.tokens is not set");
        assertThat(file()).doesNotExist();
    }

    @Test
    void aBrokenLineIsTold() throws IOException {
        Files.writeString(file(), "what is this\n");

        var list = token("list");

        assertThat(list.exit()).isEqualTo(1);
        assertThat(list.err()).contains(file() + " line 1");
    }

    private Program.Ran token(String... arguments) {
        var all = new ArrayList<>(List.of("token"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--set", "access.tokens=" + file()));
        return SystemStreams.run("", all.toArray(String[]::new));
    }

    private Path file() {
        return directory.resolve("tokens");
    }
}
