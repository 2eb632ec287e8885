package io.vigie.sink;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a full disk from other failures. Java has no exception of its own for it, so the system's words decide. */
final class DiskFull {
    private static final List<String> WORDS =
            List.of("no space left on device", "disk quota exceeded", "not enough space on the disk");

    private static final int CAUSES_MAX = 20;

    private DiskFull() {}

    /** What to do about a failure, in words for the one who runs it. */
    static String reason(Throwable failure) {
        return isCauseOf(failure)
                ? "the disk of the index is full; make room: writing then goes on by itself, and nothing is lost"
                : String.valueOf(failure.getMessage());
    }

    private static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (cause instanceof IOException && says(cause.getMessage())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean says(@Nullable String message) {
        return message != null && WORDS.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains);
    }
}
