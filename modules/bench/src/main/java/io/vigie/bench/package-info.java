/**
 * Benchmarks: the whole product from outside, as its users drive it, and its parts under JMH.
 *
 * <p>They report what happened and judge nothing. The machine is rarely quiet, so each figure comes with the load it was
 * taken under.
 */
@NullMarked
package io.vigie.bench;

import org.jspecify.annotations.NullMarked;
