package io.vigie.index;

/** Ends the reading of a query; it never leaves this package, where it becomes a {@link Refused}. */
final class QueryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refused refused;

    QueryRefused(Refused refused) {
        super(refused.detail(), null, false, false);
        this.refused = refused;
    }

    static QueryRefused syntax(int column, String detail) {
        return new QueryRefused(Refused.at(Refused.Reason.SYNTAX, column, detail));
    }

    static QueryRefused tooComplex(int column, String detail) {
        return new QueryRefused(Refused.at(Refused.Reason.TOO_COMPLEX, column, detail));
    }

    Refused refused() {
        return refused;
    }
}
