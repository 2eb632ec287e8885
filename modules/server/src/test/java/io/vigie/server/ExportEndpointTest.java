package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.vigie.events.Intent;
import io.vigie.index.ResultStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TEXT_PIECES = "=+-@\t\r\n'\",;|é€😀 \uFEFF\u00A0\uFF1Da1#";
    private static final int LARGE = 2_500;
    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final TurnedClock clock = new TurnedClock();
    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory, ServerSettings.at("127.0.0.1", 0), clock);
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void jsonLinesAreTheHitsOfASearch() throws IOException {
        running.put(
                verbatim("a", "Ma facture est fausse"),
                verbatim("b", "Rien"),
                verbatim("c", "La facture", "mobile-s", Intent.COMPLAINT, NOW.minusSeconds(60)));

        var answer = running.get("/api/v1/export?format=jsonl&q=facture");

        List<JsonNode> lines = lines(answer.body());
        var searched = new ArrayList<JsonNode>();
        RunningServer.json(running.get("/api/v1/search?q=facture&sort=newest"))
                .get("hits")
                .forEach(searched::add);
        assertThat(lines.subList(0, 2)).isEqualTo(searched);
        assertThat(lines.getLast().toString()).isEqualTo("{\"exported\":2,\"complete\":true}");
        assertThat(lines).hasSize(3);
        assertThat(answer.body()).endsWith("}\n").doesNotContain("secret-key");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"vigie-20260315-130000.jsonl\"");
        assertThat(answer.headers().firstValue("Vigie-Total")).contains("2");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void csvIsWhatExcelTakes() throws IOException {
        running.put(verbatim("a", "Dit \"non\", deux fois"));

        var answer = running.get("/api/v1/export");

        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=utf-8;header=present");
        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .endsWith(".csv\"");
        assertThat(answer.body())
                .startsWith("\uFEFF\"id\",\"occurredAt\",")
                .contains("\r\n\"a\",2026-03-15T12:00:00Z,\"TICKET\",\"EMAIL\",,\"fr\",\"fibre-pro\",,\"COMPLAINT\","
                        + "\"billing.error\",\"Dit \"\"non\"\", deux fois\",-0.5,2,0.1,false,,,,,")
                .endsWith("\r\n\"#exported\",1,\"complete\"" + ",".repeat(23) + "\r\n");
    }

    @Test
    void onlyTheColumnsThatAreAskedForAreWrittenInThatOrder() throws IOException {
        running.put(verbatim("a", "déçu"));

        assertThat(running.get("/api/v1/export?columns=text,id&columns=nps,severity")
                        .body()
                        .lines())
                .containsExactly(
                        "\uFEFF\"text\",\"id\",\"nps\",\"severity\"",
                        "\"déçu\",\"a\",,2",
                        "\"#exported\",1,\"complete\",");
        assertThat(running.get("/api/v1/export?format=excel&columns=text&columns=sentiment")
                        .body()
                        .lines())
                .containsExactly("\uFEFF\"verbatim\";\"sentiment\"", "\"déçu\";-0,5", "\"#exported\";1;\"complete\"");
        assertThat(running.get("/api/v1/export?format=jsonl&columns=text,id,themes")
                        .body())
                .isEqualTo("""
                        {"id":"a","text":"déçu","themes":[{"theme":"billing.error","score":0.8,"evidence":[{"start":0,"end":2}]}]}
                        {"exported":1,"complete":true}
                        """);
    }

    @Test
    void frenchCsvHasSemicolonsCommasAndLocalTimes() throws IOException {
        running.put(verbatim("a", "déçu"));

        String body = running.get("/api/v1/export?locale=fr").body();

        assertThat(body)
                .startsWith("\uFEFF\"identifiant\";\"date\";")
                .contains("\"thèmes\"")
                .contains("\r\n\"a\";15/03/2026 13:00:00;\"TICKET\"")
                .contains("\"déçu\";-0,5;2;0,1;non;")
                .endsWith("\"#exported\";1;\"complete\"" + ";".repeat(23) + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+33",
                "-2",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "  =1",
                "\u00A0@x",
                "\uFEFF=1",
                "＝1",
                "'=1",
                "'tis"
            })
    void aCellThatASpreadsheetWouldCalculateIsGuarded(String text) throws IOException {
        running.put(verbatim("a", text));

        String body = running.get("/api/v1/export").body();

        assertThat(body).contains("\"'" + text + "\"");
        assertThat(read(body, ',').getFirst().getField("text")).isEqualTo("'" + text);
    }

    /** Whatever the texts are, a CSV reader that is not ours gives them back, as many as search counts. */
    @RepeatedTest(5)
    void everyTextIsReadBack() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var texts = new HashMap<String, String>();
        for (int i = 0; i < 300; i++) {
            String text = nasty(random);
            texts.put("id" + i, text);
            running.index.put(
                    verbatim("id" + i, text, "=offre" + random.nextInt(3), Intent.OTHER, NOW.minusSeconds(i)));
        }
        running.index.refresh();
        boolean french = random.nextBoolean();
        String filter = "offer=" + encoded("=offre1,=offre2");

        String body = running.get("/api/v1/export?" + filter + (french ? "&locale=fr" : ""))
                .body();

        var rows = read(body, french ? ';' : ',');
        var search = RunningServer.json(running.get("/api/v1/search?size=0&" + filter));
        assertThat(rows.size() - 1)
                .as("-Dseed=%d", seed)
                .isEqualTo(search.get("total").intValue());
        for (var row : rows.subList(0, rows.size() - 1)) {
            String id = row.getField(0);
            assertThat(unguarded(row.getField(french ? "verbatim" : "text")))
                    .as("%s -Dseed=%d", id, seed)
                    .isEqualTo(texts.get(id));
            assertThat(row.getField(6)).as("-Dseed=%d", seed).startsWith("'=offre");
        }
        assertThat(rows.getLast().getFields().subList(0, 3))
                .containsExactly("#exported", Integer.toString(rows.size() - 1), "complete");
    }

    @Test
    void theTrailerTellsHowManyWereSent() throws IOException {
        running.put(verbatim("a", "box"), verbatim("b", "box"));

        try (var client = new RawClient("GET /api/v1/export HTTP/1.1")) {
            String response = client.rest();

            assertThat(response).contains("Trailer: Vigie-Exported").endsWith("0\r\nVigie-Exported: 2\r\n\r\n");
        }
    }

    @Test
    void anOldClientGetsItToo() throws IOException {
        running.put(verbatim("a", "box"));

        try (var client = new RawClient("GET /api/v1/export HTTP/1.0")) {
            assertThat(client.rest()).contains("\"#exported\",1,\"complete\"");
        }
    }

    @Test
    void aCompressedExportIsWhole() throws Exception {
        running.put(verbatim("a", "box ".repeat(5_000)));

        byte[] body = running.exchange(
                        running.request("/api/v1/export?format=jsonl").header("Accept-Encoding", "gzip"),
                        BodyHandlers.ofByteArray())
                .body();

        String text =
                new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).endsWith("{\"exported\":1,\"complete\":true}\n");
    }

    @Test
    void headTellsHowManyWithoutSendingThem() throws IOException {
        running.put(verbatim("a", "box"));

        var answer = running.exchange(running.request("/api/v1/export").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.headers().firstValue("Vigie-Total")).contains("1");
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            format=xls               | format is "xls"; allowed: csv, excel, jsonl
            columns=id,prix          | columns is "prix"; allowed: id, occurredAt
            locale=de                | locale is "de"; allowed: fr, en
            format=jsonl&locale=fr   | locale is only for format=csv
            size=10                  | unknown parameter "size"
            cursor=x                 | unknown parameter "cursor"
            ofer=x                   | did you mean offer?
            q=%28box                 | column
            intent=ANGER             | intent is "ANGER"
            """)
    void whatASearchRefusesIsRefusedBeforeTheFirstByte(String parameters, String detail) {
        var answer = running.get("/api/v1/export?" + parameters);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(RunningServer.json(answer).get("detail").asText()).contains(detail);
    }

    @Test
    void aQueryThatCostsTooMuchIsRefusedBeforeTheFirstByteToo() {
        var answer = running.get("/api/v1/export?q=" + "box~+".repeat(11));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
        assertThat(answer.headers().firstValue("Vigie-Total")).isEmpty();
        assertThat(RunningServer.json(answer).get("detail").asText()).contains("~");
    }

    @Test
    void aSlowClientGetsTheStateOfItsFirstMoment() throws IOException {
        putLarge();

        try (var client = new RawClient("GET /api/v1/export?format=jsonl HTTP/1.1")) {
            client.first();
            for (int i = 0; i < LARGE; i++) {
                running.index.put(verbatim("id" + i, "tout va bien"));
            }
            running.put(verbatim("later", "box"));

            String response = client.rest();

            assertThat(response).contains("{\"exported\":" + LARGE + ",\"complete\":true}");
            assertThat(response)
                    .endsWith("Vigie-Exported: " + LARGE + "\r\n\r\n")
                    .doesNotContain("\"later\"");
            assertThat(count("complete")).isEqualTo(1);
        }
    }

    @Test
    void anExportThatMayStillGiveWhatIsErasedEndsAndDoesNotLookWhole() throws IOException {
        putLarge();

        try (var client = new RawClient("GET /api/v1/export?format=jsonl HTTP/1.1")) {
            client.first();
            running.index.delete("id" + (LARGE - 1));
            running.index.refresh();

            assertThat(client.rest()).doesNotContain("\"complete\"").doesNotContain("Vigie-Exported: ");
        }
        awaitCount("failed", 1);
    }

    @Test
    void anExportThatFailsMidwayDoesNotLookWhole() throws IOException {
        putLarge();

        try (var client = new RawClient("GET /api/v1/export HTTP/1.1")) {
            client.first();
            clock.turn(ResultStream.READING_TIME_MAX);

            String response = client.rest();

            assertThat(response).doesNotContain("#exported").doesNotContain("\r\n0\r\n");
            assertThat(response).doesNotContain("Vigie-Exported: ").doesNotContain("problem");
        }
        awaitCount("failed", 1);
    }

    @Test
    void aBrokenExportIsAnErrorOfTheConnection() throws IOException {
        putLarge();

        assertThatThrownBy(() -> {
                    try (InputStream body = running.exchange(
                                    running.request("/api/v1/export?format=jsonl"), BodyHandlers.ofInputStream())
                            .body()) {
                        assertThat(body.read()).isEqualTo('{');
                        clock.turn(ResultStream.READING_TIME_MAX);
                        body.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void whoComesWhenAllPlacesAreTakenIsToldToComeAgainAndGetsThePlaceOfOneWhoLeft() throws IOException {
        putLarge();
        var clients = new ArrayList<RawClient>();
        for (int i = 0; i < ExportEndpoint.EXPORTS_AT_ONCE_MAX; i++) {
            var client = new RawClient("GET /api/v1/export HTTP/1.1");
            client.first();
            clients.add(client);
        }

        var refused = running.get("/api/v1/export");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("30");
        assertThat(running.get("/api/v1/search").statusCode()).isEqualTo(200);

        for (var client : clients) {
            client.reset();
        }
        awaitCount("abandoned", clients.size());
        assertThat(running.get("/api/v1/export?q=absent").statusCode()).isEqualTo(200);
    }

    /** More than the buffers between server and client hold. */
    private void putLarge() throws IOException {
        // More than the buffers of a connection hold, in few words: signs cost the index next to nothing.
        String text = "La box est en panne depuis hier" + ". ".repeat(4_000);
        for (int i = 0; i < LARGE; i++) {
            running.index.put(verbatim("id" + i, text));
        }
        running.index.refresh();
    }

    private double count(String result) {
        return running.meters
                .get("vigie.exports")
                .tag("result", result)
                .counter()
                .count();
    }

    private void awaitCount(String result, int expected) {
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (count(result) < expected && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(count(result)).isEqualTo(expected);
    }

    private static String nasty(Random random) {
        var text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            int at = random.nextInt(TEXT_PIECES.length());
            char piece = TEXT_PIECES.charAt(at);
            text.append(Character.isSurrogate(piece) ? "😀" : String.valueOf(piece));
        }
        return text.toString();
    }

    private static String unguarded(String cell) {
        return cell.startsWith("'") ? cell.substring(1) : cell;
    }

    private static List<NamedCsvRecord> read(String body, char separator) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (var reader = CsvReader.builder()
                .fieldSeparator(separator)
                .detectBomHeader(true)
                .ofNamedCsvRecord(new ByteArrayInputStream(bytes))) {
            return reader.stream().toList();
        }
    }

    private static List<JsonNode> lines(String body) throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : body.strip().split("\n", -1)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A client that reads only when it is told to, through a small window. */
    private final class RawClient implements AutoCloseable {
        private final Socket socket = new Socket();

        RawClient(String request) throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout((int) WAIT_MAX.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), running.server.port()));
            socket.getOutputStream()
                    .write((request + "\r\nHost: 127.0.0.1:" + running.server.port() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
        }

        /** Reads so little that the server cannot have sent all, but has begun. */
        void first() throws IOException {
            assertThat(socket.getInputStream().readNBytes(100))
                    .startsWith("HTTP/1.1 200".getBytes(StandardCharsets.UTF_8));
        }

        String rest() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }

        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
