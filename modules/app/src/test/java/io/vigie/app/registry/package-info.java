/** The embedded registry against Confluent's own serializers, and through restarts and crashes. */
@NullMarked
package io.vigie.app.registry;

import org.jspecify.annotations.NullMarked;
