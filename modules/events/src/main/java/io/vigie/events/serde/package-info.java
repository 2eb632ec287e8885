/**
 * How records look on the wire: Avro binary behind Confluent's five-byte header, schemas in any registry that speaks
 * Confluent's protocol, through Confluent's own client.
 *
 * <p>A record that cannot be read is told as data ({@link io.vigie.events.serde.Decoding}); a registry that cannot be
 * reached is waited for and never makes a record bad.
 */
@NullMarked
package io.vigie.events.serde;

import org.jspecify.annotations.NullMarked;
