package io.vigie.server.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Writes values into addresses. */
public final class Addresses {
    private Addresses() {}

    /** Fit for a path as well as for a parameter. */
    public static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
