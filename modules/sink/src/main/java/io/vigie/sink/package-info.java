/**
 * The index sink: reads verbatims from Kafka and applies them to the index, in order, on one thread.
 *
 * <p>The index holds its own position in its commits, so there is no consumer group, nothing is committed to Kafka and
 * no rebalance can happen. A crash at any moment leaves the index at its last commit, and the sink goes on from there:
 * what it reads twice it puts twice under the same id, which changes nothing.
 *
 * <p>Beside it {@link io.vigie.sink.AlertSink} matches new verbatims with saved searches. That work is shared between
 * processes, so it does have a group: its offsets are in the transaction of the alerts.
 */
@NullMarked
package io.vigie.sink;

import org.jspecify.annotations.NullMarked;
