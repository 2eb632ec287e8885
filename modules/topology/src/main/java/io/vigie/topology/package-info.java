/**
 * The Kafka Streams topologies, one application each: raw events in, verbatims and dead letters out; and verbatims in,
 * complaints by offer, counts by offer and theme, and dead letters out.
 *
 * <p>Everything happens in transactions ({@code exactly_once_v2}): an event's verbatims and dead letters appear together or
 * not at all, and once; and so does what comes of a verbatim, in a later transaction. Bad input is data here: a record that cannot be used is forwarded to the dead letters
 * in the same transaction and never thrown, because an exception would roll back its good neighbours and come back for
 * ever.
 */
@NullMarked
package io.vigie.topology;

import org.jspecify.annotations.NullMarked;
