package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.vigie.index.Checkpoint;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsPageTest {
    private static final String STUCK = "the index is catching up: 1200 records to go; the index is built anew: 43 %,"
            + " 8600 records done, 11400 to do, 3 min left";

    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        Instant committed = NOW.minus(Duration.ofMinutes(7));
        running = new RunningServer(
                directory.resolve("index"), ServerSettings.at("127.0.0.1", 0), Clock.fixed(committed, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    private void work() throws IOException {
        running.arrive(verbatim("a", "Ma facture est fausse."), verbatim("b", "Encore une panne."));
        running.index.commit(new Checkpoint("topic", Map.of(0, 2L)));
        running.offsets.committed.put(new TopicPartition(FakeKafka.TOPIC, 0), 90L);
        running.offsets.ends.put(new TopicPartition(FakeKafka.TOPIC, 0), 102L);
        running.offsets.ends.put(new TopicPartition("verbatims", 0), 3L);
        var freshness = Timer.builder("vigie.freshness")
                .serviceLevelObjectives(Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1))
                .register(running.meters);
        for (int i = 0; i < 200; i++) {
            freshness.record(Duration.ofMillis(i < 190 ? 60 : 180));
        }
    }

    private void bury() {
        for (int i = 0; i < 12; i++) {
            boolean sentBack = i < 4;
            running.deadLetters.put(
                    "stream",
                    "not-understood",
                    "java.lang.IllegalStateException",
                    "voc.tickets",
                    NOW.minusSeconds(60L * i),
                    sentBack);
        }
        running.deadLetters.put(
                "stream",
                "event-time-in-future",
                "occurredAt is 2027-03-01T00:00:00Z; at most 1 day after its arrival",
                "voc.surveys",
                NOW.minus(Duration.ofDays(3)),
                false);
        running.deadLetters.put(
                "sink", "bad-avro", "not readable with schema id 7", "voc.verbatims", NOW.minusSeconds(9), false);
        running.deadLetters.put("stream", "bad; rm -rf", "?", "voc.tickets", NOW.minusSeconds(5), false);
        running.deadLetters.put("stream", "no-key", "gone", "voc.tickets", NOW.minus(Duration.ofDays(60)), false);
    }

    private void fail() {
        running.sink.set(new Health.Down(STUCK));
        running.offsets.broken = true;
        Gauge.builder("vigie.index.rebuild.ratio", () -> 0.43).register(running.meters);
        running.deadLetters.cut = true;
    }

    @Test
    void deadLettersOfACauseAreSentBackOnceAndOnlyWhenThatIsConfirmed() {
        running.deadLetters.put("stream", "bad-avro", "no schema", "voc.tickets", NOW, false);
        running.replay.put("bad-avro", 1_200);

        assertThat(running.get("/etat").body()).contains("href=\"/etat/rejeu?reason=bad-avro&amp;topic=voc.tickets\"");
        assertThat(text(running.get("/etat/rejeu?reason=bad-avro&topic=voc.tickets")))
                .contains("Renvoyer 1 000 rebuts", "Au plus 1 000 à la fois, sur 1 200");
        assertThat(running.replay.sent("bad-avro")).isZero();

        assertThat(text(replay())).contains("1 000 rebuts renvoyés", "Renvoyer 200 rebuts");
        assertThat(text(replay())).contains("200 rebuts renvoyés", "Il n’y a rien à renvoyer");
        assertThat(text(replay())).contains("0 rebut renvoyé", "Il n’y a rien à renvoyer");
        assertThat(running.replay.sent("bad-avro")).isEqualTo(1_200);
    }

    @Test
    void aReplayThatFailsSaysWhyAndThatItCanBeAskedAgain() {
        running.replay.failure = "Kafka gave nothing for 30 s";

        var page = replay();

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(text(page)).contains("Tout n’a pas pu être renvoyé", "Kafka gave nothing for 30 s", "réessayez");
        assertThat(running.get("/etat/rejeu?reason=x&topic=y").statusCode()).isEqualTo(503);
        assertThat(text(running.get("/etat/rejeu?reason=x"))).contains("Il manque « topic »");
    }

    /** With plain spaces where French has narrow ones. */
    private static String text(HttpResponse<String> page) {
        return page.body().replaceAll("[\\u00a0\\u202f]", " ");
    }

    private HttpResponse<String> replay() {
        return running.post("/etat/rejeu", "application/x-www-form-urlencoded", "reason=bad-avro&topic=voc.tickets");
    }

    @Test
    void thePipelineIsSeenAtAGlance() throws IOException {
        work();

        String page = running.get("/etat").body();

        assertThat(page)
                .contains("Tout fonctionne.", "Reçus, pas encore compris", "≤ 250 ms")
                .contains("pour 99\u202f% de 200 verbatims", "15 mars 2026 12:53, il y a 7 min")
                .contains("aucun dommage connu", "Aucun rebut")
                .contains("href=\"/metrics\"", "href=\"/health/ready\"");
        assertThat(stage(page, "Reçus, pas encore compris")).contains("<strong class=\"value\">12</strong>");
        assertThat(stage(page, "Compris, pas encore indexés")).contains("<strong class=\"value\">1</strong>");
        assertThat(stage(page, "Consultables")).contains("href=\"/\">2</a>");
    }

    @Test
    void whatFailsIsSaidInTheLanguageOfThePage() throws IOException {
        work();
        fail();

        String page = running.get("/etat").body();

        assertThat(page)
                .contains("1 contrôle est en échec.", "Kafka ne répond pas", "L’index est reconstruit")
                .contains("L’index rattrape son retard\u202f: encore 1200 enregistrements.")
                .contains("43\u202f%, 8600 enregistrements faits", "width=\"43.0%\"");
        assertThat(running.get("/etat?lang=en").body()).contains("1 check fails.", STUCK);
    }

    @Test
    void whatNobodyHasTranslatedIsMarkedAsEnglish() {
        running.sink.set(new Health.Down("something new <b>"));

        assertThat(running.get("/etat").body()).contains("<p lang=\"en\">something new &lt;b&gt;</p>");
    }

    @Test
    void deadLettersAreGroupedByCauseAndEachNumberOpensItsList() {
        bury();

        String page = running.get("/etat").body();

        assertThat(page)
                .contains("15 rebuts", "Notre code a échoué sur le texte", "Daté du futur")
                .contains("vigie dead-letters replay --reason not-understood --topic voc.tickets")
                .contains("puis «\u202fvigie index rebuild\u202f»")
                .doesNotContain("replay --reason bad");
        var counts =
                Pattern.compile("href=\"(/etat/rebuts\\?[^\"]*)\">(\\d+)</a>").matcher(page);
        int found = 0;
        while (counts.find()) {
            String list = running.get(counts.group(1).replace("&amp;", "&")).body();
            assertThat(list.split("class=\"card letter\"", -1)).hasSize(Integer.parseInt(counts.group(2)) + 1);
            found++;
        }
        assertThat(found).isEqualTo(4);
    }

    @Test
    void oneDeadLetterSaysWhyAndWhereAndHowToSeeIt() {
        bury();

        assertThat(running.get("/etat/rebuts?reason=bad-avro").body())
                .contains("not readable with schema id 7", "voc.verbatims 2-13", "vigie dead-letters show 0-13")
                .contains("1 rebut<");
        assertThat(running.get("/etat/rebuts?reason=none").body()).contains("Aucun rebut de ce genre");
        assertThat(running.get("/etat/rebuts?cause=x").statusCode()).isEqualTo(400);
        assertThat(running.get("/etat?x=1").statusCode()).isEqualTo(400);
    }

    @Test
    void deadLettersThatCannotBeReadAreNoGoodNews() {
        running.deadLetters.state =
                new Health.Down("cannot read the dead letters from voc.dead-letters: not authorized");

        assertThat(running.get("/etat").body())
                .contains("Impossible de lire voc.dead-letters")
                .doesNotContain("Tout ce qui est arrivé a pu être utilisé");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reading the offer catalogue from voc.offers; wait",
                "cannot read the questions from voc.questions: no broker",
                "the stream is REBALANCING; it is ready when RUNNING",
                "the stream of insights is REBALANCING; it is ready when RUNNING",
                "the index is built anew: 1 %, 1 records done, 99 to do",
                "a part of the index is damaged (_4.cfs: checksum): what is in it may be missing from searches",
                "writing the index failed and is tried again: disk full",
                "searches see an index that is no longer brought up to date (the topic is another)",
                "the embedded registry has ended; restart vigie",
                STUCK
            })
    void everyCheckSpeaksFrench(String detail) {
        running.sink.set(new Health.Down(detail));

        assertThat(running.get("/etat").body()).contains("<p lang=\"fr\">").doesNotContain("<p lang=\"en\">");
    }

    @ParameterizedTest
    @CsvSource({"PHONE, LIGHT", "PHONE, DARK", "DESK, LIGHT"})
    void nobodyIsKeptOut(Screen screen, ColorScheme scheme) throws IOException {
        String name = (screen + "-" + scheme).toLowerCase(Locale.ROOT);
        try (var window = Browser.window(running, screen, scheme)) {
            window.look("/etat", "state-empty-" + name);
            work();
            window.look("/etat", "state-well-" + name);
            bury();
            fail();
            window.look("/etat", "state-broken-" + name);
            window.look("/etat/rebuts", "deadletters-" + name);
            running.replay.put("not-understood", 12);
            window.look("/etat/rejeu?reason=not-understood&topic=voc.tickets", "replay-" + name);
            window.page().locator(".write button").click();
            window.check("replay-done-" + name);
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void opsGoFromTheGlanceToOneDeadLetterAndBack() throws IOException {
        work();
        bury();
        try (var window = Browser.withoutScripts(running)) {
            Page page = window.open("/themes");
            page.click("nav >> text=État");
            assertThat(page.textContent("p.done")).contains("Tout fonctionne");
            assertThat(page.textContent(".stage.bad")).contains("Rebuts");
            page.locator(".cause")
                    .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("Daté du futur"))
                    .locator("dd a")
                    .click();
            assertThat(page.textContent(".letter")).contains("vigie dead-letters show 0-12");
            page.click(".chip >> nth=0");
            page.click("text=Revenir à l’état");
            assertThat(page.url()).endsWith("/etat");
        }
    }

    private static String stage(String page, String name) {
        int start = page.indexOf(">" + name + "<");
        assertThat(start).as(name).isPositive();
        return page.substring(start, page.indexOf("</li>", start));
    }
}
