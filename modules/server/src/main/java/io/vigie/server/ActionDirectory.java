package io.vigie.server;

import io.vigie.events.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** What was done, as it is known here. Any thread may ask. */
public interface ActionDirectory {
    /** All actions, the newest first. */
    List<Action> actions();

    Optional<Action> action(String id);

    /** The newest answer to a question. */
    Optional<Action> answerTo(String questionId);

    /** The newest word on who owns a question. */
    Optional<Action> ownerOf(String questionId);

    /** Waits until a write is seen here; false when that takes longer. */
    boolean awaits(RecordMetadata written, Duration max);
}
