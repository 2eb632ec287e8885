package io.vigie.app.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vigie.app.embedded.DataDirectory;
import io.vigie.app.embedded.EmbeddedRegistry;
import io.vigie.events.TicketEvent;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry ends with its parent however that ends, and what it knew is still there. */
class RegistryRestartIT {
    private static final Duration GONE_MAX = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final int port = RegistryHome.freePort();
    private final List<ProcessHandle> started = new ArrayList<>();

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aKilledParentTakesTheRegistryWithItAndTheIdsStay() throws IOException, InterruptedException {
        var parent = parent("ready");
        int tickets;
        int verbatims;
        try (var schemas =
                SchemaRegistry.of(Map.of(SchemaRegistry.URL, "http://127.0.0.1:" + port + "/apis/ccompat/v7"))) {
            tickets = schemas.register("voc.tickets", TicketEvent.getClassSchema());
            verbatims = schemas.register("voc.verbatims", Verbatim.getClassSchema());
        }
        var firstRegistry = registryProcess();
        parent.destroyForcibly().waitFor();

        await().atMost(GONE_MAX).until(() -> !firstRegistry.isAlive());

        // A registry that is stopped cannot watch its parent: a stand-in for one that hangs.
        var secondParent = parent("started");
        var leftover = registryProcess();
        signal("STOP", leftover);
        secondParent.destroyForcibly().waitFor();
        assertThat(leftover.isAlive()).isTrue();

        requireSameIdsAfterRestart(tickets, verbatims);
        assertThat(leftover.isAlive()).isFalse();
    }

    @Test
    void aKilledRegistryKnowsEveryIdItGaveOut() throws IOException {
        int tickets;
        int verbatims;
        try (var data = DataDirectory.take(directory);
                var registry = EmbeddedRegistry.start(RegistryHome.path(), data, port)) {
            registry.awaitReady();
            try (var schemas = SchemaRegistry.of(Map.of(SchemaRegistry.URL, registry.url()))) {
                tickets = schemas.register("voc.tickets", TicketEvent.getClassSchema());
                verbatims = schemas.register("voc.verbatims", Verbatim.getClassSchema());
                var process = registryProcess();
                process.destroyForcibly();
                process.onExit().join();
            }
        }

        requireSameIdsAfterRestart(tickets, verbatims);
    }

    @Test
    void aProcessThatOnlyHasTheSameNumberIsLeftAlone() throws IOException {
        var bystander = new ProcessBuilder("sleep", "60").start();
        started.add(bystander.toHandle());
        Path known = directory.resolve("registry").resolve("process");
        Files.createDirectories(known.getParent());
        Files.writeString(known, bystander.pid() + " 2001-01-01T00:00:00Z");

        try (var data = DataDirectory.take(directory);
                var registry = EmbeddedRegistry.start(RegistryHome.path(), data, port)) {
            assertThat(registry.alive()).isTrue();
            assertThat(bystander.isAlive()).isTrue();
        }
    }

    /** Asks in the other order: a registry that has forgotten would give the ids the other way round. */
    private void requireSameIdsAfterRestart(int tickets, int verbatims) {
        try (var data = DataDirectory.take(directory);
                var registry = EmbeddedRegistry.start(RegistryHome.path(), data, port)) {
            registry.awaitReady();
            try (var schemas = SchemaRegistry.of(Map.of(SchemaRegistry.URL, registry.url()))) {
                assertThat(schemas.register("voc.verbatims", Verbatim.getClassSchema()))
                        .isEqualTo(verbatims);
                assertThat(schemas.register("voc.tickets", TicketEvent.getClassSchema()))
                        .isEqualTo(tickets);
            }
        }
    }

    /** Starts a process of its own that starts the registry, and waits until it says so. */
    private Process parent(String until) throws IOException {
        var parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RegistryParent.class.getName(),
                        RegistryHome.path().toString(),
                        directory.toString(),
                        Integer.toString(port),
                        until)
                .redirectError(Redirect.INHERIT)
                .start();
        started.add(parent.toHandle());
        try (BufferedReader said = parent.inputReader()) {
            assertThat(said.lines().anyMatch(until::equals))
                    .as("the parent said " + until)
                    .isTrue();
        }
        return parent;
    }

    private ProcessHandle registryProcess() throws IOException {
        String known = Files.readString(directory.resolve("registry").resolve("process"));
        var process = ProcessHandle.of(Long.parseLong(known.split(" ", 2)[0])).orElseThrow();
        started.add(process);
        return process;
    }

    private static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(exit).isZero();
    }
}
