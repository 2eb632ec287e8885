package io.vigie.understanding;

import java.util.Map;
import java.util.TreeMap;

/**
 * Replaces personal data by placeholders. {@link Traces} tells in one walk which searches are worth making, and for most
 * texts none is; every search reads a text once from left to right and looks a bounded way around each candidate, so
 * that no text, however hostile, costs more than linear time.
 */
public final class Redactor {
    /**
     * A text without the personal data that was found in it.
     *
     * @param counts how many placeholders were put in, by name
     */
    record Redaction(String text, Map<String, Integer> counts) {}

    /**
     * A replacement can lay bare a number that its neighbour hid, so a text is read again until nothing changes; each
     * change shortens what is left to find, and real texts are done after one.
     */
    private static final int PASSES_MAX = 8;

    private Redactor() {}

    /** Whether there is personal data in a text, so that a placeholder would take its place. */
    public static boolean masks(String text) {
        return !redact(text).counts().isEmpty();
    }

    static Redaction redact(String text) {
        int searches = Traces.of(text);
        return searches == 0 ? new Redaction(text, Map.of()) : redact(text, searches);
    }

    private static Redaction redact(String text, int searches) {
        var counts = new TreeMap<String, Integer>();
        String redacted = text;
        int worthMaking = searches;
        for (int pass = 0; pass < PASSES_MAX && worthMaking != 0; pass++) {
            String next = once(redacted, worthMaking, counts);
            if (next.equals(redacted)) {
                break;
            }
            redacted = next;
            worthMaking = Traces.of(redacted);
        }
        return new Redaction(redacted, counts);
    }

    private static String once(String text, int searches, Map<String, Integer> counts) {
        String redacted = text;
        for (Search search : Search.ALL) {
            if ((searches & search.bit()) != 0) {
                redacted = replace(redacted, search, counts);
            }
        }
        return redacted;
    }

    private static String replace(String text, Search search, Map<String, Integer> counts) {
        Span found = search.next(text, 0);
        if (found == null) {
            return text;
        }
        Placeholder placeholder = search.placeholder();
        var redacted = new StringBuilder(text.length());
        int from = 0;
        while (found != null) {
            redacted.append(text, from, found.start()).append(placeholder.written());
            counts.merge(placeholder.name(), 1, Integer::sum);
            from = found.end();
            found = search.next(text, from);
        }
        return redacted.append(text, from, text.length()).toString();
    }
}
