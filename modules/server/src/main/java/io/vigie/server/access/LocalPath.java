package io.vigie.server.access;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a login leads to: a page of this server, whatever the address says. */
public final class LocalPath {
    private static final int LENGTH_MAX = 4_000;

    private LocalPath() {}

    /** The path with its parameters as it was given, or {@code otherwise} when it could lead anywhere else. */
    public static String of(String wanted, String otherwise) {
        return isLocal(wanted) ? wanted : otherwise;
    }

    /** Browsers take {@code \} for {@code /} and leave out tabs and line ends: none of them may stand in it. */
    private static boolean isLocal(String wanted) {
        if (wanted.length() > LENGTH_MAX
                || !wanted.startsWith("/")
                || wanted.startsWith("//")
                || wanted.chars().anyMatch(each -> each <= ' ' || each == '\\' || each >= 0x7f)) {
            return false;
        }
        try {
            var uri = new URI(wanted);
            return uri.getScheme() == null && uri.getRawAuthority() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
