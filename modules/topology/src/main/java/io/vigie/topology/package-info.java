/**
 * The Kafka Streams topology: raw events in; verbatims, complaints by offer, counts by offer and theme, and dead letters
 * out.
 *
 * <p>Everything happens in transactions ({@code exactly_once_v2}): an event's verbatims, counts and dead letters appear
 * together or not at all, and once. Bad input is data here: a record that cannot be used is forwarded to the dead letters
 * in the same transaction and never thrown, because an exception would roll back its good neighbours and come back for
 * ever.
 */
@NullMarked
package io.vigie.topology;

import org.jspecify.annotations.NullMarked;
