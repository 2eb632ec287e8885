package io.vigie.server.page;

import java.util.Optional;

/**
 * Where people say who they are.
 *
 * @param issuer whether they can at an issuer
 * @param tokens whether they can with an API token
 * @param to where they wanted to go
 */
public record LoginView(Frame frame, boolean issuer, boolean tokens, String to, Optional<String> error) {
    /** Where a login at the issuer begins. */
    public String begin() {
        return "/connexion/oidc" + (to.equals("/") ? "" : "?vers=" + Addresses.encoded(to));
    }
}
