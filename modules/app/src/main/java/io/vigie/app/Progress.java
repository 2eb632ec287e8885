package io.vigie.app;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A progress bar on one line of a terminal; silent where nobody looks. */
final class Progress {
    private static final int WIDTH = 30;
    private static final Duration REDRAW = Duration.ofMillis(100);

    private final PrintStream out;
    private final boolean shown;
    private final long started = System.nanoTime();
    private long drawn = started - REDRAW.toNanos();

    Progress(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** @param done from 0 to 1 */
    void at(Path file, double done, long lines) {
        long now = System.nanoTime();
        if (shown && now - drawn >= REDRAW.toNanos()) {
            drawn = now;
            draw(file, done, lines, now);
        }
    }

    void end(Path file, long lines) {
        if (shown) {
            draw(file, 1, lines, System.nanoTime());
            out.println();
        }
    }

    private void draw(Path file, double done, long lines, long now) {
        int full = (int) Math.round(done * WIDTH);
        double seconds = Math.max(1e-3, (now - started) / 1e9);
        out.printf(
                Locale.ROOT,
                "\r%s [%s%s] %3.0f %%  %,d lines, %,.0f a second ",
                file.getFileName(),
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                done * 100,
                lines,
                lines / seconds);
        out.flush();
    }
}
