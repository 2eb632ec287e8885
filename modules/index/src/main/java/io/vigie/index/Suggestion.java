package io.vigie.index;

/**
 * What was probably meant.
 *
 * @param query the same query with other words, with the accents that texts mostly write them with
 * @param total how many verbatims it finds under the same filters, more than the query that was asked
 */
public record Suggestion(String query, long total) {}
