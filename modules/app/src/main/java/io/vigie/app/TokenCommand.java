package io.vigie.app;

import io.vigie.server.access.ApiToken;
import io.vigie.server.access.Role;
import io.vigie.server.access.TokenFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie token}. */
@Command(
        name = "token",
        description = {
            "API tokens: who may come in without logging in elsewhere.",
            "They are kept in the file of setting access.tokens, each as its SHA-256; a running Vigie sees a change within a",
            "second. Roles: analyst, agent, source, steward, ops, admin (docs/access.md)."
        },
        subcommands = {TokenCommand.Create.class, TokenCommand.Show.class, TokenCommand.Revoke.class})
final class TokenCommand {
    private static final int DAYS_MAX = 3_650;

    private TokenCommand() {}

    private static TokenFile file(ConfigOptions options) {
        return options.read()
                .access()
                .tokens()
                .map(TokenFile::new)
                .orElseThrow(() -> new ConfigException(List.of(ConfigKey.ACCESS_TOKENS.key()
                        + " is not set; write it into vigie.properties, or: --set access.tokens=/etc/vigie/tokens")));
    }

    private static void tell(TokenFile.Content content, PrintStream err) {
        content.problems().forEach(problem -> err.println("vigie: " + problem));
    }

    /** {@code vigie token create}. */
    @Command(name = "create", description = "Make a token. It is shown once, on standard output, and kept nowhere.")
    static final class Create implements Callable<Integer> {
        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "Whose it is; of an agent, his id. Letters, digits and . _ @ -")
        private String name = "";

        @Option(names = "--role", required = true, paramLabel = "ROLE[,ROLE]", description = "What it may do.")
        private String roles = "";

        @Option(
                names = "--days",
                paramLabel = "N",
                description = "How long it is valid (default: until it is revoked).")
        private @Nullable Integer days;

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Override
        public Integer call() throws IOException {
            Instant now = Clock.systemUTC().instant();
            if (days != null && (days < 1 || days > DAYS_MAX)) {
                throw new ConfigException(
                        List.of("--days is " + days + "; it is a whole number from 1 to " + DAYS_MAX));
            }
            Optional<Instant> expires = days == null ? Optional.empty() : Optional.of(now.plus(Duration.ofDays(days)));
            TokenFile file = file(options);
            try {
                Set<Role> wanted = ApiToken.roles(roles);
                var fresh = ApiToken.make(name, wanted, expires, Instant.ofEpochSecond(now.getEpochSecond()));
                file.add(fresh.kept());
                System.err.println("Token of " + name + " (" + Role.words(wanted) + ")"
                        + expires.map(end -> ", valid until " + end).orElse("")
                        + ", kept in " + file.path() + ". Shown only now:");
                System.out.println(fresh.secret());
            } catch (IllegalArgumentException e) {
                throw new ConfigException(List.of(String.valueOf(e.getMessage())));
            }
            return 0;
        }
    }

    /** {@code vigie token list}. */
    @Command(name = "list", description = "Show whose tokens there are. None of them is shown.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Override
        public Integer call() throws IOException {
            TokenFile file = file(options);
            if (!Files.exists(file.path())) {
                System.out.println("there are no tokens: " + file.path() + " does not exist");
                return 0;
            }
            var content = file.read();
            Instant now = Clock.systemUTC().instant();
            for (ApiToken token : content.tokens()) {
                System.out.printf(
                        "%-24s  %-24s  made %s  %s%n",
                        token.name(),
                        Role.words(token.roles()),
                        token.created(),
                        token.expires()
                                .map(end -> (token.isValidAt(now) ? "valid until " : "EXPIRED ") + end)
                                .orElse("valid until revoked"));
            }
            tell(content, System.err);
            return content.problems().isEmpty() ? 0 : 1;
        }
    }

    /** {@code vigie token revoke}. */
    @Command(name = "revoke", description = "Take a token out; sessions that began with it end too.")
    static final class Revoke implements Callable<Integer> {
        @Option(names = "--name", required = true, paramLabel = "NAME", description = "Whose.")
        private String name = "";

        @Mixin
        private ConfigOptions options = new ConfigOptions();

        @Override
        public Integer call() throws IOException {
            TokenFile file = file(options);
            if (!Files.exists(file.path()) || !file.remove(name)) {
                throw new CommandFailedException(
                        "there is no token with the name " + name + " in " + file.path() + "; see vigie token list");
            }
            System.out.println("revoked: " + name);
            return 0;
        }
    }
}
