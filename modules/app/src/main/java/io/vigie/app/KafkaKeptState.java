package io.vigie.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What stream applications keep in a Kafka cluster. */
final class KafkaKeptState implements KeptState {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final Connections connections;
    private final Admin admin;

    KafkaKeptState(Connections connections) {
        this.connections = connections;
        this.admin = connections.admin();
    }

    @Override
    public Optional<StateRecord> record(String applicationId) {
        String topic = connections.topics().streams();
        int partitions = topics(Set.of(topic)).getOrDefault(topic, 0);
        if (partitions == 0) {
            throw new CommandFailedException(topic + " is missing; run vigie topics apply");
        }
        var found = new HashMap<String, StateRecord>();
        var consumer = connections.reader(new ByteArrayDeserializer(), "earliest");
        try (var reading = new WholeTopic(consumer, topic, partitions)) {
            reading.readToEnd(record -> {
                if (record.key() != null && record.value() != null) {
                    found.put(text(record.key()), StateRecord.of(text(record.value())));
                }
            });
        } catch (RetriableException e) {
            throw new KafkaAwayException("reading " + topic, e);
        }
        return Optional.ofNullable(found.get(applicationId));
    }

    @Override
    public void write(String applicationId, StateRecord record) {
        String topic = connections.topics().streams();
        try (var producer = connections.deadLetterProducer()) {
            await(
                    "writing to " + topic,
                    producer.send(new ProducerRecord<>(topic, bytes(applicationId), bytes(record.text()))));
        }
    }

    @Override
    public Map<String, Integer> topics(String prefix) {
        var names = new HashSet<>(await("listing topics", admin.listTopics().names()));
        names.removeIf(name -> !name.startsWith(prefix));
        return partitions(names);
    }

    @Override
    public Map<String, Integer> topics(Set<String> names) {
        var present = new HashSet<>(await("listing topics", admin.listTopics().names()));
        present.retainAll(names);
        return partitions(present);
    }

    private Map<String, Integer> partitions(Set<String> names) {
        var partitions = new HashMap<String, Integer>();
        await("describing topics", admin.describeTopics(names).allTopicNames())
                .forEach(
                        (name, topic) -> partitions.put(name, topic.partitions().size()));
        return partitions;
    }

    @Override
    public boolean isInUse(String applicationId) {
        try {
            var group = await(
                            "describing the group " + applicationId,
                            admin.describeConsumerGroups(List.of(applicationId)).all())
                    .get(applicationId);
            return group != null && !group.members().isEmpty();
        } catch (GroupIdNotFoundException e) {
            return false;
        }
    }

    @Override
    public void deleteTopics(Set<String> names) {
        await("deleting " + names, admin.deleteTopics(names).all());
    }

    @Override
    public void forgetOffsets(String applicationId) {
        try {
            await(
                    "deleting the offsets of " + applicationId,
                    admin.deleteConsumerGroups(List.of(applicationId)).all());
        } catch (GroupIdNotFoundException e) {
            // It has none.
        }
    }

    private static <T> T await(String what, Future<T> future) {
        try {
            return future.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case GroupIdNotFoundException missing -> missing;
                case RetriableException away -> new KafkaAwayException(what, away);
                case null, default -> new CommandFailedException(what + " failed: " + e.getCause());
            };
        } catch (java.util.concurrent.TimeoutException e) {
            throw new KafkaAwayException(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaAwayException(what, e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        admin.close();
    }
}
