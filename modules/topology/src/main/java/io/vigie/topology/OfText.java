package io.vigie.topology;

import io.vigie.events.Topics;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.jspecify.annotations.Nullable;

/** What a step that reads texts has made, or that it could not read one. */
sealed interface OfText<T> {
    /** To be written, or null for a tombstone. */
    record Made<T>(@Nullable T value) implements OfText<T> {}

    /** The key is the id of the verbatim, and the headers say why. */
    record Buried<T>() implements OfText<T> {}

    /**
     * Writes the dead letters and passes on what was made.
     *
     * @param name begins the names of what is added to the topology
     */
    static <T> KStream<String, @Nullable T> made(KStream<String, OfText<T>> outcomes, String name, Topics topics) {
        outcomes.flatMapValues(
                        outcome -> outcome instanceof Buried
                                ? Collections.<byte @Nullable []>singletonList(null)
                                : List.<byte @Nullable []>of(),
                        Named.as(name + "-dead-only"))
                .to(
                        topics.deadLetters(),
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName(name + "-dead-letters"));
        return outcomes.flatMapValues(
                outcome -> outcome instanceof Made<T>(T value)
                        ? Collections.<@Nullable T>singletonList(value)
                        : List.<@Nullable T>of(),
                Named.as(name + "-made-only"));
    }
}
