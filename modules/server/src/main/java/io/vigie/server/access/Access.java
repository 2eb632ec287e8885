package io.vigie.server.access;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells who asks, and lets people log in and out. Safe for several threads. */
public final class Access {
    private static final Logger log = LoggerFactory.getLogger(Access.class);
    private static final String BEARER = "bearer ";
    /** Longer than any that is given out, or comes from an issuer. */
    private static final int CREDENTIAL_LENGTH_MAX = 16 * 1024;
    /** Logins of one address that fail, and that are begun at the issuer, in a minute. */
    private static final int FAILED_MAX = 10;

    private static final int BEGUN_MAX = 60;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Exposure exposure;
    private final Optional<URI> publicUrl;
    private final Optional<TokenWatch> tokens;
    private final Optional<Oidc> issuer;
    private final Sessions sessions;
    private final Logins logins;
    private final Attempts failed;
    private final Attempts begun;
    private final Attempts told;

    private Access(
            Exposure exposure,
            Optional<URI> publicUrl,
            Optional<TokenWatch> tokens,
            Optional<Oidc> issuer,
            InstantSource clock) {
        this.exposure = exposure;
        this.publicUrl = publicUrl;
        this.tokens = tokens;
        this.issuer = issuer;
        this.sessions = new Sessions(Sessions.OPEN_MAX, clock);
        this.logins = new Logins(clock);
        this.failed = new Attempts(FAILED_MAX, WINDOW, clock);
        this.begun = new Attempts(BEGUN_MAX, WINDOW, clock);
        this.told = new Attempts(FAILED_MAX, WINDOW, clock);
    }

    /** Nobody is asked: whoever reaches the server is {@link User#LOCAL}. */
    public static Access loopback() {
        return new Access(
                Exposure.LOOPBACK, Optional.empty(), Optional.empty(), Optional.empty(), InstantSource.system());
    }

    /**
     * Everybody is asked.
     *
     * @param publicUrl where people reach the server, when it is not where it listens
     */
    public static Access asking(
            Exposure exposure,
            Optional<URI> publicUrl,
            Optional<TokenWatch> tokens,
            Optional<Oidc> issuer,
            InstantSource clock) {
        return new Access(exposure, publicUrl, tokens, issuer, clock);
    }

    public Exposure exposure() {
        return exposure;
    }

    /** Whether anybody is asked at all. */
    public boolean asks() {
        return exposure.asks();
    }

    public Optional<URI> publicUrl() {
        return publicUrl;
    }

    /** Whether one more wrong token of an address is written down: the first of each minute are. */
    public boolean isWorthALine(String address) {
        if (told.waits(address).isPresent()) {
            return false;
        }
        told.add(address);
        return true;
    }

    /** Whether people can log in at an issuer. */
    public boolean hasIssuer() {
        return issuer.isPresent();
    }

    /** Whether people can log in with an API token. */
    public boolean hasTokens() {
        return tokens.isPresent();
    }

    /**
     * Tells who asks. What is said in the header counts, whatever the cookie says.
     *
     * @param authorization the header of that name
     * @param session the id that a browser has of its session
     */
    public Caller caller(@Nullable String authorization, @Nullable String session) {
        if (!asks()) {
            return new Caller.Known(User.LOCAL);
        }
        if (authorization != null) {
            return bearer(authorization);
        }
        return Optional.ofNullable(session)
                .flatMap(this::inSession)
                .<Caller>map(Caller.Known::new)
                .orElseGet(Caller.Nobody::new);
    }

    private Caller bearer(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return new Caller.Refused("send Authorization: Bearer with an API token; nothing else is read here");
        }
        String credential = authorization.substring(BEARER.length()).strip();
        if (credential.length() > CREDENTIAL_LENGTH_MAX) {
            return new Caller.Refused("this is longer than any token");
        }
        if (!credential.startsWith(ApiToken.PREFIX) && issuer.isPresent()) {
            return issued(issuer.get(), credential);
        }
        return token(credential)
                .<Caller>map(Caller.Known::new)
                .orElseGet(() -> new Caller.Refused("this token is not known here, or no longer valid"));
    }

    private static Caller issued(Oidc issuer, String jwt) {
        try {
            return new Caller.Known(issuer.bearer(jwt));
        } catch (Oidc.LoginException e) {
            // What exactly is wrong helps whoever forges one.
            log.debug("an access token was refused; why={}", e.getMessage());
            return new Caller.Refused("this access token is not taken here, or no longer valid");
        }
    }

    private Optional<User> token(String secret) {
        return tokens.flatMap(all -> all.user(secret));
    }

    /** One that began with a token goes on as long as the token does, with its roles. */
    private Optional<User> inSession(String id) {
        Optional<Sessions.Found> found = sessions.find(id);
        if (found.isEmpty() || found.get().tokenHash().isEmpty()) {
            return found.map(Sessions.Found::user);
        }
        Optional<User> user = found.get()
                .tokenHash()
                .flatMap(hash -> tokens.flatMap(all -> all.userOf(hash)))
                .map(still -> still.via(User.Via.SESSION));
        if (user.isEmpty()) {
            sessions.end(id);
        }
        return user;
    }

    /** How a login ended. */
    public sealed interface Login {}

    /**
     * Somebody is in.
     *
     * @param session id of his session, for his browser only
     * @param to where he wanted to go
     */
    public record In(User user, String session, String to) implements Login {}

    /**
     * Nobody is in.
     *
     * @param why for the log; never for the browser
     */
    public record Out(Reason reason, String why) implements Login {}

    /** Too much was tried from there. */
    public record Wait(int seconds) implements Login {}

    /** What a person is told. */
    public enum Reason {
        /** The token is not known. */
        TOKEN,
        /** The issuer did not let him in, or what it said does not hold. */
        REFUSED,
        /** He has no role here. */
        NO_ROLE,
        /** What came back belongs to no login of this browser. */
        STALE,
        /** The issuer does not answer. */
        AWAY
    }

    /**
     * Logs in with an API token.
     *
     * @param address where from
     * @param former the session that ends with this one
     */
    public Login byToken(String secret, String address, @Nullable String former, String to) {
        OptionalInt waits = failed.waits(address);
        if (waits.isPresent()) {
            return new Wait(waits.getAsInt());
        }
        Optional<User> user = secret.length() > CREDENTIAL_LENGTH_MAX ? Optional.empty() : token(secret);
        if (user.isEmpty()) {
            failed.add(address);
            return new Out(Reason.TOKEN, "the token is not known, or no longer valid");
        }
        return in(user.get(), Optional.of(Secrets.sha256(secret)), former, to);
    }

    /** A login that goes on at the issuer. */
    public sealed interface Begin {}

    /**
     * The browser goes there.
     *
     * @param browser a secret for it, to bring back
     */
    public record Go(URI address, String browser) implements Begin {}

    /** It does not. */
    public record Stop(Login why) implements Begin {}

    /**
     * Begins a login at the issuer.
     *
     * @param redirect where it sends the browser back
     */
    public Begin begin(URI redirect, String address, String to) {
        OptionalInt waits = begun.waits(address);
        if (waits.isPresent()) {
            return new Stop(new Wait(waits.getAsInt()));
        }
        begun.add(address);
        Oidc.Begun login = Oidc.Begun.at(redirect);
        String browser = Secrets.random();
        try {
            URI leads = issuer.orElseThrow().address(login);
            logins.add(login, browser, to);
            return new Go(leads, browser);
        } catch (Oidc.LoginException e) {
            return new Stop(out(e));
        }
    }

    /** Ends a login at the issuer, with what the browser brought back from there. */
    public Login byCode(String code, String state, @Nullable String browser, @Nullable String former) {
        Optional<Logins.Login> login = browser == null ? Optional.empty() : logins.take(state, browser);
        if (login.isEmpty() || issuer.isEmpty()) {
            return new Out(Reason.STALE, "no login of this browser has this state");
        }
        try {
            User user = issuer.get().user(login.get().begun(), code);
            return user.roles().isEmpty()
                    ? new Out(Reason.NO_ROLE, user.name() + " has no role of Vigie")
                    : in(user, Optional.empty(), former, login.get().to());
        } catch (Oidc.LoginException e) {
            return out(e);
        }
    }

    /** The issuer said no, for a login of this browser. */
    public Login refused(String error, String state, @Nullable String browser) {
        return browser != null && logins.take(state, browser).isPresent()
                ? new Out(Reason.REFUSED, "the issuer refused: " + error)
                : new Out(Reason.STALE, "no login of this browser has this state");
    }

    private static Out out(Oidc.LoginException e) {
        log.warn("a login at the issuer failed; why={}", e.getMessage());
        return new Out(e.isOfIssuer() ? Reason.AWAY : Reason.REFUSED, String.valueOf(e.getMessage()));
    }

    private In in(User user, Optional<String> tokenHash, @Nullable String former, String to) {
        if (former != null) {
            sessions.end(former);
        }
        String session = sessions.begin(user, tokenHash);
        return new In(user.via(User.Via.SESSION), session, to);
    }

    /** Ends a session. */
    public void leave(String session) {
        sessions.end(session);
    }
}
