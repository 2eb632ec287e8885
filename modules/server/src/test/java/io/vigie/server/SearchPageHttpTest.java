package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Intent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the search page says, without a browser. */
class SearchPageHttpTest {
    private static final int WEIGHT_MAX = 100 * 1024;

    @AutoClose
    private final RunningServer running = RunningServer.start();

    private void fill() throws IOException {
        running.put(SampleVerbatims.before(RunningServer.NOW).toArray(io.vigie.events.Verbatim[]::new));
    }

    @Test
    void theFirstPageWeighsLessThanAHundredKilobytes() throws IOException {
        fill();
        String page = running.get("/").body();

        int weight = zipped(page);
        for (String file : everyFileOf(page)) {
            weight += zipped(running.get(file).body());
        }

        System.out.println("the first page with its files: " + weight + " bytes compressed");
        assertThat(weight).isLessThan(WEIGHT_MAX);
    }

    @Test
    void thePresetThatWasChosenIsMarkedForAsLongAsItIsMeant() throws IOException {
        fill();

        // It is 13:00 in Paris.
        assertThat(chosen("/")).isEqualTo("Tout");
        assertThat(chosen("/?from=2026-03-14T13:00")).isEqualTo("24 h");
        assertThat(chosen("/?from=2026-03-14T12:20")).isEqualTo("24 h");
        assertThat(chosen("/?from=2026-03-14T11:59")).isEmpty();
        assertThat(chosen("/?from=2026-03-14T13:00&to=2026-03-14T18:00")).isEmpty();
        assertThat(chosen("/?from=2026-02-14")).isEqualTo("30 jours");
        assertThat(chosen("/?from=2026-02-14&to=2026-02-20")).isEmpty();
    }

    private String chosen(String address) {
        String presets = running.get(address).body().replaceAll("(?s).*<ul class=\"presets\"(.*?)</ul>.*", "$1");
        return Pattern.compile("aria-current=\"true\">([^<]*)<")
                .matcher(presets)
                .results()
                .map(found -> found.group(1).replace('\u00a0', ' ').replace('\u202f', ' '))
                .reduce("", String::concat);
    }

    @Test
    void everyLinkOfThePageLeadsSomewhere() throws IOException {
        fill();
        String page = running.get("/?q=panne&from=2026-02-01&compare=previous&intent=COMPLAINT")
                .body();

        List<String> links = Pattern.compile("href=\"(/[^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .filter(link -> !link.matches("/(signaux|questions|retours|etat)"))
                .distinct()
                .toList();

        assertThat(links).hasSizeGreaterThan(40);
        for (String link : links) {
            assertThat(running.get(link.replaceFirst("#.*", "")).statusCode())
                    .as(link)
                    .isEqualTo(200);
        }
    }

    @Test
    void offersAreCalledByTheirNameAndLeadToTheirPage() throws IOException {
        running.put(RunningServer.verbatim("a", "Ma facture est fausse."));
        running.put("/api/v1/offers/fibre-pro", "{\"name\": \"La Très Haute Fibre\"}");

        String page = running.get("/?offer=fibre-pro").body();

        assertThat(page)
                .containsPattern("class=\"chip ?\"[^§]*?La Très Haute Fibre")
                .containsPattern("id=\"facet-offer\"[^§]*?La Très Haute Fibre")
                .containsPattern("<a class=\"offer\" [^>]*>La Très Haute Fibre")
                .contains("<a href=\"/offres/fibre-pro\" hx-boost=\"false\">")
                .doesNotContain(">fibre-pro<");
        assertThat(running.get("/offres/fibre-pro").statusCode()).isEqualTo(200);
    }

    @Test
    void aFacetThatHoldsOnlyTheFirstSaysSo() throws IOException {
        for (int i = 0; i <= 100; i++) {
            running.index.put(RunningServer.verbatim(
                    "v" + i,
                    "Ma facture est fausse.",
                    "offer-" + i,
                    io.vigie.events.Intent.COMPLAINT,
                    RunningServer.NOW));
        }
        running.index.refresh();

        assertThat(running.get("/").body()).contains("les 100 premières seulement");
    }

    @Test
    void everyNumberOfAFacetIsTheTotalOfItsLink() throws IOException {
        fill();
        String page = running.get("/?q=est:plainte").body();

        var values = Pattern.compile("class=\"value\" href=\"([^\"]+)\".*?class=\"count\">([^<]+)<")
                .matcher(page)
                .results()
                .toList();

        assertThat(values).hasSizeGreaterThan(15);
        for (var value : values) {
            String link = value.group(1).replace("&amp;", "&");
            assertThat(total(running.get(link))).as(link).isEqualTo(value.group(2));
        }
    }

    @Test
    void everyBarIsTheTotalOfItsLink() throws IOException {
        fill();
        String page = running.get("/?q=panne").body();

        var bars = Pattern.compile(
                        "<th scope=\"row\">\\s*<a href=\"([^\"]+)\">.*?class=\"number\">(?:<a href=\"\\1\">)?(\\d+)(?:</a>)?</td>\\s*</tr>",
                        Pattern.DOTALL)
                .matcher(page)
                .results()
                .toList();

        assertThat(bars).hasSizeGreaterThan(8);
        for (var bar : bars) {
            String link = bar.group(1).replace("&amp;", "&");
            assertThat(total(running.get(link))).as(link).isEqualTo(bar.group(2));
        }
    }

    @Test
    void barsAreDividedByThemeAndAddUp() throws IOException {
        fill();
        String page = running.get("/?bars=theme").body();

        var bars = Pattern.compile("<td class=\"number\">(?:<a href=\"([^\"]+)\">)?(\\d+)(?:</a>)?</td>")
                .matcher(page)
                .results()
                .toList();

        assertThat(page).contains("<th scope=\"col\" class=\"number\">Panne du réseau</th>");
        assertThat(bars).hasSizeGreaterThan(25);
        for (int i = 0; i + 4 < bars.size(); i += 5) {
            long sum = 0;
            for (int part = i; part < i + 4; part++) {
                sum += Long.parseLong(bars.get(part).group(2));
            }
            assertThat(sum).isEqualTo(Long.parseLong(bars.get(i + 4).group(2)));
        }
        requireLists(bars);
    }

    @Test
    void everyPartOfABarOpensItsList() throws IOException {
        fill();
        running.declare("fibre-pro", "Fibre Pro");
        var parts = Pattern.compile("<td class=\"number\">(?:<a href=\"([^\"]+)\">)?(\\d+)(?:</a>)?</td>");

        requireLists(
                parts.matcher(running.get("/?intent=COMPLAINT&intent=PRAISE").body())
                        .results()
                        .toList());
        requireLists(
                parts.matcher(running.get("/offres/fibre-pro").body()).results().toList());
    }

    private void requireLists(List<MatchResult> counts) {
        assertThat(counts).hasSizeGreaterThan(8);
        for (MatchResult count : counts) {
            if (count.group(1) != null) {
                String link = count.group(1).replace("&amp;", "&");
                assertThat(total(running.get(link))).as(link).isEqualTo(count.group(2));
            } else {
                assertThat(count.group(2)).isEqualTo("0");
            }
        }
    }

    @Test
    void whatHasRisenIsNamedAndBothItsNumbersOpenTheirLists() throws IOException {
        fill();

        String page = running.get("/?from=2026-03-01&compare=previous").body();

        var risen = Pattern.compile(
                        "<th scope=\"row\">Livraison en retard</th>\\s*<td class=\"number rising\">▲[^<]+</td>"
                                + "\\s*<td class=\"number\"><a href=\"([^\"]+)\">(\\d+)</a></td>"
                                + "\\s*<td class=\"number\"><a href=\"([^\"]+)\" class=\"soft\">(\\d+)</a>")
                .matcher(page);
        assertThat(risen.find()).isTrue();
        for (int side = 1; side <= 3; side += 2) {
            String link = risen.group(side).replace("&amp;", "&");
            assertThat(total(running.get(link))).as(link).isEqualTo(risen.group(side + 1));
        }
    }

    @Test
    void whatCustomersSaidIsNeverMarkup() throws IOException {
        running.put(RunningServer.verbatim(
                "x", "<script>alert(1)</script> & \"<b>panne</b>\"", "<i>offer", Intent.COMPLAINT, RunningServer.NOW));

        String page = running.get("/?q=panne%20OU%20%22%3Cu%3E%22").body();

        assertThat(page)
                .contains("alert(1)", "panne</mark>")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>")
                .doesNotContain("<i>")
                .doesNotContain("<u>");
    }

    @Test
    void withoutAnyVerbatimThePageSaysWhatToDo() {
        assertThat(running.get("/").body())
                .contains("Il n’y a encore aucun verbatim")
                .contains("./vigie demo");
    }

    @Test
    void whileTheIndexIsBuiltAnewThePageSaysHowFarItIs() {
        running.sink.set(new Health.Busy("the index is built anew: 43 %, 430 records done, 570 to do"));

        assertThat(running.get("/").body())
                .contains("L’index est reconstruit")
                .contains("43\u202f%")
                .contains("Vigie prépare l’index");
        assertThat(running.get("/?lang=en").body()).contains("the index is built anew: 43 %");
    }

    @Test
    void aScriptGetsThePartThatChangesAndTheAddressToShow() throws IOException {
        fill();
        var part = running.exchange(running.request("/?q=panne&from=&to=&sort=")
                .header("HX-Request", "true")
                .header("HX-Target", "found")
                .header("HX-Current-URL", "http://127.0.0.1/")
                .GET());
        var typed = running.exchange(running.request("/?q=panne")
                .header("HX-Request", "true")
                .header("HX-Trigger-Name", "q")
                .header("HX-Current-URL", "http://127.0.0.1/")
                .GET());

        assertThat(part.body()).contains("id=\"found\"").doesNotContain("<html");
        assertThat(part.headers().firstValue("HX-Push-Url")).contains("/?q=panne");
        assertThat(typed.headers().firstValue("HX-Replace-Url")).contains("/?q=panne");
    }

    @Test
    void theColumnsOfAnExportAreChosenWithAForm() throws IOException {
        fill();
        String page = running.get("/?q=%22panne%22&theme=network.outage").body();
        String form = page.substring(page.indexOf("action=\"/export\""));

        assertThat(form)
                .contains("name=\"q\" value=\"&#34;panne&#34;\"")
                .contains("name=\"theme\" value=\"network.outage\"")
                .contains("name=\"columns\" value=\"occurredAt\" checked> Dit le</label>")
                .contains("<option value=\"excel\">");
        assertThat(page).contains("href=\"/?q=panne&amp;theme=network.outage\">Toutes les formes</a>");
    }

    @Test
    void aFileOfThePageIsInTheWordsOfThePage() throws IOException {
        running.put(RunningServer.verbatim("a", "=déçu"), RunningServer.verbatim("b", "Rien"));

        var answer = running.get("/export?q=d%C3%A9%C3%A7u&language=fr&group=similar&format=excel");

        assertThat(answer.headers().firstValue("Content-Disposition").orElseThrow())
                .endsWith(".csv\"");
        assertThat(answer.body())
                .startsWith("\uFEFF\"Identifiant\";\"Dit le\";\"Source\";\"Canal\";")
                .contains("\r\n\"a\";15/03/2026 13:00:00;\"ticket\";\"e-mail\";;\"français\";\"fibre-pro\";;"
                        + "\"réclamation\";\"Erreur de facture\";\"'=déçu\";-0,5;2;0,1;non;")
                .contains("\r\n\"#exportés\";1;\"complet\";");
        assertThat(running.get("/export?q=d%C3%A9%C3%A7u&format=csv&columns=kind,intent,themes,sentiment&lang=en")
                        .body()
                        .lines())
                .containsExactly(
                        "\uFEFF\"Source\",\"Intent\",\"Theme\",\"Tone (−1 to 1)\"",
                        "\"ticket\",\"complaint\",\"Billing error\",-0.5",
                        "\"#exported\",1,\"complete\",");
    }

    @Test
    void aFileThatIsRefusedTellsWhyOnAPage() throws IOException {
        fill();

        var answer = running.get("/export?q=%28panne&offer=fibre-pro&format=excel");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(answer.body())
                .contains("Parenthèse non fermée")
                .contains("href=\"/?q=%28panne&amp;offer=fibre-pro\">Revenir à cette recherche</a>");
        assertThat(running.get("/export?format=pdf").body()).contains("<html").contains("excel");
    }

    @Test
    void personalDataIsLeftOutOfTheAddressesThatAreKept() throws IOException {
        fill();
        var request = running.request("/?q=06+12+34+56+78&intent=COMPLAINT")
                .header("HX-Request", "true")
                .header("HX-Target", "found");

        var part = running.exchange(request.GET());

        assertThat(part.headers().firstValue("HX-Replace-Url")).contains("/?intent=COMPLAINT");
        assertThat(part.headers().firstValue("HX-Push-Url")).isEmpty();
        assertThat(part.body())
                .contains("Ce texte ressemble à une donnée personnelle")
                .doesNotContain("/export");
        assertThat(running.get("/?q=06+12+34+56+78").body()).contains("<title>Recherche · Vigie</title>");
        assertThat(running.get("/?q=%2206%22+%2212%22+%2234%22+%2256%22+%2278%22")
                        .body())
                .contains("Ce texte ressemble à une donnée personnelle");
        assertThat(running.get("/?q=id%3A%2206+12+34+56+78%22").body()).doesNotContain("donnée personnelle");
        assertThat(running.post(
                                "/recherches",
                                "application/x-www-form-urlencoded",
                                "name=x&search=%2F%3Fq%3D06%2B12%2B34%2B56%2B78")
                        .headers()
                        .firstValue("Location"))
                .contains("/?saved=1");
    }

    @Test
    void duplicatesAreOneWhenTheyAreGrouped() throws IOException {
        running.put(
                RunningServer.verbatim("a", "La box redémarre sans arrêt depuis mardi"),
                RunningServer.verbatim("b", "La box redémarre sans arrêt depuis mardi !"));

        String page = running.get("/?group=similar").body();

        assertThat(page).contains("et 1 verbatim presque identique").contains("2 verbatims");
    }

    @Test
    void aVerbatimIsShownInItsConversation() throws IOException {
        fill();

        String page = running.get("/verbatims/talk-1").body();

        assertThat(page)
                .contains("3 prises de parole")
                .containsSubsequence(
                        "le port 25 reste bloqué", "ce verbatim", "depuis janvier", "compter sur une réponse");
    }

    @Test
    void aVerbatimByItselfKnowsTheSearchThatItWasFoundBy() throws IOException {
        fill();
        String list = running.get("/?q=port+25&intent=QUESTION").body();
        assertThat(list).containsPattern("href=\"/verbatims/s\\d+\\?q=port%2025&amp;intent=QUESTION\"");

        String page = running.get("/verbatims/talk-0?q=port+25&intent=QUESTION").body();

        assertThat(page)
                .containsPattern("href=\"/\\?q=port%2025&amp;intent=QUESTION\">Résultats de «\\hport 25\\h»</a>")
                .contains("<mark>port</mark> <mark>25</mark> reste bloqué")
                .contains("href=\"/verbatims/talk-1?q=port%2025&amp;intent=QUESTION\"");
        assertThat(running.get("/verbatims/talk-0").body())
                .contains("<p class=\"crumb\"><a href=\"/\">Recherche</a></p>")
                .doesNotContain("<mark>port</mark> <mark>25</mark> reste bloqué");
        assertThat(running.get("/verbatims/talk-0?q=%28port").statusCode()).isEqualTo(200);
        assertThat(running.get("/verbatims/talk-0?q=06+12+34+56+78").body())
                .doesNotContain("06%2012")
                .doesNotContain("06 12");
    }

    @Test
    void theFieldsOfAVerbatimLeadToWhatSharesThem() throws IOException {
        fill();
        running.declare("fibre-pro", "Fibre Pro");
        String page = running.get("/verbatims/s10").body();
        String fields = page.substring(page.indexOf("<details class=\"fields\">"));

        assertThat(fields)
                .contains(
                        "href=\"/themes/",
                        "href=\"/?channel=",
                        "href=\"/?intent=",
                        "href=\"/?language=fr\"",
                        "href=\"/?q=customer%3A%22secret-key%22\"",
                        "href=\"/?q=preferredchannel%3AEMAIL\">e-mail</a>");
        for (String link : Pattern.compile("href=\"(/\\?[^\"]*)\"")
                .matcher(fields)
                .results()
                .map(found -> found.group(1).replace("&amp;", "&"))
                .toList()) {
            assertThat(running.get(link).body()).as(link).contains("href=\"/verbatims/s10");
        }
        assertThat(running.get("/verbatims/talk-0").body()).contains("href=\"/offres/fibre-pro\">Fibre Pro</a>");
    }

    @Test
    void aVerbatimThatIsNotThereIsAPageThatSaysSo() {
        var page = running.get("/verbatims/nothing");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Cette page n’existe pas").contains("effacé");
    }

    @Test
    void aFormOfAnotherSiteSavesNothing() {
        var answer = running.exchange(running.request("/recherches")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "http://evil.example")
                .POST(BodyPublishers.ofString("name=x&search=/?q=panne")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(running.searches.searches()).isEmpty();
    }

    @Test
    void aSearchThatIsSavedWithoutANameIsRefusedAsAPage() {
        var answer = running.post("/recherches", "application/x-www-form-urlencoded", "name=&search=%2F%3Fq%3Dpanne");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("Cette demande n’est pas comprise");
    }

    @Test
    void theWayBackFromAFormStaysHere() {
        var answer = running.post(
                "/recherches",
                "application/x-www-form-urlencoded",
                "name=x&search=https%3A%2F%2Fevil.example%2F%3Fq%3Dx");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/?q=x&saved=1");
    }

    private static String total(HttpResponse<String> page) {
        var total = Pattern.compile("class=\"total\"><strong>([^ ]+) verbatim").matcher(page.body());
        assertThat(total.find()).isTrue();
        return total.group(1);
    }

    private static List<String> everyFileOf(String page) {
        return Pattern.compile("\"(/assets/[^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static int zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }
}
