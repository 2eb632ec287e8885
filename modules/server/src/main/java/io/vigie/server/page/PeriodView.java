package io.vigie.server.page;

import java.util.List;

/**
 * The period that all of a page is about, and the ways to another.
 *
 * @param action the page without its parameters
 * @param kept what else the page was asked for, and keeps
 * @param from the first day, as a field for dates has it; empty for none
 * @param to the last day, in the same form
 * @param told the period in words
 */
public record PeriodView(String action, List<Kept> kept, List<Preset> presets, String from, String to, String told) {
    public PeriodView {
        kept = List.copyOf(kept);
        presets = List.copyOf(presets);
    }

    /** A parameter that stays. */
    public record Kept(String name, String value) {}

    /** A period that is often asked for. */
    public record Preset(String text, String address, boolean isCurrent) {}
}
