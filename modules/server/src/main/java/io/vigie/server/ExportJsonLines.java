package io.vigie.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.vigie.index.ResultStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** One hit a line, as search gives it; the last line is {@code {"exported": n, "complete": true}}, with a caveat if any. */
final class ExportJsonLines implements ExportForm {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // What broke off in the middle must not be closed to look whole.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private final JsonGenerator out;
    private final Optional<String> caveat;

    /** @param caveat what is to be known of the result, in words */
    ExportJsonLines(OutputStream target, Optional<String> caveat) throws IOException {
        this.caveat = caveat;
        this.out = JSON.createGenerator(target);
        out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void begin() {}

    @Override
    public void verbatim(ResultStream result) throws IOException {
        SearchEndpoint.hit(out, result.hit());
    }

    @Override
    public void end(long exported) throws IOException {
        out.writeStartObject();
        out.writeNumberField("exported", exported);
        out.writeBooleanField("complete", true);
        if (caveat.isPresent()) {
            out.writeStringField("caveat", caveat.get());
        }
        out.writeEndObject();
        out.writeRaw('\n');
        out.flush();
    }
}
