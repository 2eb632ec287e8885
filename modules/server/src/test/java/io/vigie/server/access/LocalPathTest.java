package io.vigie.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/offres/fibre?from=2026-03-01", "/?q=panne%20fibre&offer=a", "/a//b"})
    void aPageOfThisServerIsGoneTo(String path) {
        assertThat(LocalPath.of(path, "/home")).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "offres",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "/\t/evil.example",
                "/\n/evil.example",
                "/%",
                " //evil.example",
                "/a\r\nSet-Cookie: b=c",
                "/caf\u00e9"
            })
    void nothingElseIs(String path) {
        assertThat(LocalPath.of(path, "/home")).isEqualTo("/home");
    }

    @Test
    void anEndlessOneIsNot() {
        assertThat(LocalPath.of("/" + "a".repeat(5_000), "/home")).isEqualTo("/home");
    }
}
