package io.vigie.app;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the program itself lies: the directory with {@code lib/} and {@code registry/}. */
final class Home {
    private Home() {}

    /** The system property {@code vigie.home}, or the directory above the one of our jar. */
    static Path find() {
        String set = System.getProperty("vigie.home");
        if (set != null) {
            return Path.of(set).toAbsolutePath();
        }
        try {
            Path jar = Path.of(Home.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
            return jar.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot tell where the program lies; set -Dvigie.home", e);
        }
    }
}
