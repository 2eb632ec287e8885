package io.vigie.server.page;

/**
 * A published answer.
 *
 * @param text empty where only the ledger knows of it
 * @param by who has answered, and when
 */
public record Answered(String text, String by) {}
