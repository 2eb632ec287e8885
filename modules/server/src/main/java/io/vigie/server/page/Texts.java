package io.vigie.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Every word that the pages say in one language, by key. */
final class Texts {
    private static final Texts FRENCH = read(Language.FRENCH);
    private static final Texts ENGLISH = read(Language.ENGLISH);

    private final Map<String, String> byKey;

    private Texts(Map<String, String> byKey) {
        this.byKey = byKey;
    }

    static Texts of(Language language) {
        return switch (language) {
            case FRENCH -> FRENCH;
            case ENGLISH -> ENGLISH;
        };
    }

    /** The text of a key, which must exist. */
    String text(String key) {
        String text = byKey.get(key);
        if (text == null) {
            throw new IllegalArgumentException("no text has the key " + key);
        }
        return text;
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Set<String> keys() {
        return Collections.unmodifiableSet(new TreeSet<>(byKey.keySet()));
    }

    private static Texts read(Language language) {
        String name = "texts_" + language.code() + ".properties";
        try (InputStream in = Texts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the jar");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            var byKey = new HashMap<String, String>();
            properties
                    .stringPropertyNames()
                    .forEach(key -> byKey.put(key, Typography.spaced(properties.getProperty(key), language)));
            return new Texts(Map.copyOf(byKey));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + name, e);
        }
    }
}
