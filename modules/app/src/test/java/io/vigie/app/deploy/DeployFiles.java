package io.vigie.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy/}, as trees and as texts. */
final class DeployFiles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = folder();

    private DeployFiles() {}

    static JsonNode compose() {
        return yaml(FOLDER.resolve("compose.yaml"));
    }

    static JsonNode prometheus() {
        return yaml(FOLDER.resolve("prometheus/prometheus.yml"));
    }

    static JsonNode rules() {
        return yaml(FOLDER.resolve("prometheus/rules/vigie.yml"));
    }

    static JsonNode ruleTests() {
        return yaml(FOLDER.resolve("prometheus/rules/vigie_test.yml"));
    }

    static JsonNode dashboard() {
        try {
            return JSON.readTree(text("grafana/dashboards/vigie.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return read(FOLDER.resolve(name));
    }

    static List<Path> yamls() {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().matches(".*\\.ya?ml")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key that is there twice is an error: the first one would be lost without a word. */
    static JsonNode yaml(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Object tree = new Yaml(new SafeConstructor(options)).load(read(file));
        return JSON.valueToTree(tree);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Upwards from where the test runs: the module's folder under Maven, any folder in an editor. */
    private static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("deploy/compose.yaml"))) {
                return at.resolve("deploy");
            }
        }
        throw new IllegalStateException(
                "no deploy/compose.yaml above " + Path.of("").toAbsolutePath());
    }
}
