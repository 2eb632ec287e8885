package io.vigie.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process in mebibytes: now, and at most since it started. */
record Memory(long residentMib, long peakMib) {
    static Memory of(long process) throws IOException {
        long resident = 0;
        long peak = 0;
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process), "status"))) {
            if (line.startsWith("VmRSS:")) {
                resident = mebibytes(line);
            } else if (line.startsWith("VmHWM:")) {
                peak = mebibytes(line);
            }
        }
        return new Memory(resident, peak);
    }

    private static long mebibytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
}
