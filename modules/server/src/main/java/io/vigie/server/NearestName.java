package io.vigie.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name was meant. */
final class NearestName {
    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /** The known name closest to the given one, when it is close enough to be a slip. */
    static Optional<String> to(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(given, name) <= slipMax(given, name))
                .min(Comparator.comparingInt(name -> distance(given, name)));
    }

    private static int slipMax(String given, String name) {
        return Math.max(1, Math.max(given.length(), name.length()) / 3);
    }

    private static int distance(String given, String name) {
        return LevenshteinDistance.getDefaultInstance()
                .apply(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }
}
