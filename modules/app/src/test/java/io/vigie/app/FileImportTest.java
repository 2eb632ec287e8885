package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileImportTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private StubVigie vigie;

    @BeforeEach
    void start() throws IOException {
        vigie = new StubVigie();
    }

    @AfterEach
    void stop() {
        vigie.close();
    }

    @Test
    void eventsGoToTheDoorOfTheirKindAsTheyAre() throws IOException {
        var result = imported("all.jsonl", """
                {"ticketId": "t1", "x": 1}
                {"callId": "c1"}

                {"responseId": "r1"}
                {"ticketId": "t2"}
                """);

        assertThat(result).isEqualTo(new FileImport.Result(4, 0));
        assertThat(vigie.requests())
                .extracting(StubVigie.Request::path)
                .containsExactlyInAnyOrder("/api/v1/events/tickets", "/api/v1/events/calls", "/api/v1/events/surveys");
        assertThat(vigie.requests())
                .filteredOn(request -> request.path().endsWith("tickets"))
                .flatExtracting(StubVigie.Request::lines)
                .containsExactly("{\"ticketId\": \"t1\", \"x\": 1}", "{\"ticketId\": \"t2\"}");
    }

    @Test
    void aLongFileGoesInBatches() throws IOException {
        var result = imported("long.jsonl", tickets(1_001));

        assertThat(result).isEqualTo(new FileImport.Result(1_001, 0));
        assertThat(vigie.requests())
                .extracting(request -> request.lines().size())
                .containsExactly(500, 500, 1);
    }

    @Test
    void aRefusedEventIsToldByItsLineInTheFile() throws IOException {
        vigie.answering(202, "{\"accepted\":1,\"rejected\":[{\"index\":1,\"error\":\"eventId is blank\"}]}");

        var result = imported("some.jsonl", "{\"ticketId\": \"t1\"}\nbroken\n\n{\"ticketId\": \"t2\"}\n");

        assertThat(result).isEqualTo(new FileImport.Result(1, 2));
        assertThat(said()).contains("some.jsonl:2: not JSON at column 1: ", "some.jsonl:4: eventId is blank");
    }

    @Test
    void aBatchWithoutOneGoodEventIsToldEventByEvent() throws IOException {
        vigie.answering(
                422, "{\"detail\":\"none\",\"accepted\":0,\"rejected\":[{\"index\":0,\"error\":\"no source\"}]}");

        var result = imported("bad.jsonl", "{\"ticketId\": \"t1\"}\n");

        assertThat(result).isEqualTo(new FileImport.Result(0, 1));
        assertThat(said()).contains("bad.jsonl:1: no source");
    }

    @Test
    void aBusyProgramIsAskedAgain() throws IOException {
        vigie.answering(503, "{\"detail\":\"come again\"}");

        var result = imported("busy.jsonl", "{\"ticketId\": \"t1\"}\n");

        assertThat(result).isEqualTo(new FileImport.Result(1, 0));
        assertThat(vigie.requests()).hasSize(2);
    }

    @Test
    void anotherAnswerEndsTheImportAndSaysWhichLinesAreMissing() {
        vigie.answering(202, "{\"accepted\":500,\"rejected\":[]}").answering(500, "{\"detail\":\"out of order\"}");

        assertThatThrownBy(() -> imported("long.jsonl", tickets(600)))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("lines 501 to 600 were not accepted: out of order;"
                        + " import the file again, nothing is doubled");
    }

    @Test
    void ofVeryManyBadLinesOnlyTheFirstAreShownAndTheRestIsCounted() throws IOException {
        var result = imported("awful.jsonl", "broken\n".repeat(60));

        assertThat(result).isEqualTo(new FileImport.Result(0, 60));
        assertThat(said().lines()).hasSize(51).last().asString().endsWith("10 more refused lines are not shown");
    }

    @Test
    void theMarkThatSpreadsheetsPutFirstIsNoPartOfTheFirstName() throws IOException {
        var result = imported("excel.csv", "\uFEFFtexte;date\nBonjour;31/03/2026\n");

        assertThat(result).isEqualTo(new FileImport.Result(1, 0));
        assertThat(vigie.requests().getFirst().lines().getFirst())
                .startsWith("{\"eventId\":\"excel-2\",\"source\":\"excel\"")
                .contains("\"text\":\"Bonjour\"");
    }

    @Test
    void anEmptyFileIsImportedAtOnce() throws IOException {
        assertThat(imported("empty.csv", "")).isEqualTo(new FileImport.Result(0, 0));
        assertThat(imported("empty.jsonl", "\n\n")).isEqualTo(new FileImport.Result(0, 0));
        assertThat(vigie.requests()).isEmpty();
    }

    @Test
    void tabsAndSemicolonsSeparateWhereTheHeaderSaysSo() throws IOException {
        imported("a.tsv", "id\ttext\n1\tOui, non; peut-être\n");
        imported("b.csv", "id;text\n1;Oui, non\n");

        assertThat(vigie.requests())
                .flatExtracting(StubVigie.Request::lines)
                .satisfiesExactly(
                        line -> assertThat(line).contains("\"text\":\"Oui, non; peut-être\""),
                        line -> assertThat(line).contains("\"text\":\"Oui, non\""));
    }

    @Test
    void aTableThatCannotBeReadFurtherIsToldAndWhatWasReadIsSent() throws IOException {
        var result =
                imported("quotes.csv", "text,date\nBonjour,2026-04-01\n\"Au\" revoir,2026-04-01\nEncore,2026-04-01\n");

        assertThat(result).isEqualTo(new FileImport.Result(1, 1));
        assertThat(said()).contains("quotes.csv:", "line 3", "the rest of the file is not read");
    }

    private FileImport.Result imported(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content);
        var errors = new PrintStream(said, true, StandardCharsets.UTF_8);
        try (var client = vigie.client()) {
            return new FileImport(file, client, new Progress(errors, false), errors, ZoneId.of("Europe/Paris")).run();
        }
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private static String tickets(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"ticketId\": \"t" + i + "\"}\n")
                .collect(Collectors.joining());
    }
}
