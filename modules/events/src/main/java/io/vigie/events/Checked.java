package io.vigie.events;

import org.jspecify.annotations.NullMarked;

/** What {@link EventRules} found. */
@NullMarked
public sealed interface Checked {
    /** The event keeps every rule. */
    record Valid() implements Checked {}

    /**
     * The event breaks a rule.
     *
     * @param reason one of a small fixed set of labels, fit for a metric
     * @param detail which field, what was found and what is allowed; no text of the customer
     */
    record Invalid(String reason, String detail) implements Checked {}
}
