package io.vigie.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One issuer of logins, as OpenID Connect Core 1.0 has it: Authorization Code with PKCE (S256), state and nonce. What the issuer says
 * of itself is asked when it is first needed and again after an hour; keys come from the address it names there and from no header of
 * a token. Only RS256 and ES256 are taken. Safe for several threads.
 */
public final class Oidc {
    private static final Logger log = LoggerFactory.getLogger(Oidc.class);
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);
    private static final int LEEWAY_SECONDS = 60;
    private static final int CONNECT_MS = 3_000;
    private static final int ANSWER_MS = 5_000;
    private static final int KEYS_BYTES_MAX = 256 * 1024;
    private static final Duration KNOWN_FOR = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** Of a role in a claim, where it stands among those of other products. */
    private static final String ROLE_PREFIX = "vigie-";

    private final Settings settings;
    private final InstantSource clock;
    private final Object lock = new Object();
    /** Guarded by the lock, as what follows. */
    private @Nullable Known known;

    private Instant askAgainAt = Instant.MIN;

    public Oidc(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is agreed on with the issuer.
     *
     * @param secret of the client; empty for one without, which PKCE alone protects
     * @param rolesClaim where the roles are in a token, with dots between the names of nested claims
     * @param nameClaim which claim names a person; where it is missing {@code sub} does
     * @param audience that access tokens of machines must have; empty: none is taken
     */
    public record Settings(
            URI issuer,
            String clientId,
            Optional<String> secret,
            String rolesClaim,
            String nameClaim,
            Optional<String> audience) {
        @Override
        public String toString() {
            return "Settings[issuer=" + issuer + ", clientId=" + clientId + ", secret=" + secret.map(_ -> "***") + "]";
        }
    }

    /** A login that does not come to an end; the message says why, for the journal and the log. */
    public static final class LoginException extends Exception {
        private static final long serialVersionUID = 1;
        private final boolean isOfIssuer;

        LoginException(boolean isOfIssuer, String message, @Nullable Throwable cause) {
            super(message, cause);
            this.isOfIssuer = isOfIssuer;
        }

        /** Whether the issuer did not answer, so that it may be tried again. */
        public boolean isOfIssuer() {
            return isOfIssuer;
        }
    }

    /**
     * A login that has begun.
     *
     * @param redirect where the issuer sends the browser back
     */
    record Begun(String state, String nonce, String verifier, URI redirect) {
        static Begun at(URI redirect) {
            return new Begun(Secrets.random(), Secrets.random(), Secrets.random(), redirect);
        }
    }

    private record Known(OIDCProviderMetadata metadata, JWSKeySelector<SecurityContext> keys, Instant at) {}

    /** Where the browser goes to log in. */
    URI address(Begun begun) throws LoginException {
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope("openid", "profile"),
                        new ClientID(settings.clientId()),
                        begun.redirect())
                .endpointURI(known().metadata().getAuthorizationEndpointURI())
                .state(new State(begun.state()))
                .nonce(new Nonce(begun.nonce()))
                .codeChallenge(new CodeVerifier(begun.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /** Who logged in, for the code that his browser brought back. */
    User user(Begun begun, String code) throws LoginException {
        Known issuer = known();
        JWT token = token(issuer, begun, code);
        var validator = new IDTokenValidator(
                new Issuer(settings.issuer()), new ClientID(settings.clientId()), issuer.keys(), null);
        validator.setMaxClockSkew(LEEWAY_SECONDS);
        try {
            return user(validator.validate(token, new Nonce(begun.nonce())).toJWTClaimsSet(), User.Via.SESSION);
        } catch (BadJOSEException | JOSEException | com.nimbusds.oauth2.sdk.ParseException e) {
            throw new LoginException(false, "the identity that the issuer gave does not hold: " + e.getMessage(), e);
        }
    }

    private JWT token(Known issuer, Begun begun, String code) throws LoginException {
        var grant = new AuthorizationCodeGrant(
                new AuthorizationCode(code), begun.redirect(), new CodeVerifier(begun.verifier()));
        URI endpoint = issuer.metadata().getTokenEndpointURI();
        var client = new ClientID(settings.clientId());
        TokenRequest request = settings.secret()
                .map(secret ->
                        new TokenRequest.Builder(endpoint, new ClientSecretBasic(client, new Secret(secret)), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        try {
            var http = request.toHTTPRequest();
            http.setConnectTimeout(CONNECT_MS);
            http.setReadTimeout(ANSWER_MS);
            http.setFollowRedirects(false);
            var answer = OIDCTokenResponseParser.parse(http.send());
            if (answer instanceof OIDCTokenResponse given
                    && given.getOIDCTokens().getIDToken() != null) {
                return given.getOIDCTokens().getIDToken();
            }
            String error = answer.indicatesSuccess()
                    ? "it gave no identity"
                    : String.valueOf(answer.toErrorResponse().getErrorObject().getCode());
            throw new LoginException(false, "the issuer did not take the code: " + error, null);
        } catch (IOException e) {
            throw new LoginException(true, "the issuer does not answer: " + e.getMessage(), e);
        } catch (com.nimbusds.oauth2.sdk.ParseException e) {
            throw new LoginException(true, "the issuer's answer cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whose access token this is. */
    User bearer(String jwt) throws LoginException {
        String audience = settings.audience()
                .orElseThrow(
                        () -> new LoginException(false, "access tokens are not taken here: no audience is set", null));
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(known().keys());
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(
                audience,
                new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                Set.of("exp", "sub"));
        claims.setMaxClockSkew(LEEWAY_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
        try {
            return user(processor.process(jwt, null), User.Via.JWT);
        } catch (ParseException | BadJOSEException e) {
            throw new LoginException(false, "this access token does not hold: " + e.getMessage(), e);
        } catch (JOSEException e) {
            throw new LoginException(true, "the keys of the issuer cannot be had: " + e.getMessage(), e);
        }
    }

    private User user(JWTClaimsSet claims, User.Via via) throws LoginException {
        Object given = claims.getClaim(settings.nameClaim());
        String name = given instanceof String text && !text.isBlank() ? text : claims.getSubject();
        if (name == null || name.isBlank()) {
            throw new LoginException(false, "the identity has no name", null);
        }
        return new User(name, roles(claims.getClaims()), via);
    }

    /** Words that are no roles here are those of other products. */
    private Set<Role> roles(Map<String, Object> claims) {
        var roles = EnumSet.noneOf(Role.class);
        for (String word : words(claim(claims))) {
            String plain = word.startsWith(ROLE_PREFIX) ? word.substring(ROLE_PREFIX.length()) : word;
            Role.of(plain).ifPresent(roles::add);
        }
        return roles;
    }

    /** A claim may have dots in its own name, as those that are addresses do. */
    private @Nullable Object claim(Map<String, Object> claims) {
        Object whole = claims.get(settings.rolesClaim());
        if (whole != null) {
            return whole;
        }
        Object found = claims;
        for (String name : settings.rolesClaim().split("\\.", -1)) {
            found = found instanceof Map<?, ?> nested ? nested.get(name) : null;
        }
        return found;
    }

    private static List<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String text -> Arrays.asList(text.strip().split("[\\s,]+", -1));
            case Collection<?> all -> all.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }

    /** An issuer that does not answer is asked again after a while, not by every request; what is known of it stays in use. */
    private Known known() throws LoginException {
        synchronized (lock) {
            Instant now = clock.instant();
            Known last = known;
            if (last != null && now.isBefore(last.at().plus(KNOWN_FOR))) {
                return last;
            }
            if (now.isBefore(askAgainAt)) {
                return known(last, new LoginException(true, "the issuer did not answer a moment ago", null));
            }
            try {
                Known next = asked(now);
                known = next;
                return next;
            } catch (LoginException e) {
                askAgainAt = now.plus(PAUSE);
                log.warn("the issuer of logins cannot be asked what it is; why={}", e.getMessage());
                return known(last, e);
            }
        }
    }

    private static Known known(@Nullable Known last, LoginException otherwise) throws LoginException {
        if (last == null) {
            throw otherwise;
        }
        return last;
    }

    private Known asked(Instant now) throws LoginException {
        try {
            // It refuses an issuer that says it is another.
            var metadata = OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), CONNECT_MS, ANSWER_MS);
            var keysOf = metadata.getJWKSetURI();
            if (keysOf == null
                    || metadata.getAuthorizationEndpointURI() == null
                    || metadata.getTokenEndpointURI() == null) {
                throw new LoginException(true, "the issuer does not tell where its keys and endpoints are", null);
            }
            JWKSource<SecurityContext> keys = JWKSourceBuilder.<SecurityContext>create(
                            keysOf.toURL(), new DefaultResourceRetriever(CONNECT_MS, ANSWER_MS, KEYS_BYTES_MAX))
                    .build();
            return new Known(metadata, new JWSVerificationKeySelector<>(ALGORITHMS, keys), now);
        } catch (IOException | GeneralException e) {
            throw new LoginException(true, "the issuer does not answer as one: " + e.getMessage(), e);
        }
    }
}
