package io.vigie.index;

import java.util.OptionalInt;

/**
 * A search that was not done, for a reason the user can mend.
 *
 * @param detail what is wrong and what to do, in one or two sentences
 * @param column where in the query, counted in UTF-16 units from 1; empty when it is not about a place in the query
 */
public record Refused(Reason reason, String detail, OptionalInt column)
        implements SearchOutcome, StreamOutcome, ArrivalOutcome, GroupedOutcome, ComparisonOutcome {
    /** Why a search was refused. */
    public enum Reason {
        /** The query does not follow the language. */
        SYNTAX,
        /** The query has too many parts, or parts nested too deep. */
        TOO_COMPLEX,
        /** The query has too many characters. */
        TOO_LONG,
        /** The cursor is not one of ours, or of another search. */
        BAD_CURSOR,
        /** The state of the index that the pages before were taken from is no longer kept. */
        CURSOR_EXPIRED,
        /** The search took longer than it may. */
        TOO_SLOW,
        /** Another part of the request is out of its range. */
        BAD_PARAMETER
    }

    static Refused at(Reason reason, int column, String detail) {
        return new Refused(reason, detail, OptionalInt.of(column));
    }

    static Refused of(Reason reason, String detail) {
        return new Refused(reason, detail, OptionalInt.empty());
    }
}
