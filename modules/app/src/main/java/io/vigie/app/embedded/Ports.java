package io.vigie.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback address. */
public final class Ports {
    static final String LOOPBACK = "127.0.0.1";

    private static final InetAddress LOOPBACK_ADDRESS = InetAddress.ofLiteral(LOOPBACK);

    private Ports() {}

    /**
     * Fails early and by name, where a server would fail late and in its own words.
     *
     * @throws EmbeddedException when another program listens there
     */
    public static void requireFree(int port, String setting) {
        try (var socket = new ServerSocket()) {
            // As the broker and the registry bind: a port that only lingers after a restart is free.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK_ADDRESS, port));
        } catch (BindException e) {
            throw new EmbeddedException(
                    "port " + port + " is taken by another program; choose another with --set " + setting + "=PORT", e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot try port " + port, e);
        }
    }

    /** One that nobody listens on now. */
    public static int free() {
        try (var socket = new ServerSocket(0, 1, LOOPBACK_ADDRESS)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on " + LOOPBACK, e);
        }
    }
}
