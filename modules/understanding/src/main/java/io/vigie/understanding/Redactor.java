package io.vigie.understanding;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data by placeholders. Every detector reads a text once from left to right and looks a bounded way
 * around each candidate, so that no text, however hostile, costs more than linear time.
 */
final class Redactor {
    /**
     * A text without the personal data that was found in it.
     *
     * @param counts how many placeholders were put in, by name
     */
    record Redaction(String text, Map<String, Integer> counts) {}

    /** Finds one kind of personal data. */
    interface Detector {
        /** The first one at or after an offset. */
        @Nullable
        Span next(String text, int from);
    }

    /**
     * A replacement can lay bare a number that its neighbour hid, so a text is read again until nothing changes; each
     * change shortens what is left to find, and real texts are done after one.
     */
    private static final int PASSES_MAX = 8;

    private static final int PHONE_DIGITS_MIN = 8;

    private static final Map<Placeholder, Detector> DETECTORS = detectors();

    private Redactor() {}

    static Redaction redact(String text) {
        var counts = new TreeMap<String, Integer>();
        String redacted = text;
        for (int pass = 0; pass < PASSES_MAX && mayHold(redacted); pass++) {
            String next = once(redacted, counts);
            if (next.equals(redacted)) {
                break;
            }
            redacted = next;
        }
        return new Redaction(redacted, counts);
    }

    /** Most texts hold neither an at sign nor enough digits, and are done here. */
    private static boolean mayHold(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@' || (DigitRun.value(c) >= 0 && ++digits >= PHONE_DIGITS_MIN)) {
                return true;
            }
        }
        return false;
    }

    private static String once(String text, Map<String, Integer> counts) {
        String redacted = text;
        for (var entry : DETECTORS.entrySet()) {
            redacted = replace(redacted, entry.getKey(), entry.getValue(), counts);
        }
        return redacted;
    }

    private static String replace(
            String text, Placeholder placeholder, Detector detector, Map<String, Integer> counts) {
        Span found = detector.next(text, 0);
        if (found == null) {
            return text;
        }
        var redacted = new StringBuilder(text.length());
        int from = 0;
        while (found != null) {
            redacted.append(text, from, found.start()).append(placeholder.written());
            counts.merge(placeholder.name(), 1, Integer::sum);
            from = found.end();
            found = detector.next(text, from);
        }
        return redacted.append(text, from, text.length()).toString();
    }

    /** In the order in which they look: an IBAN and a card hold what would pass for a phone number. */
    private static Map<Placeholder, Detector> detectors() {
        var detectors = new EnumMap<Placeholder, Detector>(Placeholder.class);
        detectors.put(Placeholder.EMAIL, Emails::next);
        detectors.put(Placeholder.IBAN, Ibans::next);
        detectors.put(Placeholder.CARD, Cards::next);
        detectors.put(Placeholder.PHONE, PhoneNumbers::next);
        return detectors;
    }
}
