package io.vigie.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.vigie.events.CallEvent;
import io.vigie.events.Offer;
import io.vigie.events.OfferTheme;
import io.vigie.events.RandomRecords;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import io.vigie.events.Verbatim;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record is either read or told why not; no bytes do any harm. */
class AvroDecoderTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String RERUN = "rerun with -Dseed=" + SEED;
    private static final int ROUNDS = 300;
    /** What reading one record may take of the heap: a string or a collection at its limit, and little else. */
    private static final long HEAP_BYTES_MAX = 8 * 1024 * 1024;

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://avro-decoder-test"));
    private static final Serializer<SpecificRecord> SERIALIZER = REGISTRY.serializer();

    static final List<Class<? extends SpecificRecord>> TYPES = List.of(
            TicketEvent.class, CallEvent.class, SurveyEvent.class, Offer.class, Verbatim.class, OfferTheme.class);

    /** Lengths and counts that would take all memory, overflow an int or a long, or count downwards. */
    private static final List<Long> BOMBS = List.of(
            100_001L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MAX_VALUE + 1,
            1L << 40,
            Long.MAX_VALUE,
            -1L,
            -100_001L,
            (long) Integer.MIN_VALUE,
            Long.MIN_VALUE);

    @AfterAll
    static void close() {
        REGISTRY.close();
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void whatWasWrittenIsRead(Class<? extends SpecificRecord> type) {
        var records = new RandomRecords(SEED);
        var decoder = REGISTRY.decoder(type);

        for (int round = 0; round < ROUNDS; round++) {
            var record = records.next(type);
            assertThat(decoder.decode(bytes(record))).as(RERUN).isEqualTo(new Decoding.Decoded<>(record));
        }
    }

    @Test
    void aTombstoneIsNull() {
        try (var serde = REGISTRY.serde(Verbatim.class)) {
            assertThat(serde.serializer().serialize("voc.verbatims", null)).isNull();
            assertThat(serde.deserializer().deserialize("voc.verbatims", null)).isNull();
        }
    }

    @Test
    void aRecordStartsWithConfluentsHeader() {
        int id = REGISTRY.register("voc.Offer", Offer.getClassSchema());

        byte[] bytes = bytes(new RandomRecords(SEED).next(Offer.class));

        assertThat(Arrays.copyOf(bytes, 5))
                .isEqualTo(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void fewerBytesThanAHeaderAreNotAvro(int length) {
        assertThat(REGISTRY.decoder(Offer.class).decode(new byte[length]))
                .isEqualTo(new Decoding.Undecodable<>(
                        "not-avro", "not in the schema registry's wire format: " + length + " bytes"));
    }

    @Test
    void anotherMagicByteIsNotAvro() {
        byte[] json = "{\"ticketId\":\"t-1\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(REGISTRY.decoder(TicketEvent.class).decode(json))
                .isEqualTo(new Decoding.Undecodable<>(
                        "not-avro",
                        "not in the schema registry's wire format: 18 bytes, the first is 0x7b and not 0x00"));
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void aRecordCutAnywhereIsUndecodable(Class<? extends SpecificRecord> type) {
        byte[] whole = bytes(small(type));
        var decoder = REGISTRY.decoder(type);

        for (int length = 0; length < whole.length; length++) {
            var cut = decoder.decode(Arrays.copyOf(whole, length));
            assertThat(reason(cut)).as(RERUN).isEqualTo(length < 5 ? "not-avro" : "bad-avro");
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void aRecordWithMoreBytesBehindIsUndecodable(Class<? extends SpecificRecord> type) {
        byte[] whole = bytes(small(type));

        var longer = REGISTRY.decoder(type).decode(Arrays.copyOf(whole, whole.length + 1));

        assertThat(reason(longer)).as(RERUN).isEqualTo("bad-avro");
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void aBombAtAnyPlaceIsDefused(Class<? extends SpecificRecord> type) {
        var good = small(type);
        byte[] whole = bytes(good);
        var decoder = REGISTRY.decoder(type);

        for (int at = 5; at < whole.length; at++) {
            for (long bomb : BOMBS) {
                byte[] armed =
                        concat(Arrays.copyOf(whole, at), varint(bomb), Arrays.copyOfRange(whole, at, whole.length));
                assertThat(heapBytes(() -> decoder.decode(armed)))
                        .as("%d at byte %d, %s", bomb, at, RERUN)
                        .isLessThan(HEAP_BYTES_MAX);
            }
        }

        assertThat(decoder.decode(whole)).as(RERUN).isEqualTo(new Decoding.Decoded<>(good));
    }

    @Test
    void aTextOfTwoGibibytesIsUndecodable() {
        byte[] whole = bytes(small(Offer.class));

        for (long length : List.of((1L << 31) - 1, 1L << 31, 1L << 62)) {
            var decoding = REGISTRY.decoder(Offer.class).decode(concat(Arrays.copyOf(whole, 5), varint(length)));
            assertThat(reason(decoding)).isEqualTo("bad-avro");
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void anyBytesBehindAGoodHeaderAreReadOrUndecodable(Class<? extends SpecificRecord> type) {
        var random = new Random(SEED);
        byte[] whole = bytes(small(type));
        var decoder = REGISTRY.decoder(type);

        for (int round = 0; round < 20 * ROUNDS; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] changed = whole.clone();
            for (int left = 1 + random.nextInt(4); left > 0; left--) {
                changed[5 + random.nextInt(whole.length - 5)] = (byte) random.nextInt(256);
            }
            assertThat(decoder.decode(concat(Arrays.copyOf(whole, 5), noise)))
                    .as(RERUN)
                    .isNotNull();
            assertThat(decoder.decode(changed)).as(RERUN).isNotNull();
        }
    }

    @Test
    void anyBytesAtAllAreUndecodable() {
        var random = new Random(SEED);
        try (var stub = StubRegistry.answering(StubRegistry.Answer.error(404, 40403));
                var registry = stub.client()) {
            var decoder = registry.decoder(TicketEvent.class);

            for (int round = 0; round < ROUNDS; round++) {
                byte[] noise = new byte[random.nextInt(100)];
                random.nextBytes(noise);
                if (round % 10 == 0 && noise.length > 0) {
                    noise[0] = 0;
                }
                assertThat(reason(decoder.decode(noise))).as(RERUN).isIn("not-avro", "unknown-schema");
            }
        }
    }

    @Test
    void onATopicOnlyWeWriteABadRecordIsABrokenInvariant() {
        try (var serde = REGISTRY.serde(Verbatim.class)) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("voc.verbatims", new byte[] {1}))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topic voc.verbatims")
                    .hasMessageContaining("the first is 0x01");
        }
    }

    private static byte[] bytes(SpecificRecord record) {
        return SERIALIZER.serialize("voc." + record.getSchema().getName(), record);
    }

    /** Few enough bytes to try every place of, yet with entries in its collections. */
    private static <T extends SpecificRecord> T small(Class<T> type) {
        var records = new RandomRecords(SEED);
        while (true) {
            T record = records.next(type);
            int length = bytes(record).length;
            if (length > 100 && length < 1_000) {
                return record;
            }
        }
    }

    private static String reason(Decoding<?> decoding) {
        return switch (decoding) {
            case Decoding.Decoded<?>(Object value) -> "decoded " + value;
            case Decoding.Undecodable<?>(String reason, String detail) -> reason;
        };
    }

    private static long heapBytes(Runnable work) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] varint(long value) {
        var out = ByteBuffer.allocate(10);
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            out.put((byte) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.put((byte) left);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] concat(byte[]... parts) {
        var out = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }
}
