package io.vigie.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.vigie.index.ResultStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/** One hit a line, as search gives it; the last line is {@code {"exported": n, "complete": true}}, with a caveat if any. */
final class ExportJsonLines implements ExportForm {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            // What broke off in the middle must not be closed to look whole.
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .build();

    private static final ObjectMapper TREES = new ObjectMapper();

    private final JsonGenerator out;
    private final List<String> members;
    private final Optional<String> caveat;

    /**
     * Writes to the target.
     *
     * @param members that are written of each hit; empty for all
     * @param caveat what is to be known of the result, in words
     */
    ExportJsonLines(OutputStream target, List<String> members, Optional<String> caveat) throws IOException {
        this.members = List.copyOf(members);
        this.caveat = caveat;
        this.out = JSON.createGenerator(target);
        out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void begin() {}

    @Override
    public void verbatim(ResultStream result) throws IOException {
        if (members.isEmpty()) {
            SearchEndpoint.hit(out, result.hit());
            return;
        }
        try (var whole = new TokenBuffer(TREES, false)) {
            SearchEndpoint.hit(whole, result.hit());
            ObjectNode hit = TREES.readTree(whole.asParser());
            TREES.writeTree(out, hit.retain(members));
        }
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
