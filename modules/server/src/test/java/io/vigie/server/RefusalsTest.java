package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.index.Refused;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.server.page.Language;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the index and the addresses are refused for is said in French too. */
class RefusalsTest {
    private static final Wording FRENCH = new Wording(Language.FRENCH, ZoneId.of("Europe/Paris"));
    private static final Wording ENGLISH = new Wording(Language.ENGLISH, ZoneId.of("Europe/Paris"));

    @TempDir
    private static Path directory;

    private static RunningServer running;

    @BeforeAll
    static void start() throws IOException, ServerException {
        running = new RunningServer(directory.resolve("index"));
        running.put(RunningServer.verbatim("a", "La panne dure."));
    }

    @AfterAll
    static void stop() throws IOException {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"port 25",
                "(panne",
                "panne)",
                "()",
                "offre:",
                "panne SAUF",
                "panne OU",
                "ET panne",
                "note:[1 TO 3",
                "note:[1]",
                "note:[9 TO 3]",
                "note:beau",
                "note:>>3",
                "date:[2026-03 TO 2026-01]",
                "date:demain-matin",
                "date:2026-13",
                "date:7x",
                "date:>7j",
                "a*",
                "fac*ture",
                "panne~9",
                "\"box panne\"~99",
                "offre:x~",
                "a~ b~ c~ d~ e~ f~ g~ h~ i~ j~ k~",
                "ofre:x",
                "zzz:x",
                "intention:plinte",
                "intention:zzz",
                "thème:biling.error",
                "est:plinte",
                "avec:zzz",
                "offre:a*",
                "offre:ab*c*d*e*f*g*h",
                "doublons:zzz",
                "id:a*b"
            })
    void aWrongQueryIsExplainedInFrench(String query) throws IOException {
        var outcome = running.index.search(SearchRequest.of(query));

        assertThat(outcome).as(query).isInstanceOf(Refused.class);
        String detail = ((Refused) outcome).detail();
        assertThat(Refusals.isEnglish(detail, FRENCH))
                .as(query + " → " + detail)
                .isFalse();
        assertThat(Refusals.said(detail, FRENCH)).doesNotContain("column").doesNotContain("$");
        assertThat(Refusals.said(detail, ENGLISH)).doesNotContain("column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=mardi",
                "sort=x",
                "zzz=1",
                "sortt=newest",
                "intent=zzz",
                "from=2026-03-02&to=2026-03-01",
                "cursor=zzz",
                "from=2026-01-01&from=2026-01-02",
                "compare=previous"
            })
    void aWrongAddressIsExplainedInFrench(String query) {
        var page = running.get("/?" + query);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("Cette demande n’est pas comprise")
                .doesNotContain("lang=\"en\">")
                .doesNotContain("allowed:")
                .doesNotContain("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"la panne|\"la panne\"",
                "(panne|(panne)",
                "panne)|panne",
                "thème:biling.error|thème:billing.error",
                "intention:complant|intention:complaint"
            })
    void whatWasMeantIsGuessed(String query, String meant) throws IOException {
        Refused refused = (Refused) running.index.search(SearchRequest.of(query));

        assertThat(Mending.of(query, refused)).as(refused.detail()).isEqualTo(Optional.of(meant));
        assertThat(running.index.search(SearchRequest.of(meant))).isInstanceOf(SearchResult.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://10.0.0.1/|n’est pas publique",
                "ftp://exemple.fr|commence par https://",
                "http://u:p@exemple.fr/|nom d’utilisateur",
                "ht tp:|n’est pas une adresse",
                "https://nulle-part.invalid/|machine inconnu"
            })
    void aWrongWebhookIsExplainedInFrench(String webhook, String said) {
        var answer = post("/recherches", "name=x&search=%2F%3Fq%3Dpanne&webhook=" + encoded(webhook));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(said).doesNotContain("webhook is");
        assertThat(RunningServer.json(running.post(
                                "/api/v1/searches",
                                "application/json",
                                "{\"name\":\"x\",\"search\":{\"q\":\"panne\"},\"webhook\":\"" + webhook + "\"}"))
                        .get("detail")
                        .asText())
                .startsWith("webhook is refused: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "title=T&author=A&day=2030-01-01&verbatim=a|366 jours",
                "title=T&author=A&day=2026-03-15&verbatim=a&verbatim=zz|1 des 2 verbatims choisis",
                "title=LONG&author=A&day=2026-03-15&verbatim=a|300 caractères au plus",
                "title=T&author=LONG&day=2026-03-15&verbatim=a|100 caractères au plus"
            })
    void aWrongDecisionIsExplainedInFrench(String form, String said) throws IOException {
        OfferStory.tell(running);

        var answer = post("/signaux/a1/decision", form.replace("LONG", "x".repeat(301)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(said).doesNotContain("lang=\"en\">");
        assertThat(RunningServer.json(running.post("/api/v1/actions", "application/json", "{\"kind\":\"decision\"}"))
                        .get("detail")
                        .asText())
                .contains("is missing or wrong; expected");
    }

    private static HttpResponse<String> post(String path, String form) {
        return running.post(path, "application/x-www-form-urlencoded", form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void whatIsNotKnownStaysEnglishAndSaysSo() {
        assertThat(Refusals.said("something else", FRENCH)).isEqualTo("something else");
        assertThat(Refusals.isEnglish("something else", FRENCH)).isTrue();
        assertThat(Refusals.isEnglish("something else", ENGLISH)).isFalse();
    }
}
