package io.vigie.app.registry;

import io.vigie.app.embedded.DataDirectory;
import io.vigie.app.embedded.EmbeddedRegistry;
import java.nio.file.Path;

/**
 * A process that starts the embedded registry, says so, and waits for its end. Arguments: the registry's program, the data
 * directory, the port, and {@code started} or {@code ready}: what to wait for before saying so.
 */
final class RegistryParent {
    private RegistryParent() {}

    public static void main(String[] args) throws InterruptedException {
        var data = DataDirectory.take(Path.of(args[1]));
        var registry = EmbeddedRegistry.start(Path.of(args[0]), data, Integer.parseInt(args[2]));
        if (args[3].equals("ready")) {
            registry.awaitReady();
        }
        System.out.println(args[3]);
        Thread.currentThread().join();
    }
}
