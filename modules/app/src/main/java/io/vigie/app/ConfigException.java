package io.vigie.app;

import java.util.List;

/** The configuration cannot be used; the message lists everything that is wrong with it. */
final class ConfigException extends RuntimeException {
    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
