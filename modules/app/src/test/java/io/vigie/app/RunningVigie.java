package io.vigie.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One running {@code vigie up} for all test classes that ask for it: starting one for each would take most of the time.
 * So every test uses ids and words of its own.
 */
public final class RunningVigie implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == VigieProcess.class;
    }

    @Override
    public VigieProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(RunningVigie.class))
                .getOrComputeIfAbsent(Shared.class, _ -> new Shared(), Shared.class)
                .vigie;
    }

    private static final class Shared implements AutoCloseable {
        private final VigieProcess vigie;

        Shared() {
            try {
                vigie = VigieProcess.up(Files.createTempDirectory("vigie-it-"), "index.purge.minutes=0")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            vigie.close();
            try (var files = Files.walk(vigie.data())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
