package io.vigie.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files that pages ask for. Their addresses hold a hash of all of them, so that browsers may keep them for ever and
 * scripts find each other beside themselves; an upgrade changes every address.
 */
public final class Assets {
    public static final String PREFIX = "/assets/";

    private static final String HTMX = "htmx.js";
    private static final String HTMX_FILE = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";
    private static final int HASH_DIGITS = 12;

    private static final Map<String, Asset> BY_NAME = read();
    private static final String BASE = PREFIX + hash() + "/";

    private Assets() {}

    /** One file. */
    public static final class Asset {
        private final String mediaType;
        private final byte[] body;

        private Asset(String mediaType, byte[] body) {
            this.mediaType = mediaType;
            this.body = body;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Not to be changed. */
        public byte[] body() {
            return body;
        }
    }

    /** The address of a file, which must exist. */
    public static String address(String name) {
        if (!BY_NAME.containsKey(name)) {
            throw new IllegalArgumentException("no asset is called " + name);
        }
        return BASE + name;
    }

    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** A file by its name; it must exist. */
    public static Asset asset(String name) {
        Asset asset = BY_NAME.get(name);
        if (asset == null) {
            throw new IllegalArgumentException("no asset is called " + name);
        }
        return asset;
    }

    private static Map<String, Asset> read() {
        var files = new LinkedHashMap<String, Asset>();
        for (String name : lines("assets/list.txt")) {
            files.put(name, new Asset(mediaType(name), bytes("assets/" + name)));
        }
        files.put(HTMX, new Asset(mediaType(HTMX), bytes(HTMX_FILE)));
        return files;
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css;charset=utf-8";
            case "js" -> "text/javascript;charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalStateException("no media type is known for " + name);
        };
    }

    private static List<String> lines(String file) {
        return new String(bytes(file), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("resource " + file + " is missing from the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + file, e);
        }
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            BY_NAME.forEach((name, asset) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(asset.body());
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
