package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an issuer that speaks HTTP and signs with real keys. */
class OidcTest {
    private static final URI REDIRECT = URI.create("http://127.0.0.1:8080/connexion/retour");
    private static final String ADDRESS = "127.0.0.1";

    private TestIssuer issuer;
    private Access access;

    @BeforeEach
    void start() throws IOException {
        issuer = new TestIssuer();
        access = access(issuer.settings(), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static Access access(Oidc.Settings settings, InstantSource clock) {
        return Access.asking(
                new Exposure(true, false, false),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Oidc(settings, clock)),
                clock);
    }

    @Test
    void whoLogsInAtTheIssuerIsKnownByNameAndRoles() throws Exception {
        var go = go();
        assertThat(go.address().getQuery()).contains("code_challenge_method=S256", "nonce=", "scope=openid");

        var in = (Access.In) back(go, go.browser());

        assertThat(in.user()).isEqualTo(new User("claire", Set.of(Role.ANALYST), User.Via.SESSION));
        assertThat(in.to()).isEqualTo("/offres");
        assertThat(access.caller(null, in.session())).isEqualTo(new Caller.Known(in.user()));
        access.leave(in.session());
        assertThat(access.caller(null, in.session())).isEqualTo(new Caller.Nobody());
    }

    @Test
    void rolesAreReadWhereTheSettingsSayAndOthersAreNot() throws Exception {
        access = access(
                new Oidc.Settings(
                        issuer.issuer(),
                        TestIssuer.CLIENT,
                        Optional.of(TestIssuer.SECRET),
                        "realm_access.roles",
                        "agent_id",
                        Optional.empty()),
                Clock.systemUTC());
        issuer.claims = draft -> draft.claim("agent_id", "a-17\r\nX-Role: admin")
                .claim("roles", List.of("admin"))
                .claim("realm_access", Map.of("roles", List.of("vigie-agent", "ops", "superuser")));

        var go = go();
        var in = (Access.In) back(go, go.browser());

        assertThat(in.user().roles()).containsExactlyInAnyOrder(Role.AGENT, Role.OPS);
        assertThat(in.user().name()).isEqualTo("a-17X-Role: admin");
    }

    @Test
    void whoHasNoRoleStaysOut() throws Exception {
        issuer.claims = draft -> draft.claim("roles", List.of("cook"));

        var go = go();

        assertThat(back(go, go.browser()))
                .isInstanceOfSatisfying(
                        Access.Out.class, out -> assertThat(out.reason()).isEqualTo(Access.Reason.NO_ROLE));
    }

    @Test
    void anIdentityThatDoesNotHoldIsRefused() throws Exception {
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> hostile = new LinkedHashMap<>();
        hostile.put("another audience", draft -> draft.audience("other"));
        hostile.put("another issuer", draft -> draft.issuer("https://evil.example"));
        hostile.put("another nonce", draft -> draft.claim("nonce", "replayed"));
        hostile.put("no nonce", draft -> draft.claim("nonce", null));
        hostile.put("expired", draft -> draft.expirationTime(ago(120)));
        hostile.put("no name", draft -> draft.subject(null));

        for (var each : hostile.entrySet()) {
            issuer.claims = each.getValue();
            var go = go();

            assertThat(back(go, go.browser()))
                    .as(each.getKey())
                    .isInstanceOfSatisfying(
                            Access.Out.class, out -> assertThat(out.reason()).isEqualTo(Access.Reason.REFUSED));
        }
    }

    @Test
    void aLoginBelongsToTheBrowserThatBeganItAndIsEndedOnce() throws Exception {
        var go = go();
        Brought brought = brought(go);
        String code = brought.code();
        String state = brought.state();

        assertThat(stale(access.byCode(code, state, null, null))).isTrue();
        assertThat(stale(access.byCode(code, state, "another browser", null))).isTrue();
        assertThat(stale(access.byCode(code, "another state", go.browser(), null)))
                .isTrue();
        assertThat(access.byCode(code, state, go.browser(), null)).isInstanceOf(Access.In.class);
        assertThat(stale(access.byCode(code, state, go.browser(), null))).isTrue();
    }

    @Test
    void aCodeOfAnotherLoginIsNotTaken() throws Exception {
        var mine = go();
        var other = go();

        var login = access.byCode(brought(other).code(), brought(mine).state(), mine.browser(), null);

        assertThat(login)
                .isInstanceOfSatisfying(
                        Access.Out.class, out -> assertThat(out.reason()).isEqualTo(Access.Reason.REFUSED));
    }

    @Test
    void aNewSessionEndsTheFormerOne() throws Exception {
        var first = go();
        var in = (Access.In) back(first, first.browser());
        var second = go();
        Brought brought = brought(second);

        var again = (Access.In) access.byCode(brought.code(), brought.state(), second.browser(), in.session());

        assertThat(again.session()).isNotEqualTo(in.session());
        assertThat(access.caller(null, in.session())).isEqualTo(new Caller.Nobody());
    }

    @Test
    void anIssuerThatDoesNotAnswerIsToldSo() {
        issuer.close();

        assertThat(access.begin(REDIRECT, ADDRESS, "/"))
                .isInstanceOfSatisfying(
                        Access.Stop.class,
                        stop -> assertThat(((Access.Out) stop.why()).reason()).isEqualTo(Access.Reason.AWAY));
    }

    @Test
    void whatIsKnownOfAnIssuerStaysInUseWhileItDoesNotAnswer() {
        var clock = new SteppedClock(Instant.now());
        access = access(issuer.settings(), clock);
        assertThat(access.begin(REDIRECT, ADDRESS, "/")).isInstanceOf(Access.Go.class);
        issuer.close();

        clock.step(Duration.ofHours(2));

        assertThat(access.begin(REDIRECT, ADDRESS, "/")).isInstanceOf(Access.Go.class);
        assertThat(access.begin(REDIRECT, ADDRESS, "/")).isInstanceOf(Access.Go.class);
    }

    @Test
    void anIssuerThatSaysItIsAnotherIsNone() {
        var settings = issuer.settings();
        access = access(
                new Oidc.Settings(
                        URI.create(settings.issuer().toString().replace("127.0.0.1", "localhost")),
                        settings.clientId(),
                        settings.secret(),
                        "roles",
                        "sub",
                        Optional.empty()),
                Clock.systemUTC());

        assertThat(access.begin(REDIRECT, ADDRESS, "/")).isInstanceOf(Access.Stop.class);
    }

    @Test
    void loginsBegunWithoutEndAreRefused() {
        for (int each = 0; each < 60; each++) {
            assertThat(access.begin(REDIRECT, ADDRESS, "/")).isInstanceOf(Access.Go.class);
        }

        assertThat(access.begin(REDIRECT, ADDRESS, "/"))
                .isInstanceOfSatisfying(
                        Access.Stop.class, stop -> assertThat(stop.why()).isInstanceOf(Access.Wait.class));
    }

    @Test
    void aMachineShowsAnAccessTokenOfTheIssuer() throws JOSEException {
        String jwt = TestIssuer.signed(issuer.machine().build(), issuer.key());

        assertThat(access.caller("Bearer " + jwt, null))
                .isEqualTo(new Caller.Known(new User("robot", Set.of(Role.ANALYST), User.Via.JWT)));
    }

    @Test
    void anAccessTokenThatDoesNotHoldIsRefused() throws JOSEException {
        RSAKey other = TestIssuer.newKey();
        RSAKey disguised =
                new RSAKey.Builder(other).keyID(issuer.key().getKeyID()).build();
        JWTClaimsSet good = issuer.machine().build();
        Map<String, String> hostile = new LinkedHashMap<>();
        hostile.put("no signature", new PlainJWT(good).serialize());
        hostile.put("another audience", signed(issuer.machine().audience("other")));
        hostile.put("the audience of identities", signed(issuer.machine().audience(TestIssuer.CLIENT)));
        hostile.put("another issuer", signed(issuer.machine().issuer("https://evil.example")));
        hostile.put("expired", signed(issuer.machine().expirationTime(ago(120))));
        hostile.put("without an end", signed(issuer.machine().expirationTime(null)));
        hostile.put("not yet valid", signed(issuer.machine().notBeforeTime(ago(-600))));
        hostile.put("another key", TestIssuer.signed(good, other));
        hostile.put("another key under this one's id", TestIssuer.signed(good, disguised));
        hostile.put("a key in its own header", withKeyInHeader(good, other));
        hostile.put("the public key as a secret", withPublicKeyAsSecret(good));
        hostile.put("another algorithm", otherAlgorithm(good));
        hostile.put("cut", TestIssuer.signed(good, issuer.key()).substring(0, 200));
        hostile.put("nothing", "a.b.c");

        for (var each : hostile.entrySet()) {
            assertThat(access.caller("Bearer " + each.getValue(), null))
                    .as(each.getKey())
                    .isInstanceOf(Caller.Refused.class);
        }
    }

    @Test
    void withoutAnAudienceNoAccessTokenIsTaken() throws JOSEException {
        var settings = issuer.settings();
        access = access(
                new Oidc.Settings(
                        settings.issuer(), settings.clientId(), settings.secret(), "roles", "sub", Optional.empty()),
                Clock.systemUTC());

        assertThat(access.caller("Bearer " + signed(issuer.machine()), null)).isInstanceOf(Caller.Refused.class);
    }

    @Test
    void noSecretIsInWhatIsPrinted() {
        assertThat(issuer.settings().toString())
                .doesNotContain(TestIssuer.SECRET)
                .contains("***");
    }

    private String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return TestIssuer.signed(claims.build(), issuer.key());
    }

    private static String withKeyInHeader(JWTClaimsSet claims, RSAKey key) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(key.toPublicJWK())
                        .jwkURL(URI.create("https://evil.example/keys"))
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private String withPublicKeyAsSecret(JWTClaimsSet claims) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(issuer.key().getKeyID())
                        .build(),
                claims);
        jwt.sign(new MACSigner(issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
        return jwt.serialize();
    }

    private String otherAlgorithm(JWTClaimsSet claims) throws JOSEException {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS512)
                        .keyID(issuer.key().getKeyID())
                        .build(),
                claims);
        jwt.sign(new RSASSASigner(issuer.key()));
        return jwt.serialize();
    }

    private static Date ago(int seconds) {
        return Date.from(Instant.now().minusSeconds(seconds));
    }

    private Access.Go go() {
        return (Access.Go) access.begin(REDIRECT, ADDRESS, "/offres");
    }

    private Access.Login back(Access.Go go, String browser) throws Exception {
        Brought brought = brought(go);
        return access.byCode(brought.code(), brought.state(), browser, null);
    }

    /** What the issuer sends back with the browser. */
    private record Brought(String code, String state) {}

    private static Brought brought(Access.Go go) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(go.address()).build(), BodyHandlers.discarding());
            String query = URI.create(answer.headers().firstValue("Location").orElseThrow())
                    .getQuery();
            return new Brought(query.replaceAll(".*code=([^&]*).*", "$1"), query.replaceAll(".*state=([^&]*).*", "$1"));
        }
    }

    private static boolean stale(Access.Login login) {
        return login instanceof Access.Out out && out.reason() == Access.Reason.STALE;
    }
}
