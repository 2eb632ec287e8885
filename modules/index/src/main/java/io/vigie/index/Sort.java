package io.vigie.index;

/** The order of hits; ties are broken so that it is the same on every page. */
public enum Sort {
    /** Best score first, then newest, then by id. */
    RELEVANCE,
    /** Newest first, then by id. */
    NEWEST
}
