package io.vigie.sink;

import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.index.Checkpoint;
import io.vigie.index.OnDamage;
import io.vigie.index.Upkeep;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** What outlives a process: the topic, the dead letters, the disk, the time. And what can go wrong with them. */
final class World {
    static final byte[] GARBAGE = {1, 2, 3};
    static final byte[] UNKNOWN_SCHEMA = {0, 0, 0, 0x12, 0x67, 9};

    private static final SchemaRegistry REGISTRY = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://sink-test"));
    private static final Serializer<Verbatim> SERIALIZER = REGISTRY.serializer();

    final VerbatimTopic topic;
    final FakeTime time = new FakeTime();
    /** In the order of burial; a record that was read twice may be here twice. */
    final List<Buried> buried = new ArrayList<>();

    Upkeep upkeep = Upkeep.standard();
    OnDamage onDamage = OnDamage.REFUSE;

    private final Path directory;
    private int burialsToFail;

    World(Path parent, int partitions) {
        this.directory = parent.resolve("index");
        this.topic = new VerbatimTopic(partitions);
    }

    /** @param committed what the index had committed when the letter was buried */
    record Buried(DeadLetter letter, Optional<ByteBuffer> key, Optional<ByteBuffer> value, Checkpoint committed) {
        static Buried of(DeadLetter letter, byte @Nullable [] key, byte @Nullable [] value, Checkpoint committed) {
            return new Buried(letter, content(key), content(value), committed);
        }
    }

    static Optional<ByteBuffer> content(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(ByteBuffer::wrap);
    }

    SinkProcess start(Pace pace) throws IOException {
        return start(pace, IndexSink.OnGap.END);
    }

    SinkProcess start(Pace pace, IndexSink.OnGap onGap) throws IOException {
        return SinkProcess.start(this, directory, pace, onGap);
    }

    Path index() {
        return directory;
    }

    AvroDecoder<Verbatim> decoder() {
        return verbatimDecoder();
    }

    static AvroDecoder<Verbatim> verbatimDecoder() {
        return REGISTRY.decoder(Verbatim.class);
    }

    /** Returns the offset. */
    long put(int partition, String id, String text) {
        return put(partition, id, text, time.instant());
    }

    long put(int partition, String id, String text, Instant producedAt) {
        return topic.append(partition, key(id), bytes(verbatim(id, text)), producedAt);
    }

    long delete(int partition, String id) {
        return topic.append(partition, key(id), null, time.instant());
    }

    long append(int partition, byte @Nullable [] key, byte @Nullable [] value) {
        return topic.append(partition, key, value, time.instant());
    }

    void failBurials(int times) {
        burialsToFail = times;
    }

    void bury(Buried letter) {
        if (burialsToFail > 0) {
            burialsToFail--;
            throw new TimeoutException("a dead letter was not acknowledged");
        }
        buried.add(letter);
    }

    /** From now on Lucene finds its lock changed by someone else, and writes no file any more. */
    void breakDisk() throws IOException {
        Files.writeString(directory.resolve("write.lock"), "x");
    }

    void mendDisk() throws IOException {
        Files.writeString(directory.resolve("write.lock"), "");
    }

    /** The index cannot even be opened. */
    void takeDiskAway() throws IOException {
        Files.move(directory, directory.resolveSibling("away"));
        Files.writeString(directory, "not a directory");
    }

    void bringDiskBack() throws IOException {
        Files.delete(directory);
        Files.move(directory.resolveSibling("away"), directory);
    }

    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(Verbatim verbatim) {
        return SERIALIZER.serialize(VerbatimTopic.NAME, verbatim);
    }

    static Verbatim verbatim(String id, String text) {
        var noon = Instant.parse("2026-03-10T12:00:00Z");
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId("event-" + id)
                .setKind(Kind.TICKET)
                .setConversationId("conversation-" + id)
                .setSource("test")
                .setOccurredAt(noon)
                .setClassifiedAt(noon)
                .setOfferId("unassigned")
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setRedactions(Map.of())
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of())
                .setSentiment(-0.5)
                .setSeverity(1)
                .setChurnRisk(0.25)
                .setChannelMismatch(false)
                .setClassifier("test-1")
                .setSuperseded(List.of())
                .build();
    }
}
