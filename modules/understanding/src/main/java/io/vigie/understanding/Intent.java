package io.vigie.understanding;

/** What a customer wants with a text, one per text; a complaint goes before everything else. */
public enum Intent {
    COMPLAINT,
    QUESTION,
    REQUEST,
    PRAISE,
    OTHER
}
