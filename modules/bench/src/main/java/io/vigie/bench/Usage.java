package io.vigie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Processor time spent so far, as Linux accounts it, in seconds; the difference of two is what was used between them.
 *
 * @param atNanos when, by {@link System#nanoTime}
 * @param vigie the product: broker, stream, index and HTTP in one process, user and system time
 * @param registry the embedded registry's own process
 * @param bench this process, which makes the load
 * @param machine all processes of the machine together
 */
record Usage(long atNanos, double vigie, double registry, double bench, double machine) {
    /** The unit of processor time in {@code /proc}, fixed by Linux for programs. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    static Usage now(long vigie, long registry) throws IOException {
        return new Usage(
                System.nanoTime(),
                of(vigie),
                registry < 0 ? 0 : of(registry),
                of(ProcessHandle.current().pid()),
                ofMachine());
    }

    Usage since(Usage earlier) {
        return new Usage(
                atNanos - earlier.atNanos,
                vigie - earlier.vigie,
                registry - earlier.registry,
                bench - earlier.bench,
                machine - earlier.machine);
    }

    double seconds() {
        return atNanos / 1e9;
    }

    /** The share of the whole machine that processes other than ours took, in percent. */
    double othersPercent() {
        double ours = vigie + registry + bench;
        return Math.max(0, machine - ours) / (seconds() * Runtime.getRuntime().availableProcessors()) * 100;
    }

    static double loadAverage() throws IOException {
        return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    /** Seconds of processor time of those threads of a process that live, and whose name holds this. */
    static double ofThreads(long process, String name) throws IOException {
        double seconds = 0;
        try (var tasks = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            for (Path task : tasks.toList()) {
                String stat = stat(task);
                seconds += stat.contains(name) ? seconds(stat) : 0;
            }
        }
        return seconds;
    }

    private static String stat(Path task) throws IOException {
        try {
            return Files.readString(task.resolve("stat"));
        } catch (NoSuchFileException e) {
            // Ended since it was listed.
            return "";
        }
    }

    private static double of(long process) throws IOException {
        return seconds(Files.readString(Path.of("/proc", Long.toString(process), "stat")));
    }

    private static double seconds(String stat) {
        // The program's name stands in parentheses before and may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
    }

    private static double ofMachine() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split("\\s+", -1);
        long busy = 0;
        for (int i = 1; i <= STOLEN; i++) {
            busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return busy / TICKS_PER_SECOND;
    }
}
