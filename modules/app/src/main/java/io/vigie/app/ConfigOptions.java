package io.vigie.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the configuration comes from; the same for every command that has one. */
final class ConfigOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings from FILE (default: vigie.properties, if there is one).")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set one thing, over file and environment (VIGIE_HTTP_PORT is http.port). May be repeated.")
    private Map<String, String> sets = new LinkedHashMap<>();

    @Option(names = "--data", paramLabel = "DIR", description = "Keep everything in DIR (default: data).")
    private @Nullable String data;

    Config read() {
        return read(Map.of());
    }

    /** @param defaults of the command, over those of every command; file, environment and options win over them */
    Config read(Map<String, String> defaults) {
        var all = new LinkedHashMap<>(sets);
        if (data != null) {
            all.put(ConfigKey.DATA_DIR.key(), data);
        }
        return ConfigReader.read(defaults, Optional.ofNullable(file), Main.environment(), all);
    }
}
