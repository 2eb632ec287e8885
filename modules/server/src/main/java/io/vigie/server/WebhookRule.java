package io.vigie.server;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses may be posted to. Whoever may save a search chooses an address, and must not reach through this process
 * what only this process can reach: so only public addresses are taken, and those that an operator allows by name.
 *
 * <p>It is asked again right before each delivery: a name may lead elsewhere by then. Between that and the connection the
 * JVM keeps the answer of the name service, for 30 seconds unless it was told otherwise.
 */
public final class WebhookRule {
    static final int LENGTH_MAX = 2_000;

    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** What is neither private nor special to Java, and yet not public: RFC 6890 and its successors. */
    private static final List<Network> SPECIAL = List.of(
            network("0.0.0.0/8"),
            network("100.64.0.0/10"),
            network("192.0.0.0/24"),
            network("192.0.2.0/24"),
            network("198.18.0.0/15"),
            network("198.51.100.0/24"),
            network("203.0.113.0/24"),
            network("240.0.0.0/4"),
            network("fc00::/7"),
            // These hold an IPv4 address, which may be any.
            network("::/96"),
            network("64:ff9b::/96"),
            network("64:ff9b:1::/48"),
            network("2001::/32"),
            network("2002::/16"));

    private final Set<String> names = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();

    /**
     * A rule that allows more than public addresses.
     *
     * @param allowed host names, addresses and networks such as {@code 10.1.0.0/16}
     * @throws IllegalArgumentException when a network cannot be read; the message says which
     */
    public WebhookRule(Set<String> allowed) {
        for (String each : allowed) {
            if (each.contains("/")) {
                networks.add(network(each));
            } else {
                literal(each)
                        .ifPresentOrElse(
                                address -> networks.add(
                                        new Network(address.getAddress(), address.getAddress().length * 8)),
                                () -> names.add(each.toLowerCase(Locale.ROOT)));
            }
        }
    }

    /** Why an address may not be posted to, as a sentence for its user; empty when it may. Asks the name service. */
    Optional<String> refuses(String url) {
        if (url.length() > LENGTH_MAX) {
            return Optional.of("it has more than " + LENGTH_MAX + " characters");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("it is no address: " + e.getReason() + " at column " + (e.getIndex() + 1));
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || uri.getHost() == null) {
            return Optional.of("it is not http:// or https:// with a host");
        }
        if (uri.getUserInfo() != null) {
            return Optional.of("it holds a user or a password before the host");
        }
        return names.contains(uri.getHost().toLowerCase(Locale.ROOT)) ? Optional.empty() : refusesHost(uri.getHost());
    }

    private Optional<String> refusesHost(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                boolean allowed = networks.stream().anyMatch(network -> network.holds(address));
                if (!allowed && !isPublic(address)) {
                    return Optional.of("it leads to an address that is not public; an operator can allow its host with"
                            + " alerts.webhook.allow");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("its host is not known");
        }
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && SPECIAL.stream().noneMatch(network -> network.holds(address));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Network network(String text) {
        String[] parts = text.split("/", 2);
        Optional<InetAddress> address = literal(parts[0]);
        if (address.isPresent() && parts.length == 2 && parts[1].matches("[0-9]{1,3}")) {
            byte[] bytes = address.get().getAddress();
            int bits = Integer.parseInt(parts[1]);
            if (bits <= bytes.length * 8) {
                return new Network(bytes, bits);
            }
        }
        throw new IllegalArgumentException(text + " is no network such as 10.1.0.0/16");
    }

    /** All addresses that begin with the same bits. */
    private static final class Network {
        private final byte[] start;
        private final int bits;

        Network(byte[] start, int bits) {
            this.start = start.clone();
            this.bits = bits;
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            if (bytes.length != start.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (start[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
