package io.vigie.index;

import java.util.Optional;

/**
 * The name of a field and its colon, where they stand in a query. A colon that people put in a sentence ({@code objet:
 * panne}, {@code RDV à 12:30}) is text.
 *
 * @param end after the colon
 */
record FieldName(String text, int end) {
    /** Longest word of a date, and more. */
    private static final int DATE_WORD_MAX = 32;

    /**
     * The name at a place, empty when there is text.
     *
     * @throws QueryRefused when a value follows what looks like a name and is none
     */
    static Optional<FieldName> at(String query, int at) throws QueryRefused {
        int letters = end(query, at, "");
        int colon = end(query, at, "_-");
        if (colon < 0 || (letters < 0 && !resembles(query.substring(at, colon)))) {
            return Optional.empty();
        }
        String name = query.substring(at, colon);
        var known = QueryField.named(name);
        if (known.isEmpty() && !isTextAfter(query, colon + 1)) {
            throw unknown(name, at + 1);
        }
        return known.isEmpty() || isSentence(known.get(), query, colon + 1)
                ? Optional.empty()
                : Optional.of(new FieldName(name, colon + 1));
    }

    /** Where letters and some signs meet their colon, or -1. */
    private static int end(String query, int at, String signs) {
        int end = at;
        while (end < query.length() && (isLetter(query.charAt(end)) || signs.indexOf(query.charAt(end)) >= 0)) {
            end++;
        }
        return end == at || end == query.length() || query.charAt(end) != ':' ? -1 : end;
    }

    /** Decomposed accents are marks of their own. */
    private static boolean isLetter(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    /** Compound words are more often text than wrong names. */
    private static boolean resembles(String compound) {
        return QueryField.named(compound).isPresent()
                || QueryField.nearest(compound).isPresent();
    }

    private static boolean isTextAfter(String query, int position) {
        return position >= query.length()
                || query.startsWith("//", position)
                || !(Character.isLetterOrDigit(query.charAt(position)) || "(\"«“".indexOf(query.charAt(position)) >= 0);
    }

    /** A known name may have a space after its colon, when what follows then can be a value. */
    private static boolean isSentence(QueryField known, String query, int position) {
        int start = position;
        while (start < query.length() && QueryLexer.isSpace(query.charAt(start))) {
            start++;
        }
        if (start == position || start == query.length()) {
            return false;
        }
        return switch (known.holds()) {
            case NUMBERS -> !isNumberLike(query.charAt(start));
            case DATES -> !isNumberLike(query.charAt(start)) && !DateRange.isWord(word(query, start));
            case TRAITS, FIELDS -> true;
            case WORDS, NAMES, CODES, THEMES, LANGUAGES, SYMBOLS, SIGNATURES -> false;
        };
    }

    private static boolean isNumberLike(char c) {
        return QueryLexer.isAsciiDigit(c) || "[{<>=≤≥-+*.(\"«“".indexOf(c) >= 0;
    }

    private static String word(String query, int start) {
        int end = start;
        while (end < query.length() && end < start + DATE_WORD_MAX && !QueryLexer.isSpace(query.charAt(end))) {
            end++;
        }
        return query.substring(start, end);
    }

    private static QueryRefused unknown(String name, int column) {
        return QueryRefused.syntax(
                column,
                "unknown field " + name + " at column " + column + "; " + QueryField.meant(name)
                        + " To search the words themselves put a space after the colon");
    }
}
