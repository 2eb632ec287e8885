package io.vigie.index;

import java.util.List;

/** What a query says, before it is said to Lucene. Columns are counted in UTF-16 units from 1. */
sealed interface Expression {
    /** Every verbatim. */
    record All() implements Expression {}

    /** Every verbatim that has any value of a field. */
    record Any(QueryField field) implements Expression {}

    /** A word as typed, or several that are written without a space ({@code wi-fi}). */
    record Word(QueryField field, String text, int column) implements Expression {}

    /** Words in this order, at most {@code slop} moves apart; of another field than the text, one value. */
    record Phrase(QueryField field, String text, int slop, int column) implements Expression {}

    /** Words that start so. */
    record Prefix(QueryField field, String text, int column) implements Expression {}

    /** Values of a field that have the parts between stars ({@code fib*pro}) in this order, from start to end. */
    record Wildcard(QueryField field, String pattern, int column) implements Expression {}

    /** Words that differ by at most {@code edits} letters; {@link #EDITS_BY_LENGTH} lets their length decide. */
    record Fuzzy(QueryField field, String text, int edits, int column) implements Expression {
        static final int EDITS_BY_LENGTH = -1;
    }

    record Not(Expression excluded) implements Expression {}

    record And(List<Expression> parts) implements Expression {}

    record Or(List<Expression> parts) implements Expression {}
}
