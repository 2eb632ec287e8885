package io.vigie.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of Vigie on free ports and a temporary data directory, known only from outside. */
final class Vigie implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration PROBE_EVERY = Duration.ofMillis(100);

    private final Process process;
    private final Path work;
    private final int kafkaPort;
    private final int registryPort;
    private final VigieHttp http;
    private long readyMillis;

    private Vigie(Process process, Path work, int httpPort, int kafkaPort, int registryPort) {
        this.process = process;
        this.work = work;
        this.kafkaPort = kafkaPort;
        this.registryPort = registryPort;
        this.http = new VigieHttp(httpPort);
        // Also when this process is told to end in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-vigie"));
    }

    /**
     * Starts and returns once it is ready.
     *
     * @param home what {@code vigie build} made: {@code bin}, {@code lib} and {@code registry}
     * @param settings passed with {@code --set}
     * @param javaOptions for its virtual machine
     */
    static Vigie start(Path home, Map<String, String> settings, String javaOptions) throws IOException {
        List<Integer> ports = freePorts(3);
        var all = new LinkedHashMap<>(settings);
        all.put("embedded.kafka.port", ports.get(1).toString());
        all.put("embedded.registry.port", ports.get(2).toString());
        return start(home, "up", Files.createTempDirectory("vigie-bench-"), all, ports, javaOptions);
    }

    /** A {@code vigie serve} over the broker and registry of another process; removes its data when it is closed. */
    static Vigie serve(Path home, Path data, Vigie up, String javaOptions) throws IOException {
        return start(
                home,
                "serve",
                data,
                up.connected(Map.of()),
                List.of(freePorts(1).getFirst(), up.kafkaPort, up.registryPort),
                javaOptions);
    }

    /** Makes the topics of such settings on the broker of another process. */
    static void applyTopics(Path home, Map<String, String> settings, Vigie up) throws IOException {
        var command = new ArrayList<>(
                List.of(home.resolve("bin/vigie").toAbsolutePath().toString(), "topics", "apply"));
        up.connected(settings).forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("VIGIE_JAVA_HOME", System.getProperty("java.home"));
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (exit(process) != 0) {
            throw new IOException("vigie topics apply failed:\n" + said);
        }
    }

    private Map<String, String> connected(Map<String, String> settings) {
        var all = new LinkedHashMap<>(settings);
        all.put("kafka.bootstrap.servers", "127.0.0.1:" + kafkaPort);
        all.put("schema.registry.url", registryUrl());
        return all;
    }

    private static int exit(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    /** A {@code vigie stream} over the broker and registry of another process; its data is kept when it is killed. */
    static Vigie stream(Path home, Path data, Map<String, String> settings, Vigie up, String javaOptions)
            throws IOException {
        return start(
                home,
                "stream",
                data,
                up.connected(settings),
                List.of(freePorts(1).getFirst(), up.kafkaPort, up.registryPort),
                javaOptions);
    }

    private static Vigie start(
            Path home, String role, Path work, Map<String, String> settings, List<Integer> ports, String javaOptions)
            throws IOException {
        var command = new ArrayList<String>();
        command.addAll(List.of(home.resolve("bin/vigie").toAbsolutePath().toString(), role));
        command.addAll(List.of("--data", work.toString()));
        command.addAll(List.of("--set", "http.port=" + ports.get(0)));
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(work).toFile());
        builder.environment().put("VIGIE_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("VIGIE_JAVA_OPTS", javaOptions);
        var vigie = new Vigie(builder.start(), work, ports.get(0), ports.get(1), ports.get(2));
        try {
            vigie.awaitReady();
            return vigie;
        } catch (IOException | RuntimeException e) {
            vigie.close();
            throw e;
        }
    }

    VigieHttp http() {
        return http;
    }

    Map<String, String> kafka() {
        return Map.of("bootstrap.servers", "127.0.0.1:" + kafkaPort);
    }

    String registryUrl() {
        return "http://127.0.0.1:" + registryPort + "/apis/ccompat/v7";
    }

    /** From the start of the process until it said that it is ready. */
    long readyMillis() {
        return readyMillis;
    }

    Usage usage() throws IOException {
        long registry = process.children().findFirst().map(ProcessHandle::pid).orElse(-1L);
        return Usage.now(process.pid(), registry);
    }

    /** Seconds of processor time that its virtual machine spent on compiling so far. */
    double compilingSeconds() throws IOException {
        return Usage.ofThreads(process.pid(), "CompilerThre");
    }

    Memory memory() throws IOException {
        return Memory.of(process.pid());
    }

    private void awaitReady() throws IOException {
        long started = System.nanoTime();
        while (!http.ready()) {
            boolean late = System.nanoTime() - started > READY_MAX.toNanos();
            if (late || !process.isAlive()) {
                throw new IOException("vigie did not get ready:\n" + Files.readString(log(work)));
            }
            Pause.of(PROBE_EVERY);
        }
        readyMillis = Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    /** Ports that were free a moment ago; another program may still take one first. */
    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Ends the process at once, as a lost machine would, and leaves its data. */
    void kill() throws IOException {
        http.close();
        exit(process.destroyForcibly());
    }

    /** Ends the process in order, and removes its data. */
    @Override
    public void close() throws IOException {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteAll(work);
        Files.delete(log(work));
    }

    private static Path log(Path work) {
        return work.resolveSibling(work.getFileName() + ".log");
    }

    static void deleteAll(Path place) throws IOException {
        if (!Files.exists(place)) {
            return;
        }
        try (var files = Files.walk(place)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
