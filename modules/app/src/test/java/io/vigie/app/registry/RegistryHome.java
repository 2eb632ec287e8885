package io.vigie.app.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Where the registry's program lies, and where it may listen. */
final class RegistryHome {
    private RegistryHome() {}

    static Path path() {
        return Path.of(System.getProperty("vigie.home", "target/vigie")).resolve("registry");
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
