package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vigie.understanding.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands of somebody who works with a running program, and the starts that are refused. */
@ExtendWith(RunningVigie.class)
final class CommandsIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);

    private final VigieProcess vigie;

    @TempDir
    private Path directory;

    CommandsIT(VigieProcess vigie) {
        this.vigie = vigie;
    }

    @Test
    void searchPrintsWhatItFindsOrSaysWhereTheQueryIsWrong() throws IOException {
        vigie.http().accept("tickets", ticket("cli-1", null, "Panne de la box Nénuphar, inadmissible."));
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "nenuphar") == 1);

        var found = vigie.command("search", "nenuphar", "--intent", "COMPLAINT");
        var raw = vigie.command("search", "--json", "--size", "1", "nenuphar");
        var wrong = vigie.command("search", "offer:(fibre AND \"box");

        assertThat(found.exit()).isZero();
        assertThat(found.out()).startsWith("1 verbatims in ").contains("unassigned  COMPLAINT", "box Nénuphar");
        assertThat(new ObjectMapper().readTree(raw.out()).path("total").asInt()).isEqualTo(1);
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).startsWith("vigie: ").contains("column");
        assertThat(wrong.err().lines()).hasSize(1);
    }

    @Test
    void offersAreAppliedListedAndTried() throws IOException {
        Path file = Files.writeString(directory.resolve("offers.jsonl"), """
                {"offerId": "mobile-orchidee", "name": "Mobile Orchidée 200 Go", "aliases": ["MO200"], "segment": "B2C"}

                {"offerId": "no way", "name": "Space"}
                {"name": "nameless"}
                {"offerId": "mobile-pensee", "name": "Mobile Pensée", "aliases": [], "segment": null}
                """);

        var tried = vigie.command("offers", "apply", "--dry-run", file.toString());
        var before = vigie.command("offers", "list");
        var applied = vigie.command("offers", "apply", file.toString());
        var after = vigie.command("offers", "list");

        assertThat(tried.out()).isEqualTo("2 offers would be applied, 2 lines refused\n");
        assertThat(before.out()).doesNotContain("orchidee", "pensee");
        assertThat(applied.exit()).isEqualTo(1);
        assertThat(applied.out()).isEqualTo("2 offers applied, 2 lines refused\n");
        assertThat(applied.err())
                .contains("offers.jsonl:3: ", "A-Z a-z 0-9")
                .contains("offers.jsonl:4: not an offer: the field offerId is missing");
        assertThat(after.exit()).isZero();
        assertThat(after.out()).contains("{\"id\":\"mobile-orchidee\",\"name\":\"Mobile Orchidée 200 Go\"");
        assertThat(after.out()).contains("\"id\":\"mobile-pensee\"");
    }

    @Test
    void whatWasSaidBeforeItsOfferWasDeclaredIsReassignedOnceAndCountsFollow() {
        vigie.http()
                .accept(
                        "tickets",
                        ticket("late-1", "BG-42", "Plus d'internet, inadmissible, dossier Gentianea."),
                        ticket("late-2", null, "Ma Box Gentiane est en panne, dossier Gentianea."),
                        ticket("late-3", null, "Ma box est en panne, dossier Gentianea."));
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "gentianea") == 3);
        vigie.http().putOffer("box-gentiane", "Box Gentiane", "BG-42");
        String[] reassign = {"offers", "reassign", "--offer", "box-gentiane"};

        var tried = vigie.command(with(reassign, "--dry-run"));
        var asked = vigie.command(reassign);
        long before = vigie.http().total("q", "gentianea", "offer", "box-gentiane");
        var done = vigie.command(with(reassign, "--yes"));
        var again = vigie.command(with(reassign, "--yes"));

        assertThat(tried.err()).isEmpty();
        assertThat(tried.exit()).isZero();
        assertThat(tried.out())
                .contains("unassigned verbatims would be reassigned\n  2 to box-gentiane (Box Gentiane)\n")
                .contains("it:late-1  [BG-42]  ", "it:late-2  ");
        assertThat(asked.exit()).isEqualTo(1);
        assertThat(asked.out()).contains("would be reassigned; do it with --yes");
        assertThat(before).isZero();
        assertThat(done.err()).isEmpty();
        assertThat(done.out()).endsWith("2 verbatims reassigned\n");
        assertThat(done.exit()).isZero();
        assertThat(again.out()).startsWith("0 of ");
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "gentianea", "offer", "box-gentiane") == 2);
        assertThat(vigie.http().total("q", "gentianea")).isEqualTo(3);
        var verified = vigie.command("verify");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    }

    private static String[] with(String[] command, String option) {
        var all = Arrays.copyOf(command, command.length + 1);
        all[command.length] = option;
        return all;
    }

    @Test
    void theIndexIsBuiltAnewWhileItAnswersAndIsFollowed() {
        vigie.http().accept("tickets", ticket("rebuild-1", null, "Panne de la box Capucine, inadmissible."));
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "capucine") == 1);

        var rebuilt = vigie.command("index", "rebuild", "--yes", "--follow");
        long still = vigie.http().total("q", "capucine");
        vigie.http().accept("tickets", ticket("rebuild-2", null, "Panne de la box Capucine, encore."));
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "capucine") == 2);

        assertThat(rebuilt.err()).isEmpty();
        assertThat(rebuilt.exit()).isZero();
        assertThat(rebuilt.out())
                .startsWith("the index is built anew from Kafka in ")
                .endsWith("the index that was built anew has taken over\n");
        assertThat(still).isEqualTo(1);
        assertThat(vigie.data()).isDirectoryNotContaining("glob:**index.next");
        assertThat(vigie.http().ready()).isTrue();
    }

    @Test
    void historyIsLabelledAnewAndTheOldLabelsStay() throws IOException {
        vigie.http().accept("tickets", ticket("relabel-1", null, "Le zarboulon du modem Hellébore grésille."));
        await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "hellebore") == 1);
        String standard = classifier("relabel-1");
        Path taxonomy = directory.resolve("taxonomy.yaml");
        Files.writeString(taxonomy, anotherTaxonomy());

        var tried = vigie.command("reclassify", "--taxonomy", taxonomy.toString());
        String before = classifier("relabel-1");
        var done = vigie.command("reclassify", "--taxonomy", taxonomy.toString(), "--yes", "--rate", "20000");
        await().atMost(SEEN_MAX).until(() -> classifier("relabel-1").endsWith("it-relabel"));

        assertThat(tried.err()).isEmpty();
        assertThat(tried.out()).contains("labelled by " + standard).contains("nothing was written");
        assertThat(before).isEqualTo(standard);
        assertThat(done.err()).isEmpty();
        assertThat(done.out()).contains("the stream itself still labels by " + standard);
        var verbatim = vigie.http().get("/api/v1/verbatims/it:relabel-1").body();
        assertThat(verbatim.path("superseded").path(0).path("classifier").asText())
                .isEqualTo(standard);
    }

    private String classifier(String eventId) {
        return vigie.http()
                .get("/api/v1/verbatims/it:" + eventId)
                .body()
                .path("classifier")
                .asText();
    }

    /** The one of Vigie under another name, so that other tests find what they look for. */
    private static String anotherTaxonomy() throws IOException {
        try (var in = Engine.class.getResourceAsStream("taxonomy.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("(?m)^version: .*$", "version: it-relabel");
        }
    }

    @Test
    void topicsAndDoctorFindNothingToMend() {
        var check = vigie.command("topics", "check");
        var tried = vigie.command("topics", "apply", "--dry-run");
        var doctor = vigie.command("doctor");
        var live = vigie.command("doctor", "--live");

        // There may be notes: other tests remove offers.
        assertThat(check.exit()).as(check.out()).isZero();
        assertThat(check.out()).endsWith("every topic is as it should be\n");
        assertThat(tried.exit()).as(tried.out()).isZero();
        assertThat(tried.out()).endsWith("nothing to do\n");
        assertThat(doctor.out()).doesNotContain("MEND");
        assertThat(doctor.out()
                        .lines()
                        .filter(line -> !line.startsWith("note "))
                        .map(line -> line.substring(6).split(":", 2)[0]))
                .containsExactly("configuration", "disk", "kafka", "topics", "registry", "transactions", "vigie");
        assertThat(doctor.exit()).isZero();
        assertThat(live.exit()).isZero();
        assertThat(live.out().lines()).hasSize(1);
    }

    @Test
    void doctorSaysWhatToMendWhereNothingRuns() {
        var doctor = Program.run(
                "doctor",
                "--data",
                directory.toString(),
                "--set",
                "http.port=" + Program.freePort(),
                "--set",
                "kafka.bootstrap.servers=127.0.0.1:" + Program.freePort(),
                "--set",
                "kafka.default.api.timeout.ms=3000",
                "--set",
                "kafka.request.timeout.ms=2000");

        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out())
                .contains("MEND  kafka: does not answer at 127.0.0.1:", "MEND  vigie: no Vigie answers");
    }

    @Test
    void aSecondOneOnTheSameDataIsRefused() {
        var second = Program.run(
                "up",
                "--data",
                vigie.data().toString(),
                "--set",
                "http.port=" + Program.freePort(),
                "--set",
                "embedded.kafka.port=" + Program.freePort(),
                "--set",
                "embedded.registry.port=" + Program.freePort());

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err())
                .endsWith("vigie: another vigie already runs on " + vigie.data()
                        + "; stop it, or choose another directory with --data\n");
        assertThat(vigie.http().ready()).isTrue();
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() {
        int free = Program.freePort();
        var kafka = second("embedded.kafka.port=" + vigie.kafkaPort(), "http.port=" + free);
        var http = second("embedded.kafka.port=" + free, "http.port=" + vigie.httpPort());

        assertThat(kafka.exit()).isEqualTo(1);
        assertThat(kafka.err()).contains("port " + vigie.kafkaPort() + " is taken", "--set embedded.kafka.port=PORT");
        assertThat(http.exit()).isEqualTo(1);
        assertThat(http.err()).contains(Integer.toString(vigie.httpPort()), "http.port");
    }

    private Program.Ran second(String... settings) {
        return Program.run(
                "up",
                "--data",
                directory.resolve("second").toString(),
                "--set",
                "embedded.registry.port=" + Program.freePort(),
                "--set",
                settings[0],
                "--set",
                settings[1]);
    }

    @Test
    void anAddressBeyondThisMachineIsRefused() {
        var ran = Program.run(
                "up",
                "--data",
                directory.resolve("wide").toString(),
                "--set",
                "http.host=0.0.0.0",
                "--set",
                "http.port=" + Program.freePort(),
                "--set",
                "embedded.kafka.port=" + Program.freePort(),
                "--set",
                "embedded.registry.port=" + Program.freePort());

        assertThat(ran.exit()).isIn(1, 2);
        assertThat(ran.err()).contains("0.0.0.0", "access.tokens");
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearestKnownOne() {
        var ran = Program.run("up", "--set", "http.prot=8080", "--set", "time.zone=Mars/Olympus");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines().filter(line -> line.startsWith("vigie: "))).hasSize(2);
        assertThat(ran.err()).contains("unknown setting http.prot", "did you mean http.port?", "Mars/Olympus");
    }
}
