package io.vigie.app;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs a command in this process, with its streams caught. */
final class SystemStreams {
    private SystemStreams() {}

    static Program.Ran run(String input, String... arguments) {
        var in = System.in;
        var out = System.out;
        var err = System.err;
        var caughtOut = new ByteArrayOutputStream();
        var caughtErr = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
            System.setOut(new PrintStream(caughtOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(caughtErr, true, StandardCharsets.UTF_8));
            int exit = Main.run(arguments);
            return new Program.Ran(
                    exit, caughtOut.toString(StandardCharsets.UTF_8), caughtErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setIn(in);
            System.setOut(out);
            System.setErr(err);
        }
    }
}
