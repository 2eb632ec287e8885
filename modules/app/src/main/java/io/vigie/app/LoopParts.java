package io.vigie.app;

import io.vigie.events.Action;
import io.vigie.events.EventProducer;
import io.vigie.events.Question;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.ActionSink;
import io.vigie.server.ActionView;
import io.vigie.server.ClosedLoop;
import io.vigie.server.Health;
import io.vigie.server.QuestionView;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Questions and actions in one process: their views, and the way to publish an action. */
final class LoopParts implements AutoCloseable {
    private final Closing closing = new Closing();
    private final EventProducer events;
    private final QuestionView questions;
    private final ActionView actions;

    LoopParts(Connections connections, SchemaRegistry schemas, EventProducer events) {
        this.events = events;
        this.questions = closing.add(new QuestionView(
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().questions(),
                schemas.decoder(Question.class)::decode));
        this.actions = closing.add(new ActionView(
                connections.reader(new StringDeserializer(), "earliest"),
                connections.topics().actions(),
                schemas.decoder(Action.class)::decode));
    }

    LoopParts start() {
        questions.start();
        actions.start();
        return this;
    }

    ClosedLoop loop() {
        return new ClosedLoop(questions, actions, ActionSink.to(events));
    }

    Health.State state() {
        return actions.state() instanceof Health.Up ? questions.state() : actions.state();
    }

    @Override
    public void close() {
        closing.close();
    }
}
