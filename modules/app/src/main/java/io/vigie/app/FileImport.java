package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends one file, in batches of one kind of event each, and tells every line that was refused. */
final class FileImport implements RowFile.Taker {
    private static final int TOLD_MAX = 50;

    private final Path file;
    private final VigieClient client;
    private final Progress progress;
    private final PrintStream errors;
    private final ZoneId zone;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<EventBatch.Kind, EventBatch> batches = new EnumMap<>(EventBatch.Kind.class);
    private final String source;
    private final Instant modified;
    private long lines;
    private long refused;

    FileImport(Path file, VigieClient client, Progress progress, PrintStream errors, ZoneId zone) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailedException("cannot read " + file);
        }
        this.file = file;
        this.progress = progress;
        this.errors = errors;
        this.zone = zone;
        this.source =
                String.valueOf(file.getFileName()).replaceFirst("\\.gz$", "").replaceFirst("\\.[a-zA-Z]+$", "");
        this.modified = Files.getLastModifiedTime(file).toInstant();
        this.client = client;
    }

    /** What became of the lines of a file. */
    record Result(long accepted, long refused) {}

    Result run() {
        RowFile.read(file, this);
        batches.values().forEach(EventBatch::send);
        progress.end(file, lines);
        if (refused > TOLD_MAX) {
            errors.println("vigie: " + file + ": " + (refused - TOLD_MAX) + " more refused lines are not shown");
        }
        long accepted =
                batches.values().stream().mapToLong(EventBatch::accepted).sum();
        return new Result(accepted, refused);
    }

    @Override
    public void line(String line, JsonNode node, long number) {
        var kind = EventBatch.Kind.of(node);
        if (kind.isPresent()) {
            batch(kind.get()).add(number, line);
        } else {
            addPlain(columns(node), number);
        }
    }

    @Override
    public void row(List<String> header, Map<String, String> columns, long number) {
        addPlain(columns, number);
    }

    @Override
    public boolean goesOn(double share) {
        progress.at(file, share, ++lines);
        return true;
    }

    private static Map<String, String> columns(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("not a JSON object");
        }
        var columns = new HashMap<String, String>();
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                columns.put(field.getKey(), field.getValue().asText());
            }
        });
        if (!PlainVerbatim.hasText(columns.keySet())) {
            throw new IllegalArgumentException(
                    "neither an event (ticketId, callId or responseId is missing) nor a verbatim (text is missing)");
        }
        return columns;
    }

    private void addPlain(Map<String, String> columns, long number) {
        var survey = new PlainVerbatim(columns).toSurvey(json, source, source + "-" + number, modified, zone);
        batch(EventBatch.Kind.SURVEYS).add(number, survey.toString());
    }

    private EventBatch batch(EventBatch.Kind kind) {
        return batches.computeIfAbsent(kind, _ -> new EventBatch(kind, client, this::refuse));
    }

    @Override
    public void refuse(long line, String why) {
        if (refused++ < TOLD_MAX) {
            errors.println("vigie: " + file + ":" + line + ": " + why);
        }
    }
}
