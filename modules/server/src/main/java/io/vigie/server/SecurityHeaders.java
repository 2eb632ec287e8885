package io.vigie.server;

import java.util.HashMap;
import java.util.Map;

/** What browsers are told about every response. */
final class SecurityHeaders {
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
                            + " frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "X-Frame-Options", "DENY");

    /** For whatever a customer's words may be in. */
    static final Map<String, String> DATA = with("no-store");

    /** For the page itself, which holds no data and must follow an upgrade at once. */
    static final Map<String, String> PAGE = with("no-cache");

    private SecurityHeaders() {}

    private static Map<String, String> with(String cacheControl) {
        var headers = new HashMap<>(ALWAYS);
        headers.put("Cache-Control", cacheControl);
        return Map.copyOf(headers);
    }
}
