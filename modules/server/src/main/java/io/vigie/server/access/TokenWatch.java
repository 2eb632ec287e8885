package io.vigie.server.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of a file as it is now: it is looked at again when somebody shows a token, once a second at most. A file that cannot be
 * read has no tokens: better that nobody comes in than that somebody does whose token was revoked. Safe for several threads.
 */
public final class TokenWatch {
    private static final Logger log = LoggerFactory.getLogger(TokenWatch.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final TokenFile file;
    private final InstantSource clock;
    /** Guarded by this, as what follows. */
    private TokenFile.Content content = new TokenFile.Content(List.of(), List.of());

    private Instant lookedAt = Instant.MIN;
    private @Nullable Stamp stamp;

    public TokenWatch(TokenFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Tells one state of a file from another: a new file in its place has another key. */
    private record Stamp(
            FileTime modified, long bytes, @Nullable Object key) {}

    /** Whose token this is; empty when it is nobody's, or no longer valid. */
    Optional<User> user(String secret) {
        return userOf(Secrets.sha256(secret));
    }

    /** The same by what is kept of it, for a session that began with it. */
    Optional<User> userOf(String hash) {
        // All are compared: how long it takes does not tell which was near.
        Optional<ApiToken> found = Optional.empty();
        for (ApiToken token : tokens()) {
            if (token.hasHash(hash)) {
                found = Optional.of(token);
            }
        }
        return found.filter(token -> token.isValidAt(clock.instant())).map(ApiToken::user);
    }

    /** What is wrong with the file, if anything is. */
    public Optional<String> trouble() {
        tokens();
        synchronized (this) {
            List<String> problems = content.problems();
            return problems.isEmpty()
                    ? Optional.empty()
                    : Optional.of(problems.getFirst()
                            + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : ""));
        }
    }

    private synchronized List<ApiToken> tokens() {
        Instant now = clock.instant();
        if (now.isBefore(lookedAt) || !now.isBefore(lookedAt.plus(LOOK_EVERY))) {
            lookedAt = now;
            look();
        }
        return content.tokens();
    }

    private void look() {
        try {
            var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
            var found = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (Objects.equals(found, stamp)) {
                return;
            }
            take(file.read());
            stamp = found;
        } catch (IOException e) {
            stamp = null;
            take(new TokenFile.Content(List.of(), List.of("cannot read the file of tokens: " + e)));
        }
    }

    private void take(TokenFile.Content next) {
        if (!next.problems().equals(content.problems())) {
            next.problems().forEach(problem -> log.warn("a token cannot be used, mend its line; what={}", problem));
        }
        content = next;
    }
}
