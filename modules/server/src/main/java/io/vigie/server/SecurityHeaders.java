package io.vigie.server;

import java.util.HashMap;
import java.util.Map;

/** What browsers are told about every response. */
final class SecurityHeaders {
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                            + " connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
                            + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default",
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "X-Frame-Options", "DENY");

    /** For whatever a customer's words may be in. */
    static final Map<String, String> DATA = with("no-store", "no-referrer");

    /**
     * For pages, which are full of customers' words. Our own pages are told where a browser comes from: without that it
     * sends forms as from nowhere.
     */
    static final Map<String, String> PAGE = with("no-store", "same-origin");

    /** For files whose address changes with what is in them. */
    static final Map<String, String> ASSET = with("public, max-age=31536000, immutable", "no-referrer");

    private SecurityHeaders() {}

    private static Map<String, String> with(String cacheControl, String referrers) {
        var headers = new HashMap<>(ALWAYS);
        headers.put("Cache-Control", cacheControl);
        headers.put("Referrer-Policy", referrers);
        return Map.copyOf(headers);
    }
}
