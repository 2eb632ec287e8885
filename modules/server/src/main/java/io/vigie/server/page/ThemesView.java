package io.vigie.server.page;

import java.util.Optional;

/**
 * The themes of the taxonomy and how many verbatims have each.
 *
 * @param unlabelled verbatims without any theme
 * @param trial where a proposed taxonomy is tried; empty where none can be
 */
public record ThemesView(Frame frame, Figure unlabelled, Table themes, Optional<String> trial) {}
