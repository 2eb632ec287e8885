package io.vigie.server.page;

import java.util.Optional;

/**
 * The themes of the taxonomy and how many verbatims have each.
 *
 * @param period that all numbers are of
 * @param all verbatims of the period
 * @param unlabelled those without any theme
 * @param trial where a proposed taxonomy is tried; empty where none can be
 */
public record ThemesView(
        Frame frame, PeriodView period, Figure all, Figure unlabelled, Table themes, Optional<String> trial) {}
