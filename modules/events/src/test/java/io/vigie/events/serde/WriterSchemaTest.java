package io.vigie.events.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.RandomRecords;
import io.vigie.events.TicketEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writers with schemas older and newer than ours. */
class WriterSchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TicketEvent TICKET = new RandomRecords(11).next(TicketEvent.class);

    private final SchemaRegistry registry = SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://writer-schema-test"));
    private final AvroDecoder<TicketEvent> decoder = registry.decoder(TicketEvent.class);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void aFieldTheWriterDidNotKnowHasItsDefault() throws IOException {
        var older = ticketSchema(schema -> removeFields(schema, List.of("tags", "subject", "preferredChannel")));

        var decoding = decoder.decode(bytes(older, record -> {}));

        assertThat(decoding)
                .isEqualTo(new Decoding.Decoded<>(TicketEvent.newBuilder(TICKET)
                        .setTags(List.of())
                        .setSubject(null)
                        .setPreferredChannel(null)
                        .build()));
    }

    @Test
    void aFieldWeDoNotKnowIsPassedOver() throws IOException {
        var newer = ticketSchema(schema -> fields(schema)
                .insertObject(0)
                .put("name", "mood")
                .put("default", "")
                .put("type", "string"));

        var decoding = decoder.decode(bytes(newer, record -> record.put("mood", "fâché")));

        assertThat(decoding).isEqualTo(new Decoding.Decoded<>(TICKET));
    }

    @Test
    void anAuthorWeDoNotKnowIsNeverTheCustomer() throws IOException {
        var newer = ticketSchema(schema -> addSymbol(schema, "Author", "ROBOT"));

        var decoding = decoder.decode(bytes(newer, record -> put(record, "author", "ROBOT")));

        assertThat(decoding)
                .isEqualTo(new Decoding.Decoded<>(
                        TicketEvent.newBuilder(TICKET).setAuthor(Author.SYSTEM).build()));
    }

    @Test
    void aChannelWeDoNotKnowIsOther() throws IOException {
        var newer = ticketSchema(schema -> addSymbol(schema, "Channel", "PIGEON"));

        var decoding = decoder.decode(bytes(newer, record -> put(record, "channel", "PIGEON")));

        assertThat(decoding)
                .isEqualTo(new Decoding.Decoded<>(
                        TicketEvent.newBuilder(TICKET).setChannel(Channel.OTHER).build()));
    }

    @Test
    void anActionWeDoNotKnowIsUndecodableForItHasNoDefault() throws IOException {
        var newer = ticketSchema(schema -> addSymbol(schema, "TicketAction", "MERGED"));

        var decoding = decoder.decode(bytes(newer, record -> put(record, "action", "MERGED")));

        assertUndecodable(decoding, "MERGED");
    }

    @Test
    void aWriterWithoutAFieldWeNeedIsUndecodable() throws IOException {
        var incompatible = ticketSchema(schema -> removeFields(schema, List.of("ticketId")));

        assertUndecodable(decoder.decode(bytes(incompatible, record -> {})), "ticketId");
    }

    @Test
    void anEventOfAnotherKindIsUndecodable() {
        byte[] call =
                registry.<CallEvent>serializer().serialize("voc.calls", new RandomRecords(11).next(CallEvent.class));

        assertUndecodable(
                decoder.decode(call), "Found io.vigie.events.CallEvent, expecting io.vigie.events.TicketEvent");
    }

    @Test
    void aSchemaThatIsNoRecordIsUndecodable() {
        int id = registry.register("numbers", Schema.create(Schema.Type.LONG));

        byte[] number =
                ByteBuffer.allocate(6).put((byte) 0).putInt(id).put((byte) 2).array();

        assertUndecodable(decoder.decode(number), "long");
    }

    /** A writer's type may hold itself; then a few bytes a level nest deeper than any stack. */
    @Test
    void aRecordNestedWithoutEndIsUndecodable() throws IOException {
        var nested = ticketSchema(schema -> fields(schema)
                .insert(
                        0,
                        JSON.valueToTree(Map.of(
                                "name",
                                "list",
                                "type",
                                Map.of(
                                        "type",
                                        "record",
                                        "name",
                                        "Node",
                                        "fields",
                                        List.of(Map.of("name", "next", "type", List.of("null", "Node"))))))));
        int id = registry.register("nested", nested);
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        ByteBuffer.wrap(deep).put((byte) 0).putInt(id);

        assertUndecodable(decoder.decode(deep), "StackOverflowError");
    }

    private static void assertUndecodable(Decoding<TicketEvent> decoding, String detail) {
        assertThat(decoding).isInstanceOfSatisfying(Decoding.Undecodable.class, undecodable -> {
            assertThat(undecodable.reason()).isEqualTo("bad-avro");
            assertThat(undecodable.detail()).contains(detail);
        });
    }

    /** The ticket as a writer with this schema would write it, changed at will. */
    private byte[] bytes(Schema writer, Consumer<GenericRecord> change) throws IOException {
        var own = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().directBinaryEncoder(own, null);
        new GenericDatumWriter<TicketEvent>(TICKET.getSchema(), TICKET.getSpecificData()).write(TICKET, encoder);
        var record = new GenericDatumReader<GenericRecord>(TICKET.getSchema(), writer)
                .read(null, DecoderFactory.get().binaryDecoder(own.toByteArray(), null));
        change.accept(record);
        var out = new ByteArrayOutputStream();
        int id = registry.register("tickets-of-" + writer.hashCode(), writer);
        out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
        new GenericDatumWriter<GenericRecord>(writer)
                .write(record, EncoderFactory.get().directBinaryEncoder(out, null));
        return out.toByteArray();
    }

    private static Schema ticketSchema(Consumer<JsonNode> change) throws IOException {
        JsonNode schema = JSON.readTree(TicketEvent.getClassSchema().toString());
        change.accept(schema);
        return new Schema.Parser().parse(schema.toString());
    }

    private static ArrayNode fields(JsonNode schema) {
        return (ArrayNode) schema.get("fields");
    }

    private static void removeFields(JsonNode schema, List<String> names) {
        fields(schema).removeIf(field -> names.contains(field.get("name").asText()));
    }

    private static void addSymbol(JsonNode schema, String type, String symbol) {
        for (JsonNode parent : schema.findParents("symbols")) {
            if (((ObjectNode) parent).path("name").asText().equals(type)) {
                ((ArrayNode) parent.get("symbols")).add(symbol);
            }
        }
    }

    private static void put(GenericRecord record, String field, String symbol) {
        Schema type = record.getSchema().getField(field).schema();
        record.put(field, new GenericData.EnumSymbol(type, symbol));
    }
}
