package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private final Gate gate = new Gate(Set.of("Vigie.example", "proxy:9000"), () -> 8080);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8080",
                "LOCALHOST:8080",
                "127.0.0.1:8080",
                "127.9.9.9:8080",
                "[::1]:8080",
                "vigie.example",
                "vigie.example:443",
                "proxy:9000"
            })
    void ourOwnNamesAreLetIn(String host) {
        assertThat(gate.refuses("GET", host, null, null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "localhost",
                "localhost:8081",
                "localhost.evil.example:8080",
                "127.0.0.1.evil.example:8080",
                "evil.example:8080@localhost:8080",
                "[::2]:8080",
                "proxy:9001",
                "proxy",
                "",
                ":8080"
            })
    void foreignNamesAreTurnedAway(String host) {
        assertThat(gate.refuses("GET", host, null, null)).isPresent();
    }

    @Test
    void aRequestWithoutHostIsTurnedAway() {
        assertThat(gate.refuses("GET", null, null, null)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "http://localhost:3000", "file://", "::", "http://[::1"})
    void aForeignPageMayNotChangeAnything(String origin) {
        assertThat(gate.refuses("POST", "localhost:8080", origin, null)).isPresent();
        assertThat(gate.refuses("DELETE", "localhost:8080", origin, null)).isPresent();
        assertThat(gate.refuses("GET", "localhost:8080", origin, null)).isEmpty();
    }

    @Test
    void aRequestThatTheBrowserCallsCrossSiteMayNotChangeAnything() {
        assertThat(gate.refuses("POST", "localhost:8080", null, "cross-site")).isPresent();
    }

    @Test
    void ourOwnPageMayChangeThings() {
        assertThat(gate.refuses("POST", "localhost:8080", "http://localhost:8080", "same-origin"))
                .isEmpty();
    }
}
