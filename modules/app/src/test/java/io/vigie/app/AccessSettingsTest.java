package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {
    private static final String ISSUER = "https://login.example.net/realms/shop";

    @Test
    void withoutSettingsNobodyIsAsked() {
        Config config = read(Map.of());

        assertThat(config.access().exposure(config.http()).asks()).isFalse();
    }

    @Test
    void tokensOrAnIssuerAreEnoughToAsk() {
        Config tokens = read(Map.of("access.tokens", "/etc/vigie/tokens"));
        Config issuer = read(Map.of("access.oidc.issuer", ISSUER, "access.oidc.client.id", "vigie"));

        assertThat(tokens.access().exposure(tokens.http()).asks()).isTrue();
        assertThat(issuer.access().exposure(issuer.http()).asks()).isTrue();
        var settings = issuer.access().issuer().orElseThrow();
        assertThat(settings.rolesClaim()).isEqualTo("roles");
        assertThat(settings.nameClaim()).isEqualTo("preferred_username");
    }

    @Test
    void thePublicAddressIsANameOfTheServerAndThatOfAlerts() {
        Config config = read(Map.of("http.public.url", "https://vigie.example.net/", "http.names", "other"));

        assertThat(config.http().names()).containsExactlyInAnyOrder("other", "vigie.example.net");
        assertThat(config.http().isHttps()).isTrue();
        assertThat(config.alerts().page()).contains("https://vigie.example.net");
        assertThat(config.http().url()).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void aServerThatListensEverywhereIsReachedHere() {
        assertThat(read(Map.of("http.host", "0.0.0.0")).http().url()).isEqualTo("http://127.0.0.1:8080");
        assertThat(read(Map.of("http.host", "::")).http().url()).isEqualTo("http://127.0.0.1:8080");
    }

    @Test
    void whatIsWrongIsNamed() {
        refused(Map.of("http.public.url", "vigie.example.net"), "http.public.url");
        refused(Map.of("http.public.url", "https://vigie.example.net/path"), "no path");
        refused(Map.of("http.public.url", "https://user@vigie.example.net"), "http.public.url");
        refused(Map.of("access.insecure", "yes"), "access.insecure");
        refused(Map.of("access.oidc.issuer", ISSUER), "access.oidc.client.id is not set");
        refused(Map.of("access.oidc.client.id", "vigie"), "access.oidc.issuer");
        refused(Map.of("access.oidc.issuer", "http://login.example.net", "access.oidc.client.id", "v"), "https://");
        refused(
                Map.of("access.oidc.issuer", ISSUER, "access.oidc.client.id", "v", "access.oidc.audience", "v"),
                "an audience of its own");
    }

    @Test
    void secretsAreNotInWhatIsPrinted() {
        Config config = read(Map.of(
                "access.token",
                "vigie_geheim",
                "access.oidc.issuer",
                ISSUER,
                "access.oidc.client.id",
                "vigie",
                "access.oidc.client.secret",
                "geheim"));

        assertThat(config.access().toString()).contains("***").doesNotContain("geheim");
    }

    @Test
    void theTokenOfTheCommandsComesFromTheEnvironment() {
        Config config = ConfigReader.read(Map.of(), Optional.empty(), Map.of("VIGIE_TOKEN", "vigie_a"), Map.of());

        assertThat(config.access().token()).contains("vigie_a");
    }

    private static void refused(Map<String, String> sets, String what) {
        assertThatThrownBy(() -> read(sets)).isInstanceOf(ConfigException.class).hasMessageContaining(what);
    }

    private static Config read(Map<String, String> sets) {
        return ConfigReader.read(Map.of(), Optional.empty(), Map.of(), sets);
    }
}
