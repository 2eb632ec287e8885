package io.vigie.sink;

import io.vigie.events.DeadLetter;
import org.jspecify.annotations.Nullable;

/** Where the sink puts a record it cannot use. */
@FunctionalInterface
public interface DeadLetters {
    /**
     * Returns when the copy is safe.
     *
     * @throws RuntimeException when it cannot be made safe; the record is then read again
     */
    void bury(DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value);
}
