package io.vigie.server;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.vigie.index.Refused;
import io.vigie.index.ResultStream;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.ServerMetrics.Endpoint;
import io.vigie.server.ServerMetrics.Exported;
import io.vigie.server.ServerMetrics.Rejection;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/v1/export}: the whole result of a search, streamed. It is written no faster than the client reads, from
 * one state of the index, in memory that does not grow. What was cut off can be told in three ways: the last line is
 * missing, so is the trailer {@value #EXPORTED}, and the response itself ends broken.
 */
final class ExportEndpoint {
    /** Most exports at once: each holds a state of the index, on disk and in memory, as long as its client reads. */
    static final int EXPORTS_AT_ONCE_MAX = 4;

    /** How many verbatims there are, known before the first is sent. */
    static final String TOTAL = "Vigie-Total";
    /** How many verbatims were sent, a trailer. */
    static final String EXPORTED = "Vigie-Exported";

    /** What is to be known of the result, in words; mostly absent. Sent before the first verbatim. */
    static final String CAVEAT = "Vigie-Caveat";

    private static final Logger log = LoggerFactory.getLogger(ExportEndpoint.class);
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);
    private static final int RETRY_SECONDS = 30;
    private static final DateTimeFormatter FILE_TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);

    private final VerbatimIndex index;
    private final SearchEndpoint searches;
    private final ReadYourWrites writes;
    private final ServerMetrics metrics;
    private final InstantSource clock;
    private final Admission places = new Admission(EXPORTS_AT_ONCE_MAX, WAIT_MAX);

    /** @param searches refuses for an export what it refuses for a search */
    ExportEndpoint(
            VerbatimIndex index,
            SearchEndpoint searches,
            ReadYourWrites writes,
            ServerMetrics metrics,
            InstantSource clock) {
        this.index = index;
        this.searches = searches;
        this.writes = writes;
        this.metrics = metrics;
        this.clock = clock;
    }

    Document export(Context context) throws Refusal, IOException {
        ExportParameters wanted = wanted(context.queryString());
        return export(context, wanted, ExportWords.codes(wanted.french()));
    }

    /** @param words of the file, where it has any */
    Document export(Context context, ExportParameters wanted, ExportWords words) throws Refusal, IOException {
        writes.await(wanted.after());
        try (var _ = place()) {
            // Before the result: what it has may be better, not worse.
            Optional<String> caveat = index.caveat();
            var time = metrics.start();
            try (ResultStream result = opened(wanted.request())) {
                time.stop(metrics.search(Endpoint.EXPORT));
                head(context, wanted, result);
                caveat.ifPresent(told -> context.header(CAVEAT, told.replaceAll("[^ -~]", "?")));
                if (context.method().equals(HandlerType.GET)) {
                    send(context, wanted, words, result, caveat);
                }
            }
        }
        return Document.sent();
    }

    private Admission.Permit place() throws Refusal {
        return places.enter(1).orElseThrow(() -> {
            metrics.rejected(Rejection.BUSY).increment();
            return new Refusal(Problem.of(
                            Fault.BUSY,
                            EXPORTS_AT_ONCE_MAX + " exports are under way, which is all at once; try again when one"
                                    + " has ended")
                    .retryAfter(RETRY_SECONDS));
        });
    }

    /** Counts what is refused. */
    ExportParameters wanted(@Nullable String query) throws Refusal {
        try {
            return ExportParameters.read(query);
        } catch (Refusal e) {
            metrics.rejected(Rejection.BAD_PARAMETER).increment();
            throw e;
        }
    }

    private ResultStream opened(SearchRequest request) throws Refusal, IOException {
        return switch (index.stream(request)) {
            case ResultStream result -> result;
            case Refused refused -> throw searches.refusal(refused);
        };
    }

    private void head(Context context, ExportParameters wanted, ResultStream result) {
        ZoneId zone = wanted.request().zone();
        String file = "vigie-" + FILE_TIME.format(clock.instant().atZone(zone)) + "."
                + wanted.format().extension();
        context.contentType(wanted.format().mediaType);
        context.header("Content-Disposition", "attachment; filename=\"" + file + "\"");
        context.header(TOTAL, Long.toString(result.total()));
    }

    private void send(
            Context context, ExportParameters wanted, ExportWords words, ResultStream result, Optional<String> caveat) {
        if (context.protocol().equals("HTTP/1.1")) {
            context.header("Trailer", EXPORTED);
            // Asked for at the end of the response; one that is cut never comes there.
            context.res().setTrailerFields(() -> Map.of(EXPORTED, Long.toString(result.total())));
        }
        var client = new Client(context.outputStream());
        try {
            write(result, form(wanted, words, client, caveat));
            metrics.exported(Exported.COMPLETE).increment();
        } catch (IOException e) {
            broken(context, client, e);
        } catch (RuntimeException e) {
            broken(context, client, e);
            throw e;
        }
    }

    private static void write(ResultStream result, ExportForm form) throws IOException {
        form.begin();
        long exported = 0;
        while (result.next()) {
            form.verbatim(result);
            exported++;
        }
        form.end(exported);
    }

    private static ExportForm form(
            ExportParameters wanted, ExportWords words, OutputStream out, Optional<String> caveat) throws IOException {
        return switch (wanted.format()) {
            case CSV ->
                new ExportCsv(out, wanted.french(), words, wanted.request().zone(), wanted.columns());
            case JSONL -> new ExportJsonLines(out, wanted.columns(), caveat);
        };
    }

    /** Ended in order, what was sent would look whole to a client that does not know of the last line. */
    private void broken(Context context, Client client, Exception failure) {
        if (client.isGone) {
            metrics.exported(Exported.ABANDONED).increment();
            log.debug("a client left or no longer read its export", failure);
        } else {
            metrics.exported(Exported.FAILED).increment();
            log.error(
                    "an export was cut off, its client has to ask again; requestId={}",
                    context.res().getHeader(RequestIds.HEADER),
                    failure);
        }
        ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }

    /** Tells failures to send from failures to read the index. */
    private static final class Client extends FilterOutputStream {
        boolean isGone;

        Client(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            isGone = true;
            out.write(bytes, from, length);
            isGone = false;
        }

        @Override
        public void write(int one) throws IOException {
            isGone = true;
            out.write(one);
            isGone = false;
        }

        @Override
        public void flush() throws IOException {
            isGone = true;
            out.flush();
            isGone = false;
        }
    }
}
