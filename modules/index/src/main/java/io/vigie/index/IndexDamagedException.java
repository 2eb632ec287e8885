package io.vigie.index;

import java.util.List;

/** Files of the index are damaged or missing, so that it can only be built anew or restored; the message names them. */
public final class IndexDamagedException extends IndexUnusableException {
    private static final long serialVersionUID = 1L;

    /** More would be a page nobody reads; {@code vigie index check} names them all. */
    private static final int NAMED_MAX = 3;

    IndexDamagedException(String message) {
        super(message);
    }

    IndexDamagedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The first few of several damages in one sentence. */
    static String named(List<Damage> damages) {
        String named = String.join(
                "; ", damages.stream().limit(NAMED_MAX).map(Damage::toString).toList());
        int more = damages.size() - NAMED_MAX;
        return more > 0 ? named + "; and " + more + " more" : named;
    }
}
