package io.vigie.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The packaged program, run through the launcher that its users run: a process of its own with the test's Java. */
final class Program {
    static final Path HOME = Path.of(System.getProperty("vigie.home", "target/vigie"));
    private static final Path OUTPUT = Path.of("target", "it-output");
    private static final Duration COMMAND_MAX = Duration.ofMinutes(3);

    private Program() {}

    /** How a command ended, and what it said. */
    record Ran(int exit, String out, String err) {}

    /** Starts a command, whose words go to {@code output}. The launcher becomes Java, so the process is the program. */
    static Process start(Path output, List<String> arguments) {
        try {
            return prepared(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ran run(String... arguments) {
        return runFed("", arguments);
    }

    /** Runs a command to its end, with {@code input} on its standard input. */
    static Ran runFed(String input, String... arguments) {
        return run(input, Map.of(), arguments);
    }

    static Ran runWith(Map<String, String> environment, String... arguments) {
        return run("", environment, arguments);
    }

    private static Ran run(String input, Map<String, String> environment, String... arguments) {
        try {
            Path in = output("in");
            Path out = output("out");
            Path err = output("err");
            Files.writeString(in, input);
            var builder = prepared(Arrays.asList(arguments))
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(COMMAND_MAX.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + String.join(" ", arguments));
            }
            return new Ran(process.exitValue(), read(out), read(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** A new file that is kept after the test, for whoever must find out why it failed. */
    static Path output(String suffix) {
        try {
            Files.createDirectories(OUTPUT);
            return Files.createTempFile(OUTPUT, "vigie-", "." + suffix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A port nobody listens on, below those that the system gives to clients: while the program is down, a client that
     * keeps knocking must not be given the very port it knocks at.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
    }

    private static ProcessBuilder prepared(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(HOME.resolve("bin/vigie").toAbsolutePath().toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("VIGIE_"));
        builder.environment().put("VIGIE_JAVA_HOME", System.getProperty("java.home"));
        // A server of a test ends before what the optimising compiler does for it has paid; half of its start is that.
        builder.environment().put("VIGIE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        return builder;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
