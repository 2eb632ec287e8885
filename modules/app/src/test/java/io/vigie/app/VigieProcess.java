package io.vigie.app;

import static org.awaitility.Awaitility.await;

import io.vigie.events.serde.SchemaRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** A server of the packaged program as a child process, which can be stopped, killed and started again on the same data. */
public final class VigieProcess implements AutoCloseable {
    static final Duration READY_MAX = Duration.ofMinutes(2);

    private static final Duration END_MAX = Duration.ofSeconds(60);
    private static final int TAIL_LINES = 30;

    private final String role;
    private final Path data;
    private final List<String> settings;
    private final int httpPort = Program.freePort();
    private final int kafkaPort = Program.freePort();
    private final int registryPort = Program.freePort();
    private final Path output;
    private final VigieHttp http = new VigieHttp(httpPort);
    private @Nullable Process process;

    private VigieProcess(String role, Path data, String... settings) {
        this.role = role;
        this.data = data;
        this.settings = List.of(settings);
        this.output = Program.output(role + ".log");
    }

    /** {@code vigie up}, not started yet. Settings are {@code key=value}. */
    static VigieProcess up(Path data, String... settings) {
        return new VigieProcess("up", data, settings);
    }

    /** {@code vigie demo}, {@code vigie stream} or {@code vigie serve}, not started yet. */
    static VigieProcess role(String role, Path data, String... settings) {
        return new VigieProcess(role, data, settings);
    }

    public VigieHttp http() {
        return http;
    }

    Path data() {
        return data;
    }

    int httpPort() {
        return httpPort;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + kafkaPort;
    }

    String registryUrl() {
        return "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7";
    }

    /** The registry of a running {@code vigie up}; the caller closes it. */
    SchemaRegistry schemas() {
        return SchemaRegistry.of(Map.of(SchemaRegistry.URL, registryUrl(), SchemaRegistry.AUTO_REGISTER, "false"));
    }

    /**
     * Starts it and returns at once.
     *
     * @param more options, besides those of every start
     */
    VigieProcess launch(String... more) {
        var arguments = new ArrayList<>(List.of(role));
        arguments.addAll(Arrays.asList(more));
        arguments.addAll(options());
        process = Program.start(output, arguments);
        return this;
    }

    /** As {@link #launch}, and returns once it is ready for work. */
    VigieProcess start(String... more) {
        launch(more);
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(READY_MAX)
                    .until(() -> !alive() || http.ready());
        } catch (ConditionTimeoutException e) {
            dumpThreads();
            throw new AssertionError(
                    "vigie " + role + " is not ready: " + http.get("/health/ready") + "\n" + tail(), e);
        }
        if (!alive()) {
            throw new AssertionError("vigie " + role + " ended instead of getting ready: " + tail());
        }
        return this;
    }

    boolean alive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL, of this one process only. */
    void kill() {
        running().destroyForcibly();
        exit();
    }

    /** SIGSTOP: it stands still, and its connections stay. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** SIGTERM; the exit code. */
    int stop() {
        running().destroy();
        return exit();
    }

    /** Waits for the end of its own accord or by a signal; the exit code. */
    int exit() {
        try {
            if (!running().waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
                running().destroyForcibly();
                throw new AssertionError("vigie " + role + " did not end: " + tail());
            }
            return running().exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Runs another command with this one's settings, as somebody at the same machine would. */
    Program.Ran command(String... words) {
        var arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(options());
        return Program.run(arguments.toArray(String[]::new));
    }

    /** The options that make any command talk to this process. */
    List<String> options() {
        var options = new ArrayList<String>(List.of("--data", data.toString()));
        var all = new ArrayList<>(List.of(
                "http.port=" + httpPort,
                "embedded.kafka.port=" + kafkaPort,
                "embedded.registry.port=" + registryPort,
                "kafka.bootstrap.servers=" + bootstrapServers(),
                "schema.registry.url=" + registryUrl(),
                // Fewer than users have: each start opens every store of each partition, and two can go wrong as four
                // can.
                "topics.partitions=2"));
        all.addAll(settings);
        all.forEach(setting -> options.addAll(List.of("--set", setting)));
        return options;
    }

    /** The embedded registry's process, as far as this data directory knows it. */
    Optional<ProcessHandle> registryProcess() {
        try {
            Path known = data.resolve("registry").resolve("process");
            return Files.exists(known)
                    ? ProcessHandle.of(
                            Long.parseLong(Files.readString(known).strip().split(" ", 2)[0]))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything it has said since the first start. */
    String said() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Into its own output, for whoever must find out why it hangs. */
    private void dumpThreads() {
        signal("QUIT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(running().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        var lines = said().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    @Override
    public void close() {
        if (alive()) {
            kill();
        }
        registryProcess()
                .ifPresent(
                        registry -> await("the registry's end").atMost(END_MAX).until(() -> !registry.isAlive()));
        http.close();
    }
}
