package io.vigie.events.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vigie.events.Offer;
import io.vigie.events.RandomRecords;
import io.vigie.events.serde.StubRegistry.Answer;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that is away never makes a record bad; a record the registry knows nothing of never stops the stream. */
class SchemaRegistryTest {
    private static final Offer OFFER = new RandomRecords(1).next(Offer.class);
    private static final Answer SCHEMA = Answer.schema(Offer.getClassSchema());

    @ParameterizedTest
    @CsvSource({"503, 50301", "500, 50001", "502, 50005", "429, 42901", "408, 40801"})
    void aRecordIsReadOnceTheRegistryIsBack(int status, int code) {
        var away = Answer.error(status, code);
        try (var stub = StubRegistry.answering(away, away, SCHEMA);
                var registry = stub.client()) {
            var decoding = registry.decoder(Offer.class).decode(record(4711));

            assertThat(decoding).isEqualTo(new Decoding.Decoded<>(OFFER));
            assertThat(stub.calls()).isEqualTo(3);
        }
    }

    @Test
    void oneDeserializerServesManyThreads() {
        try (var stub = StubRegistry.answering(SCHEMA);
                var registry = stub.client()) {
            var deserializer = registry.serde(Offer.class).deserializer();
            byte[] record = record(4711);

            var read = IntStream.range(0, 20_000)
                    .parallel()
                    .mapToObj(_ -> deserializer.deserialize("offers", record))
                    .distinct()
                    .toList();

            assertThat(read).containsExactly(OFFER);
        }
    }

    @Test
    void aProxyThatAnswersInHtmlIsNoReasonToGiveARecordUp() {
        try (var stub = StubRegistry.answering(new Answer(502, "<html>bad gateway</html>"), SCHEMA);
                var registry = stub.client()) {
            assertThat(registry.decoder(Offer.class).decode(record(4711))).isEqualTo(new Decoding.Decoded<>(OFFER));
        }
    }

    @Test
    void aSchemaIsAskedForOnce() {
        try (var stub = StubRegistry.answering(SCHEMA);
                var registry = stub.client()) {
            var decoder = registry.decoder(Offer.class);
            decoder.decode(record(4711));
            decoder.decode(record(4711));

            assertThat(stub.calls()).isEqualTo(1);
        }
    }

    @Test
    void anIdTheRegistryDoesNotKnowIsUndecodable() {
        try (var stub = StubRegistry.answering(Answer.error(404, 40403));
                var registry = stub.client()) {
            assertThat(registry.decoder(Offer.class).decode(record(4711)))
                    .isEqualTo(new Decoding.Undecodable<>(
                            "unknown-schema", "schema id 4711 is unknown or no Avro schema at " + stub.url()));
        }
    }

    @Test
    void anIdThatBecomesKnownIsReadThen() {
        try (var stub = StubRegistry.answering(Answer.error(404, 40403), SCHEMA);
                var registry = stub.client()) {
            var decoder = registry.decoder(Offer.class);
            decoder.decode(record(4711));

            assertThat(decoder.decode(record(4711))).isEqualTo(new Decoding.Decoded<>(OFFER));
        }
    }

    static Stream<Answer> noAvroSchemas() {
        return Stream.of(
                Answer.json(200, Map.of("schemaType", "JSON", "schema", "{\"type\":\"object\"}")),
                Answer.json(200, Map.of("schemaType", "PROTOBUF", "schema", "syntax = \"proto3\"; message M {}")),
                Answer.json(200, Map.of("schema", "no schema at all")));
    }

    @ParameterizedTest
    @MethodSource("noAvroSchemas")
    void anIdWhoseSchemaIsNotAvroIsUndecodable(Answer answer) {
        try (var stub = StubRegistry.answering(answer);
                var registry = stub.client()) {
            assertThat(registry.decoder(Offer.class).decode(record(4711)))
                    .isInstanceOfSatisfying(
                            Decoding.Undecodable.class,
                            undecodable -> assertThat(undecodable.reason()).isEqualTo("unknown-schema"));
            assertThat(stub.calls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403})
    void aRegistryThatRefusesUsIsReportedAtOnceAndNeverBlamedOnTheRecord(int status) {
        try (var stub = StubRegistry.answering(Answer.error(status, status * 100 + 1));
                var registry = stub.client()) {
            var decoder = registry.decoder(Offer.class);

            var refused = catchThrowableOfType(RegistryException.class, () -> decoder.decode(record(4711)));

            assertThat(refused)
                    .hasMessageContaining("reading schema id 4711")
                    .hasMessageContaining(stub.url())
                    .hasMessageContaining("told to fail");
            assertThat(refused.code()).isEqualTo(status * 100 + 1);
            assertThat(stub.calls()).isEqualTo(1);
        }
    }

    @Test
    void anInterruptEndsTheWaitForTheRegistry() {
        try (var stub = StubRegistry.answering(Answer.error(503, 50301));
                var registry = stub.client()) {
            var decoder = registry.decoder(Offer.class);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> decoder.decode(record(4711))).isInstanceOf(RegistryException.class);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void onlyARegistryThatAnswersIsReachable() {
        try (var up = StubRegistry.answering(new Answer(200, "[]"));
                var down = StubRegistry.answering(Answer.error(503, 50301));
                var ofUp = up.client();
                var ofDown = down.client()) {
            assertThat(ofUp.reachable()).isTrue();
            assertThat(ofDown.reachable()).isFalse();
            up.stop();
            assertThat(ofUp.reachable()).isFalse();
        }
    }

    @Test
    void theUrlMustBeThere() {
        assertThatThrownBy(() -> SchemaRegistry.of(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("schema.registry.url is missing");
    }

    @Test
    void theSecondOfSeveralRegistriesIsAskedWhenTheFirstIsAway() {
        try (var gone = StubRegistry.answering(SCHEMA);
                var up = StubRegistry.answering(SCHEMA)) {
            gone.stop();
            try (var registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, gone.url() + " , " + up.url()))) {
                assertThat(registry.decoder(Offer.class).decode(record(4711))).isEqualTo(new Decoding.Decoded<>(OFFER));
            }
        }
    }

    @Test
    void aWriterMayNotRegisterWhatItIsNotAllowedTo() {
        var config = Map.of(SchemaRegistry.URL, "mock://not-allowed", SchemaRegistry.AUTO_REGISTER, "false");
        try (var registry = SchemaRegistry.of(config);
                var serializer = registry.<Offer>serializer()) {
            assertThatThrownBy(() -> serializer.serialize("voc.offers", OFFER))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("looking up io.vigie.events.Offer under voc.offers-value");

            int id = registry.register("voc.offers", Offer.getClassSchema());

            assertThat(serializer.serialize("voc.offers", OFFER)).startsWith(0, 0, 0, 0, id);
        }
    }

    @Test
    void aSharedSubjectIsTheOnlyOneWrittenTo() {
        Schema schema = Offer.getClassSchema();
        var config = Map.of(SchemaRegistry.URL, "mock://shared", SchemaRegistry.AUTO_REGISTER, "false");
        try (var registry = SchemaRegistry.of(config);
                var serde = registry.serdeAs("voc.offers", Offer.class)) {
            registry.register("voc.offers", schema);

            byte[] bytes = serde.serializer().serialize("a-store-changelog", OFFER);

            assertThat(serde.deserializer().deserialize("a-store-changelog", bytes))
                    .isEqualTo(OFFER);
        }
    }

    private static byte[] record(int id) {
        try (var registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://bytes"));
                var serializer = registry.<Offer>serializer()) {
            byte[] bytes = serializer.serialize("voc.offers", OFFER);
            byte[] header = {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id};
            System.arraycopy(header, 0, bytes, 0, header.length);
            return Arrays.copyOf(bytes, bytes.length);
        }
    }
}
