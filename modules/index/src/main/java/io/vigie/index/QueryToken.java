package io.vigie.index;

/**
 * One piece of a query.
 *
 * @param text the words, the value or the name, without the signs around it
 * @param column of its first character, in UTF-16 units from 1
 * @param number slop of a phrase, edits of a fuzzy word, otherwise 0
 */
record QueryToken(Kind kind, String text, int column, int number) {
    enum Kind {
        WORD,
        PREFIX,
        WILDCARD,
        FUZZY,
        PHRASE,
        STAR,
        FIELD,
        OPEN,
        CLOSE,
        AND,
        OR,
        NOT,
        END
    }

    QueryToken(Kind kind, String text, int column) {
        this(kind, text, column, 0);
    }
}
