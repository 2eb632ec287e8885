package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a build ends with: the JVM learns how to start the program fast. Runs before the others, so that their starts are fast. */
final class RehearsalIT {
    private static final Path LEARNED = Program.HOME.resolve("vigie.aot");
    private static final Path LEARNED_BY_REGISTRY = Program.HOME.resolve("registry/registry.aot");
    /** The JVM then refuses to start without a cache that fits. */
    private static final Map<String, String> AS_SHIPPED = Map.of("VIGIE_JAVA_OPTS", "");

    private static final Map<String, String> ONLY_LEARNED = Map.of("VIGIE_JAVA_OPTS", "-XX:AOTMode=on");

    @Test
    void aRehearsalLeavesWhatServersStartWith() throws IOException {
        Files.deleteIfExists(LEARNED);
        Files.deleteIfExists(LEARNED_BY_REGISTRY);

        var without = Program.run("up", "--help");
        var refused = Program.runWith(ONLY_LEARNED, "up", "--help");
        var rehearsed = Program.runWith(AS_SHIPPED, "rehearse", "--seconds", "5");
        var with = Program.runWith(ONLY_LEARNED, "up", "--help");

        assertThat(without.exit()).isZero();
        assertThat(without.err()).isEmpty();
        assertThat(refused.exit()).isNotZero();
        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        assertThat(LEARNED).exists();
        assertThat(LEARNED_BY_REGISTRY).exists();
        assertThat(with.exit()).as(with.err()).isZero();
        assertThat(with.out()).startsWith("Usage: vigie up");
    }
}
