package io.vigie.app.embedded;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Apicurio Registry as a child process. Its schemas lie in an H2 file, so ids stay the same over restarts.
 *
 * <p>The child watches this process and ends with it. Should one be left over all the same, the next start on the same
 * data directory ends it: it is known by its process id and start time, so never another program's.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedRegistry.class);

    private static final String MAIN = "io.quarkus.runner.GeneratedMain";
    /** Where its jars lie; the classes that its build has changed come before those they were made from. */
    private static final List<String> JARS = List.of("quarkus", "app", "lib/boot", "lib/main");

    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(10);
    /** The JVM writes down what it learned as it ends. */
    private static final Duration LEARNED_MAX = Duration.ofMinutes(2);

    private static final Duration PROBE_EVERY = Duration.ofMillis(50);

    private final int port;
    private final int managementPort;
    private final Path logFile;
    private final Process process;
    private final Duration stopMax;

    private EmbeddedRegistry(int port, int managementPort, Path logFile, Process process, Duration stopMax) {
        this.port = port;
        this.managementPort = managementPort;
        this.logFile = logFile;
        this.process = process;
        this.stopMax = stopMax;
    }

    /**
     * Starts the child and returns at once, so that other things can start meanwhile; see {@link #awaitReady}.
     *
     * @param home where the registry's program lies
     * @throws EmbeddedException when the port is taken or the program is missing
     */
    public static EmbeddedRegistry start(Path home, DataDirectory data, int port) {
        Path learned = learned(home);
        return start(
                home, data, port, Files.exists(learned) ? List.of("-XX:AOTCache=" + learned) : List.of(), STOP_MAX);
    }

    /**
     * As {@link #start}, and the JVM watches what it does, so that later starts are fast (JEP 483 and 514): it writes that
     * beside the program as it ends, which takes {@link #close} some seconds.
     */
    public static EmbeddedRegistry rehearse(Path home, DataDirectory data, int port) {
        return start(home, data, port, List.of("-XX:AOTCacheOutput=" + learned(home)), LEARNED_MAX);
    }

    private static Path learned(Path home) {
        return home.resolve("registry.aot").toAbsolutePath();
    }

    private static EmbeddedRegistry start(
            Path home, DataDirectory data, int port, List<String> learning, Duration stopMax) {
        Path directory = data.registry().toAbsolutePath();
        try {
            String classPath = classPath(home);
            Files.createDirectories(directory);
            endLeftover(directory.resolve("process"));
            Ports.requireFree(port, "embedded.registry.port");
            int managementPort = Ports.free();
            Path logFile = directory.resolve("registry.log");
            var process = new ProcessBuilder(command(learning, classPath, directory, port, managementPort))
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile.toFile())
                    .start();
            Files.writeString(directory.resolve("process"), identity(process.toHandle()));
            return new EmbeddedRegistry(port, managementPort, logFile, process, stopMax);
        } catch (IOException e) {
            throw new EmbeddedException("the embedded registry cannot start in " + directory + ": " + e, e);
        }
    }

    /** Where Confluent's clients find it. */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port + "/apis/ccompat/v7";
    }

    /**
     * Returns when the registry answers.
     *
     * @throws EmbeddedException when its process ends or takes longer than two minutes
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + READY_MAX.toNanos();
        var probe = HttpRequest.newBuilder(
                        URI.create("http://" + Ports.LOOPBACK + ":" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http, probe)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new EmbeddedException("the embedded registry did not get ready; see " + logFile);
                }
                Thread.sleep(PROBE_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while the registry started", e);
        }
    }

    public boolean alive() {
        return process.isAlive();
    }

    private static boolean answers(HttpClient http, HttpRequest probe) throws InterruptedException {
        try {
            return http.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Relative to {@code home}; the same at every start, for what was learned holds for this class path only. */
    private static String classPath(Path home) throws IOException {
        var jars = new ArrayList<String>();
        for (String each : JARS) {
            Path directory = home.resolve(each);
            if (!Files.isDirectory(directory)) {
                throw new EmbeddedException("the registry's program is missing: " + directory.toAbsolutePath()
                        + "; build with ./vigie build");
            }
            try (var files = Files.list(directory)) {
                files.map(file -> home.relativize(file).toString())
                        .filter(name -> name.endsWith(".jar"))
                        .sorted()
                        .forEach(jars::add);
            }
        }
        jars.add(ownClassPath().toString());
        return String.join(File.pathSeparator, jars);
    }

    private static List<String> command(
            List<String> learning, String classPath, Path directory, int port, int managementPort) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A registry of a dozen schemas needs no more than this, and no optimising compiler.
        command.addAll(
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(learning);
        command.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off", "--add-opens=java.base/java.lang=ALL-UNNAMED"));
        command.addAll(List.of(
                "-Dquarkus.http.host=" + Ports.LOOPBACK,
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.management.host=" + Ports.LOOPBACK,
                "-Dquarkus.management.port=" + managementPort,
                "-Dquarkus.http.access-log.enabled=false",
                // H2 would write half a second after it has answered; an id once given out must outlive a kill.
                "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0",
                "-Dapicurio.datasource.jdbc.initial-size=1",
                "-Dapicurio.datasource.jdbc.min-size=1",
                "-Dapicurio.rules.global.compatibility=BACKWARD_TRANSITIVE"));
        command.addAll(List.of("-cp", classPath, RegistryChild.class.getName()));
        command.addAll(List.of(Long.toString(ProcessHandle.current().pid()), MAIN));
        return command;
    }

    private static Path ownClassPath() {
        try {
            return Path.of(RegistryChild.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("where am I?", e);
        }
    }

    private static void endLeftover(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        String[] known = Files.readString(file).strip().split(" ", 2);
        if (!known[0].matches("[0-9]{1,10}")) {
            return;
        }
        var leftover = ProcessHandle.of(Long.parseLong(known[0]))
                .filter(handle -> identity(handle).equals(String.join(" ", known)));
        if (leftover.isPresent()) {
            log.warn("ending a registry left over from an earlier run: pid={}", known[0]);
            leftover.get().destroyForcibly();
            await(leftover.get());
        }
        Files.delete(file);
    }

    private static String identity(ProcessHandle handle) {
        return handle.pid() + " "
                + handle.info().startInstant().map(Instant::toString).orElse("?");
    }

    private static void await(ProcessHandle handle) {
        handle.onExit()
                .completeOnTimeout(handle, STOP_MAX.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(stopMax.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
