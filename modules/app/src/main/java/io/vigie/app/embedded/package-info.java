/**
 * The embedded stack of {@code vigie up} and {@code vigie demo}: a Kafka broker in this process and a schema registry in
 * a child process, both on loopback only and durable under the data directory. Any Kafka client and any client of
 * Confluent's registry can use them from outside.
 */
@NullMarked
package io.vigie.app.embedded;

import org.jspecify.annotations.NullMarked;
