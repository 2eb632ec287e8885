package io.vigie.server.page;

/** A text that leads somewhere: a number and its list, a name and its page. */
public record Linked(String text, String address) {}
