package io.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/** What one phase measured, in the order it was added; names carry their units. */
final class Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode figures = JSON.createObjectNode();

    Figures(String phase) {
        figures.put("phase", phase).put("at", Instant.now().toString());
    }

    Figures add(String name, String value) {
        figures.put(name, value);
        return this;
    }

    Figures add(String name, long value) {
        figures.put(name, value);
        return this;
    }

    /** Keeps three digits, which is more than such a measurement is worth. */
    Figures add(String name, double value) {
        double scale = value == 0 ? 1 : Math.pow(10, 2 - Math.floor(Math.log10(Math.abs(value))));
        figures.put(name, Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * scale) / scale);
        return this;
    }

    /** 50th and 99th percentile, maximum and number, in milliseconds. */
    Figures add(String name, Latencies latencies) {
        return add(name + "_p50_ms", latencies.percentile(50))
                .add(name + "_p99_ms", latencies.percentile(99))
                .add(name + "_max_ms", latencies.max())
                .add(name + "_n", latencies.count());
    }

    /** Processor time between two moments, and what the rest of the machine did meanwhile. */
    Figures add(Usage used, long events) {
        return add("vigie_cpu_us_per_event", used.vigie() * 1e6 / Math.max(1, events))
                .add("vigie_cores", used.vigie() / used.seconds())
                .add("registry_cores", used.registry() / used.seconds())
                .add("bench_cores", used.bench() / used.seconds())
                .add("others_percent_of_machine", used.othersPercent());
    }

    Figures add(Memory memory) {
        return add("rss_mib", memory.residentMib()).add("rss_peak_mib", memory.peakMib());
    }

    /** A table for people, then the same as one line of JSON, which is also appended to the file. */
    void print(PrintStream out, Optional<Path> file) throws IOException {
        figures.properties()
                .forEach(figure -> out.printf(
                        "  %-32s %s%n", figure.getKey(), figure.getValue().asText()));
        out.println(figures);
        if (file.isPresent()) {
            Files.writeString(
                    file.get(), figures + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }
}
