package io.vigie.server;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether what was decided has helped: the share of a theme among the verbatims of its offer, held against itself over equal
 * windows before and after the decision took effect.
 *
 * @param change what is held against each other
 * @param verdict what that says
 * @param reason why
 */
record Recurrence(Windows windows, RateChange change, Verdict verdict, Reason reason) {
    /** How often a window that is over is called improved, or worse, by chance; at most. */
    static final double LEVEL = 0.025;
    /**
     * The same before the window's end, where one may look every day: so small that the looks together hardly add to
     * {@link #LEVEL}. J. L. Haybittle, 1971; R. Peto and others, 1976.
     */
    static final double EARLY_LEVEL = 0.0005;

    enum Verdict {
        IMPROVED,
        NOT_IMPROVED,
        TOO_EARLY
    }

    /** Why a verdict is what it is. */
    enum Reason {
        NOTHING_BEFORE,
        NOTHING_AFTER,
        SMALLER,
        LARGER,
        NOT_OVER,
        TOO_FEW,
        NOT_SURE
    }

    /**
     * Two windows of the same length that meet where the effect begins.
     *
     * @param over whether the later one has its full length; until then both are as long as it lasted so far
     */
    record Windows(Instant from, Instant effective, Instant to, boolean over) {
        static Windows of(Instant effective, Duration length, Instant now) {
            Instant end = effective.plus(length);
            boolean over = !now.isBefore(end);
            Instant to = over ? end : now.isBefore(effective) ? effective : now;
            return new Windows(effective.minus(Duration.between(effective, to)), effective, to, over);
        }

        boolean begun() {
            return to.isAfter(effective);
        }
    }

    /** @param before cases and, of those, all verbatims of the offer in the earlier window; {@code after} in the later one */
    static Recurrence of(Windows windows, long before, long beforeOf, long after, long afterOf) {
        var change = new RateChange(before, beforeOf, after, afterOf);
        if (beforeOf == 0 || afterOf == 0) {
            Reason reason = beforeOf == 0 ? Reason.NOTHING_BEFORE : Reason.NOTHING_AFTER;
            return new Recurrence(windows, change, Verdict.TOO_EARLY, reason);
        }
        double level = windows.over() ? LEVEL : EARLY_LEVEL;
        if (change.chanceOfSoFew() <= level) {
            return new Recurrence(windows, change, Verdict.IMPROVED, Reason.SMALLER);
        }
        if (change.chanceOfSoMany() <= level) {
            return new Recurrence(windows, change, Verdict.NOT_IMPROVED, Reason.LARGER);
        }
        if (!windows.over()) {
            return new Recurrence(windows, change, Verdict.TOO_EARLY, Reason.NOT_OVER);
        }
        if (change.chanceOfNone() > LEVEL) {
            return new Recurrence(windows, change, Verdict.TOO_EARLY, Reason.TOO_FEW);
        }
        return new Recurrence(windows, change, Verdict.NOT_IMPROVED, Reason.NOT_SURE);
    }

    /** The reason in words. */
    String because() {
        return switch (reason) {
            case NOTHING_BEFORE -> "there are no verbatims of the offer before";
            case NOTHING_AFTER -> "there are no verbatims of the offer after";
            case SMALLER -> sure("smaller");
            case LARGER -> sure("larger");
            case NOT_OVER -> "the window is not over and the change is not beyond doubt";
            case TOO_FEW -> "too few cases: even none at all after so few before could be chance";
            case NOT_SURE -> "the share is not surely smaller than before";
        };
    }

    private String sure(String than) {
        return "the share is " + than + " than before; chance alone does that less often than "
                + (windows.over() ? LEVEL : EARLY_LEVEL)
                + (windows.over() ? "" : ", the level for a window that is not over");
    }
}
