package io.vigie.app;

import static io.vigie.app.SampleEvents.call;
import static io.vigie.app.SampleEvents.survey;
import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code vigie import} into a running program. */
@ExtendWith(RunningVigie.class)
final class ImportIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);

    private final VigieProcess vigie;
    private final VigieHttp http;

    @TempDir
    private Path directory;

    ImportIT(VigieProcess vigie) {
        this.vigie = vigie;
        this.http = vigie.http();
    }

    @Test
    void aFileOfMixedEventsIsTakenOnceHoweverOftenAndABadLineIsToldByItsNumber() throws IOException {
        Path file = directory.resolve("mixed.jsonl.gz");
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            out.write(ticket("file-1", null, "Dossier Géranium, box en panne") + "\n");
            out.write(call("file-2", null, "Allô ?", "Dossier Géranium, on me rappelle trop") + "\n");
            out.write("{\"ticketId\": \"broken\n\n");
            out.write(survey("file-3", null, "Dossier Géranium, parfait") + "\n");
            out.write(ticket("file-4", null, "Dossier Géranium").put("channel", "PIGEON") + "\n");
        }

        var first = vigie.command("import", file.toString());
        var second = vigie.command("import", file.toString());
        http.accept("tickets", ticket("after-file", null, "Dossier Hibiscus").put("ticketId", "ticket-file-1"));

        assertThat(first.exit()).isEqualTo(1);
        assertThat(first.out()).contains("3 accepted, 2 refused");
        assertThat(first.err()).contains(file + ":3: not JSON at column", file + ":6: ", "PIGEON");
        assertThat(second).isEqualTo(first);
        await().atMost(SEEN_MAX).until(() -> http.total("q", "hibiscus") == 1);
        await().atMost(SEEN_MAX).until(() -> http.total("q", "geranium") == 3);
    }

    @Test
    void frenchAndEnglishTablesArePlainVerbatims() throws IOException {
        Path french = Files.writeString(directory.resolve("avis.csv"), """
                id;date;offre;note;texte;colonne inconnue
                a1;31/03/2026;;1;"Box Jonquille en panne ; inadmissible";x
                a2;2026-04-01;;5;"Jonquille : ""parfait"", merci";y
                a3;hier;;4;Jonquille quelconque;z
                a4;;;;;
                """);
        Path english = Files.writeString(directory.resolve("reviews.csv"), """
                text,date,rating
                "Jonquille billing is wrong,
                again",2026-04-02,2
                """);

        var ran = vigie.command("import", french.toString(), english.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("avis.csv: 2 accepted, 2 refused", "reviews.csv: 1 accepted, 0 refused");
        assertThat(ran.out()).contains("in all: 3 accepted, 2 refused");
        assertThat(ran.err()).contains("avis.csv:4: date is \"hier\"", "avis.csv:5: the text is missing");
        await().atMost(SEEN_MAX).until(() -> http.total("q", "jonquille") == 3);
        assertThat(http.only("jonquille inadmissible").path("csat").asInt()).isEqualTo(1);
        assertThat(http.only("jonquille parfait").path("occurredAt").asText()).startsWith("2026-03-31T22:00");
        assertThat(http.only("jonquille billing again").path("language").asText())
                .isEqualTo("en");
    }

    @Test
    void linesWithNothingButATextAreTaken() throws IOException {
        Path file = Files.writeString(directory.resolve("textes.jsonl"), """
                {"text": "Le débit Lavande est trop lent", "date": "2026-04-01T10:00:00Z"}
                {"verbatim": "Merci pour Lavande", "lang": "fr", "nps": 10}
                {"rating": 3}
                ["Lavande"]
                """);

        var ran = vigie.command("import", file.toString());
        var again = vigie.command("import", file.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("textes.jsonl:3: neither an event", "textes.jsonl:4: not a JSON object");
        assertThat(again).isEqualTo(ran);
        await().atMost(SEEN_MAX).until(() -> http.total("q", "lavande") == 2);
        assertThat(http.only("lavande merci").path("nps").asInt()).isEqualTo(10);
    }

    @Test
    void aFileThatIsNotThereIsToldInOneSentence() {
        var ran = vigie.command("import", directory.resolve("nowhere.jsonl").toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).isEqualTo("vigie: cannot read " + directory.resolve("nowhere.jsonl") + "\n");
    }

    @Test
    void aFileThatIsOnlyNamedGzIsToldInOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("plain.jsonl.gz"), "{\"text\": \"nicht gepackt\"}\n");

        var ran = vigie.command("import", file.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err()).contains("plain.jsonl.gz");
    }

    @Test
    void aRowThatIsNotLikeTheOthersIsToldAndTheRestIsTaken() throws IOException {
        Path file = Files.writeString(directory.resolve("rows.csv"), """
                text,date
                Muguet un,2026-04-01
                Muguet, deux,2026-04-01
                Muguet trois

                Muguet quatre,2026-04-01
                "Muguet cinq,2026-04-01
                """);

        var ran = vigie.command("import", file.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).contains("2 accepted, 3 refused");
        assertThat(ran.err()).contains("rows.csv:3: ", "rows.csv:4: ", "rows.csv:7: ");
        await().atMost(SEEN_MAX).until(() -> http.total("q", "muguet") == 2);
    }

    @Test
    void withoutARunningProgramItSaysHowToStartOne() throws IOException {
        Path file = Files.writeString(directory.resolve("one.jsonl"), "{\"text\": \"bonjour\"}\n");

        var ran = Program.run("import", "--set", "http.port=" + Program.freePort(), file.toString());

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(ran.err())
                .startsWith("vigie: no Vigie answers at http://127.0.0.1:")
                .contains("vigie up");
    }
}
