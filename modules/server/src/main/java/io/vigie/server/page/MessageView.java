package io.vigie.server.page;

/** A page that has only something to tell. */
public record MessageView(Frame frame, Notice notice) {}
