package io.vigie.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
final class NearestName {
    private static final int LENGTH_MAX = 64;

    private NearestName() {}

    /** The known name closest to the given one, when it is close enough to be a slip. */
    static Optional<String> to(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        String lower = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= slipMax(lower, name))
                .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))));
    }

    private static int slipMax(String given, String name) {
        return Math.max(1, Math.max(given.length(), name.length()) / 3);
    }

    /** How many characters to insert, delete or change (Levenshtein), in two rows. */
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(before[j], row[j - 1]) + 1);
            }
            before = row;
        }
        return before[b.length()];
    }
}
