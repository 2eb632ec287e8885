package io.vigie.server.access;

/**
 * What a route asks for, and what the journal calls it.
 *
 * @param deed {@link Deed#NONE} for what leaves no line
 */
public record Rule(Right right, Deed deed) {}
