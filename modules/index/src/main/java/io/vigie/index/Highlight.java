package io.vigie.index;

/**
 * A matched word of a verbatim's text, without its article.
 *
 * @param start its first UTF-16 unit
 * @param end the first UTF-16 unit after it
 */
public record Highlight(int start, int end) {}
