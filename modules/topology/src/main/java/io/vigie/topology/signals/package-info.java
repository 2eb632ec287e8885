/**
 * Weak signals: what is said about an offer more often than its past makes likely, or for the first time. Pure: no Kafka, no
 * clock, no randomness; what it remembers is in a {@link io.vigie.topology.signals.SignalState}, and the same mentions in the
 * same order always give the same signals.
 */
@NullMarked
package io.vigie.topology.signals;

import org.jspecify.annotations.NullMarked;
