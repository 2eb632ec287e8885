package io.vigie.server.page;

import java.util.Optional;

/**
 * All offers and what was said about each in a period.
 *
 * @param more offers without figures, in words
 * @param notice in place of the table, when there is none
 */
public record OffersView(Frame frame, PeriodView period, Table table, Optional<String> more, Optional<Notice> notice) {}
