package io.vigie.server.page;

/**
 * One thing that narrows what is shown, and the way to take it back.
 *
 * @param name what is narrowed by, for example a facet's name
 * @param isExclusion whether it leaves out rather than keeps
 * @param without address of the same page without it
 */
public record Chip(String name, String value, boolean isExclusion, String without) {}
