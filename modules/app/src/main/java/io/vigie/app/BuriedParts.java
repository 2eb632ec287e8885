package io.vigie.app;

import io.vigie.server.DeadLetterView;
import io.vigie.sink.Source;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Makes the view of dead letters, and of which of them were sent back. */
final class BuriedParts {
    private BuriedParts() {}

    static DeadLetterView view(Connections connections) {
        String letters = connections.topics().deadLetters();
        String topicId;
        try (var admin = connections.admin()) {
            topicId = Source.of(admin, letters).topicId();
        }
        return new DeadLetterView(
                read(connections, letters),
                read(connections, connections.topics().deadLetterReplays()),
                topicId);
    }

    private static DeadLetterView.Read read(Connections connections, String topic) {
        return new DeadLetterView.Read(connections.reader(new StringDeserializer(), "earliest"), topic);
    }
}
