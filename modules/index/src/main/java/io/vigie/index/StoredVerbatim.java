package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Labels;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.lucene.util.BytesRef;

/**
 * A verbatim as it is stored: Avro binary without a schema of its own. What was written with another schema is never
 * read, because the index is refused when it is opened.
 */
final class StoredVerbatim {
    private static final Schema SCHEMA = Verbatim.getClassSchema();
    private static final SpecificData MODEL = new Model();
    /** Made once: that compares schemas, which takes longer than reading. It has no state, so many threads may use it. */
    private static final DatumReader<Verbatim> READER = reader();

    private StoredVerbatim() {}

    private static DatumReader<Verbatim> reader() {
        try {
            return MODEL.getFastReaderBuilder().createDatumReader(SCHEMA, SCHEMA);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of a verbatim does not fit itself", e);
        }
    }

    static byte[] encode(Verbatim verbatim) throws IOException {
        var bytes = new ByteArrayOutputStream(verbatim.getText().length() + 512);
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new SpecificDatumWriter<Verbatim>(SCHEMA, MODEL).write(verbatim, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    static Verbatim decode(BytesRef bytes) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(bytes.bytes, bytes.offset, bytes.length, null);
        return READER.read(null, decoder);
    }

    /** Of the schema in Avro's canonical form, in hexadecimal digits. */
    static String schemaFingerprint() {
        return Long.toHexString(SchemaNormalization.parsingFingerprint64(SCHEMA));
    }

    /** Knows its classes; Avro would look them up by name, which it refuses for packages nobody told it to trust. */
    private static final class Model extends SpecificData {
        private static final Map<String, Class<?>> CLASSES = Map.of(
                Verbatim.getClassSchema().getFullName(), Verbatim.class,
                Labels.getClassSchema().getFullName(), Labels.class,
                Theme.getClassSchema().getFullName(), Theme.class,
                Evidence.getClassSchema().getFullName(), Evidence.class,
                Intent.getClassSchema().getFullName(), Intent.class,
                Kind.getClassSchema().getFullName(), Kind.class,
                Channel.getClassSchema().getFullName(), Channel.class);

        Model() {
            addLogicalTypeConversion(new TimestampMillisConversion());
        }

        @Override
        public Class<?> getClass(Schema schema) {
            var known = CLASSES.get(schema.getFullName());
            return known == null ? super.getClass(schema) : known;
        }
    }
}
