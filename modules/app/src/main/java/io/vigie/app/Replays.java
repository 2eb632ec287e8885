package io.vigie.app;

import io.vigie.sink.Source;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Sends dead letters back, for whoever asks: the command and the page do the same. */
final class Replays {
    private final Connections connections;
    private final InstantSource clock;

    Replays(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * What {@link #send} would do, without doing it.
     *
     * @throws CommandFailedException when Kafka gives nothing for long
     */
    Replay tryOut(DeadLetterFilter filter, long most) {
        try (var consumer = reader(connections)) {
            var scan = new TopicScan(consumer, connections.topics().deadLetters());
            var replay = new Replay(
                    filter, most, sentBack(connections, consumer, scan), connections.topics(), (letter, copy) -> {});
            scan.read(filter.since(), replay::offer);
            return replay;
        }
    }

    /**
     * Sends each once, however often it is asked for and wherever it is killed. Another replay that is under way is ended.
     *
     * @throws CommandFailedException when Kafka gives nothing for long, or takes nothing
     */
    Replay send(DeadLetterFilter filter, long most, ReplayTransactions.Pace pace) {
        var topics = connections.topics();
        try (var consumer = reader(connections);
                var producer = connections.transactionalProducer(topics.deadLetterReplays())) {
            // First of all: another replay is ended here, and its last transaction settled, before its marks are read.
            producer.initTransactions();
            var scan = new TopicScan(consumer, topics.deadLetters());
            var sentBack = sentBack(connections, consumer, scan);
            var transactions = new ReplayTransactions(producer, topics.deadLetterReplays(), sentBack, pace, clock);
            var replay = new Replay(filter, most, sentBack, topics, transactions::add);
            scan.read(filter.since(), replay::offer);
            transactions.end();
            return replay;
        }
    }

    static Consumer<byte[], byte[]> reader(Connections connections) {
        return connections.reader(new ByteArrayDeserializer(), "earliest");
    }

    static SentBack sentBack(Connections connections, Consumer<byte[], byte[]> consumer, TopicScan scan) {
        String id;
        try (var admin = connections.admin()) {
            id = Source.of(admin, connections.topics().deadLetters()).topicId();
            Source.of(admin, connections.topics().deadLetterReplays());
        }
        var sentBack = new SentBack(id, scan.beginnings());
        new TopicScan(consumer, connections.topics().deadLetterReplays()).read(Optional.empty(), sentBack::read);
        return sentBack;
    }
}
