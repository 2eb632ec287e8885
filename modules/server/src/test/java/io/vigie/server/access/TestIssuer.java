package io.vigie.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An OpenID Connect issuer of its own: it speaks HTTP, signs with real keys, and holds its client to PKCE and to its redirect. Whoever
 * comes is logged in at once, as the person of {@link #claims}.
 */
public final class TestIssuer implements AutoCloseable {
    public static final String CLIENT = "vigie";
    public static final String AUDIENCE = "vigie-api";
    public static final String SECRET = "issuer-secret";

    /** Of all issuers: making one takes half a second. */
    private static final RSAKey KEY = newKey();

    private final HttpServer server;
    private final Map<String, Map<String, String>> asked = new ConcurrentHashMap<>();
    /** What is in the identity of whoever logs in. */
    public volatile UnaryOperator<JWTClaimsSet.Builder> claims =
            draft -> draft.claim("preferred_username", "claire").claim("roles", List.of("analyst"));

    public TestIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, metadata()));
        server.createContext("/keys", exchange -> json(exchange, new JWKSet(KEY.toPublicJWK()).toString()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    public static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM makes no RSA keys", e);
        }
    }

    public URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Oidc.Settings settings() {
        return new Oidc.Settings(
                issuer(), CLIENT, Optional.of(SECRET), "roles", "preferred_username", Optional.of(AUDIENCE));
    }

    public RSAKey key() {
        return KEY;
    }

    /** An access token of a machine, as it should be. */
    public JWTClaimsSet.Builder machine() {
        return basic(AUDIENCE).claim("preferred_username", "robot").claim("roles", List.of("analyst"));
    }

    public static String signed(JWTClaimsSet claims, RSAKey by) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims);
        jwt.sign(new RSASSASigner(by));
        return jwt.serialize();
    }

    private JWTClaimsSet.Builder basic(String audience) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("s-1")
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private String metadata() {
        String me = issuer().toString();
        return """
                {"issuer": "%s", "authorization_endpoint": "%s/authorize", "token_endpoint": "%s/token", "jwks_uri": "%s/keys",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"]}\
                """.formatted(me, me, me, me);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> given = fields(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        asked.put(code, given);
        exchange.getResponseHeaders()
                .add("Location", given.get("redirect_uri") + "?code=" + code + "&state=" + given.get("state"));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> given =
                fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> login = asked.remove(Objects.requireNonNullElse(given.get("code"), ""));
        String basic =
                "Basic " + Base64.getEncoder().encodeToString((CLIENT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        if (login == null
                || !basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || !Objects.equals(login.get("redirect_uri"), given.get("redirect_uri"))
                || !Objects.equals(login.get("code_challenge"), challenge(given.getOrDefault("code_verifier", "")))) {
            send(exchange, 400, "{\"error\": \"invalid_grant\"}");
            return;
        }
        try {
            String identity = signed(
                    claims.apply(basic(CLIENT).claim("nonce", login.get("nonce")))
                            .build(),
                    KEY);
            json(
                    exchange,
                    "{\"access_token\": \"opaque\", \"token_type\": \"Bearer\", \"id_token\": \"%s\"}"
                            .formatted(identity));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> fields(String query) {
        return Stream.of(query.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void json(HttpExchange exchange, String body) throws IOException {
        send(exchange, 200, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
