package io.vigie.server;

/**
 * What the API of questions and actions needs.
 *
 * @param questions what customers ask
 * @param actions what was done
 * @param sink where actions go
 */
public record ClosedLoop(QuestionDirectory questions, ActionDirectory actions, ActionSink sink) {}
