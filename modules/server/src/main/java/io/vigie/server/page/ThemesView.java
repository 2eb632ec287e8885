package io.vigie.server.page;

/**
 * The themes of the taxonomy and how many verbatims have each.
 *
 * @param unlabelled verbatims without any theme
 */
public record ThemesView(Frame frame, Figure unlabelled, Table themes) {}
