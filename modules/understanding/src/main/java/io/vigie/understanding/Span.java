package io.vigie.understanding;

/**
 * A stretch of {@link Understood#text}.
 *
 * @param start UTF-16 offset of its first char
 * @param end UTF-16 offset behind its last char
 */
public record Span(int start, int end) {}
