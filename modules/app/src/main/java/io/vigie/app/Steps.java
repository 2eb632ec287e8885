package io.vigie.app;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells what is done, step by step, and how long each took. */
final class Steps {
    private final PrintStream out;
    private long started = System.nanoTime();

    Steps(PrintStream out) {
        this.out = out;
    }

    void told(String done) {
        long now = System.nanoTime();
        double seconds = Duration.ofNanos(now - started).toMillis() / 1e3;
        started = now;
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, done);
    }
}
