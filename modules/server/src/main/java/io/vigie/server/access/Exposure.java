package io.vigie.server.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * How far a server may be reached.
 *
 * @param asks whether everybody is asked who he is
 * @param https whether people reach it over TLS, which a proxy in front ends
 * @param insecure whether the operator accepts that tokens and customers' words cross the network in clear
 */
public record Exposure(boolean asks, boolean https, boolean insecure) {
    /** This machine only, and nobody is asked. */
    public static final Exposure LOOPBACK = new Exposure(false, false, false);

    /** Why it may not listen there, naming the setting to change; empty when it may. */
    public Optional<String> refuses(String host) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return Optional.empty();
            }
        } catch (UnknownHostException e) {
            return Optional.of("http.host is " + host + ", which is no known host; set it to 127.0.0.1");
        }
        if (!asks) {
            return Optional.of(
                    "http.host is " + host + ", which other machines can reach, and nobody is asked who he is;"
                            + " set http.host to 127.0.0.1, or say who may come in with access.tokens or access.oidc.issuer");
        }
        if (!https && !insecure) {
            return Optional.of("http.host is " + host + ", which other machines can reach, and tokens would cross the"
                    + " network in clear; put a proxy that ends TLS in front and set http.public.url to its https"
                    + " address, or accept it with access.insecure=true");
        }
        return Optional.empty();
    }
}
