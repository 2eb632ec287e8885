package io.vigie.server;

/** The server cannot start; the message is one sentence that names the setting to change. */
public final class ServerException extends Exception {
    ServerException(String message) {
        super(message);
    }

    ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
