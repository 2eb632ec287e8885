package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.vigie.server.Browser;
import io.vigie.server.KafkaOffsets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an analyst, a product manager, an agent and ops do from start to end, in a real browser, on what {@code vigie demo}
 * shows. Its story is told up to now and then stands still, so that a number and its list are of the same moment. Every page
 * on the way is looked at as everybody sees it; what was seen is in target/screenshots.
 */
final class DemoWalksIT {
    private static final Duration TOLD_MAX = Duration.ofMinutes(2);
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    /** Of a page, more say nothing new. */
    private static final int NUMBERS_MAX = 25;

    private static final String ANSWER = "Oui, sur simple demande écrite, sous un jour ouvré et sans frais.";

    private static final Pattern TOTAL = Pattern.compile("<p class=\"total\"><strong>([^<]*)</strong>");

    @TempDir
    private static Path directory;

    private static VigieProcess vigie;

    @BeforeAll
    static void tellTheStory() {
        vigie = VigieProcess.role("demo", directory.resolve("demo"), "topics.partitions=4")
                .start("--every", "3600000");
        await().atMost(TOLD_MAX).until(() -> vigie.said().contains("Vigie est prête"));
        try (var admin = Admin.create(Map.of("bootstrap.servers", vigie.bootstrapServers()))) {
            var insights = new KafkaOffsets(admin, "vigie-insights");
            await("signals and questions of the whole story").atMost(TOLD_MAX).until(() -> {
                var read = insights.committed();
                return !read.isEmpty() && read.equals(insights.ends(read.keySet()));
            });
        }
        await().atMost(SEEN_MAX).until(() -> openQuestions() > 0);
    }

    @AfterAll
    static void stop() {
        vigie.close();
    }

    @Test
    void anAnalystGoesFromAWordToAnAlert() throws IOException {
        try (var window = Browser.window(vigie.httpPort())) {
            Page page = window.open("/");
            window.checkForAll("analyst-1-start");
            page.locator("#q").pressSequentially("fibre");
            found(page, "q=fibre");
            long all = total(page);
            assertThat(all).isPositive();

            long complaints = number(page.locator("#intent-COMPLAINT .count").textContent());
            page.locator("#intent-COMPLAINT").click();
            found(page, "intent=COMPLAINT");
            assertThat(total(page)).isEqualTo(complaints).isLessThan(all);
            page.locator(".presets a")
                    .filter(new Locator.FilterOptions().setHasText("30"))
                    .click();
            found(page, "from=");
            window.checkForAll("analyst-2-found");
            String list = page.url();
            long shown = total(page);

            Locator evidence = page.locator("#hits .evidence").first();
            evidence.focus();
            assertThat(evidence.locator(".why").isVisible()).isTrue();
            assertThat(evidence.locator(".why").textContent()).contains("Motif");
            page.locator("#hits .card .open").first().click();
            page.locator("#hits .card .inside").first().waitFor();
            window.checkForAll("analyst-3-opened");
            page.locator("#hits .reason").first().focus();

            page.navigate(address(page, page.locator("#hits .card .open").first()));
            window.checkForAll("analyst-4-verbatim");
            page.locator(".crumb a").click();
            page.locator("#hits .card").first().waitFor();
            assertThat(page.url()).isEqualTo(list);
            assertThat(total(page)).isEqualTo(shown);
            assertThat(page.locator("#q").inputValue()).isEqualTo("fibre");

            page.locator(".tools a >> text=Comparer").click();
            page.locator("#comparison tbody tr").first().waitFor();
            window.checkForAll("analyst-5-compared");
            assertNumbersFitTheirLists(page);
            page.goBack();
            page.locator("#comparison").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));

            page.locator(".menu > summary >> text=Exporter").click();
            window.check("analyst-6-export");
            Path file = directory.resolve("export.csv");
            page.waitForDownload(() -> page.locator(".menu .list a").nth(1).click())
                    .saveAs(file);
            assertThat(exported(file)).isEqualTo(shown);

            page.keyboard().press("Escape");
            page.locator(".saved > summary").click();
            page.locator(".save [name=name]").fill("Pannes de fibre");
            page.locator(".save [name=alert]").check();
            window.checkForAll("analyst-7-saving");
            page.locator(".save button").click();
            page.locator(".said-done").waitFor();

            page.locator("nav >> text=Alertes").click();
            assertThat(page.locator(".alert h2").allTextContents()).containsExactly("Pannes de fibre");
            window.check("analyst-8-alerts-none");
            vigie.http()
                    .accept(
                            "tickets",
                            ticket(
                                    "walk-alert",
                                    "fibre-horizon",
                                    "Panne de fibre depuis trois jours, c'est inadmissible."));
            page.locator("#news a").click();
            assertThat(page.locator(".alert .counted").textContent()).contains("1 alerte");
            window.checkForAll("analyst-9-alerts");
            page.locator(".alert h2 a").click();
            assertThat(page.locator("#alertes .card").count()).isEqualTo(1);
            window.checkForAll("analyst-10-alert");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void aProductManagerGoesFromANumberToADecision() {
        String offer = "Fibre Horizon Max";
        try (var window = Browser.window(vigie.httpPort())) {
            Page page = window.open("/offres");
            window.checkForAll("product-1-offers");
            assertNumbersFitTheirLists(page);
            page.locator("td:first-child a:text-is('" + offer + "')").click();
            assertThat(page.locator("h1").textContent()).isEqualTo(offer);
            window.checkForAll("product-2-offer");
            assertNumbersFitTheirLists(page);

            Locator theme = page.locator("#themes tbody td.number a").first();
            long complaints = number(theme.textContent());
            theme.click();
            assertThat(total(page)).isEqualTo(complaints);
            window.check("product-3-theme");
            page.goBack();
            assertThat(page.locator("h1").textContent()).isEqualTo(offer);

            page.locator("#signals a[href*='/signaux']").last().click();
            window.checkForAll("product-4-signals");
            page.locator(".signal h3 >> text=/plastique|sillage/i").first().click();
            window.checkForAll("product-5-signal");
            int earned = page.locator(".cards .card").count();
            assertThat(earned).isGreaterThanOrEqualTo(3);
            page.locator(".against a").first().click();
            assertThat(total(page)).isEqualTo(earned);
            page.goBack();
            page.locator("summary >> text=Enregistrer une décision").click();
            Locator form = page.locator("form[action$='/decision']");
            form.locator("[name=title]").fill("Remplacer les box concernées");
            form.locator("[name=text]").fill("Sans attendre : les clients ont un rendez-vous dans la semaine.");
            form.locator("[name=author]").fill("Marion");
            window.checkForAll("product-6-deciding");
            form.locator("button").click();
            page.locator(".done a").click();
            page.locator("#decisions .decision").first().waitFor();
            assertThat(page.locator("#decisions").textContent()).contains("Remplacer les box concernées");
            assertThat(page.locator(".markers").textContent()).contains("Remplacer les box concernées");
            window.check("product-7-decided");
            page.locator("#decisions .remark a").first().click();
            assertThat(total(page)).isPositive();

            page.locator("nav >> text=Retours").click();
            assertThat(page.locator(".news h3").allTextContents()).contains("Remplacer les box concernées");
            window.checkForAll("product-8-returns");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void anAgentAnswersAQuestionThatNobodyHadAnswered() {
        Asked asked = askedByPhone();
        try (var window = Browser.window(vigie.httpPort())) {
            Page page = window.open("/retours");
            window.checkForAll("agent-1-returns");
            page.locator("nav >> text=Questions").click();
            window.checkForAll("agent-2-questions");
            long open = number(page.locator(".tabs [aria-current] .count").textContent());
            assertThat(open).isEqualTo(openQuestions());
            assertThat(page.locator("main").textContent()).contains("Inès Quélen");

            page.locator("#words").fill(asked.term);
            page.locator(".seek button").click();
            window.check("agent-3-sought");
            page.locator("h3.asked a[href='/questions/" + asked.question + "']").click();
            window.checkForAll("agent-4-question");
            page.locator("#text").fill(ANSWER);
            page.locator("form[action$=reponse] [name=author]").fill("Eva");
            page.locator("form[action$=reponse] button").click();
            assertThat(page.locator("p.done").textContent()).contains("La réponse est publiée");
            window.checkForAll("agent-5-answered");
            page.locator(".published a").click();
            assertThat(page.locator("main").textContent()).contains(ANSWER);
            window.checkForAll("agent-6-sheet");
            assertNumbersFitTheirLists(page);

            page.locator("nav >> text=Questions").click();
            assertThat(number(page.locator(".tabs [aria-current] .count").textContent()))
                    .isEqualTo(open - 1);
            page.locator("#words").fill(asked.term);
            page.locator(".seek button").click();
            assertThat(page.locator(".answer").allTextContents())
                    .anySatisfy(answer -> assertThat(answer).contains(ANSWER));

            page.locator("nav >> text=Retours").click();
            page.locator("#agent").fill(asked.agent);
            page.locator(".seek button").click();
            assertThat(page.locator(".news").allTextContents())
                    .anySatisfy(news -> assertThat(news).contains(ANSWER));
            window.checkForAll("agent-7-returns");
            assertThat(window.complaints()).isEmpty();
        }
    }

    @Test
    void opsSeeWhatCouldNotBeUsedAndSendItBack() throws Exception {
        try (var window = Browser.window(vigie.httpPort())) {
            Page page = window.open("/etat");
            assertThat(page.locator("p.done").textContent()).contains("Tout fonctionne");
            window.checkForAll("ops-1-state");
            DeadLetters.bury(vigie, "walk", "Dossier Pervenche : la box ne démarre plus.");
            Locator cause = page.locator(".cause").filter(new Locator.FilterOptions().setHasText("not-understood"));
            await().atMost(SEEN_MAX).until(() -> {
                page.reload();
                return cause.count() == 1;
            });
            window.checkForAll("ops-2-dead-letter");
            long dead = number(cause.locator("dd a").first().textContent());
            cause.locator("dd a").first().click();
            assertThat(page.locator(".letter").count()).isEqualTo((int) dead);
            window.check("ops-3-dead-letters");
            page.goBack();
            cause.locator("a.button").click();
            window.checkForAll("ops-4-replay");
            page.locator("form[action='/etat/rejeu'] button").click();
            assertThat(page.locator("p.done").textContent()).contains("1 rebut renvoyé");
            window.check("ops-5-replayed");
            await().atMost(SEEN_MAX).until(() -> vigie.http().total("q", "pervenche") == 1);

            page.locator("nav >> text=Thèmes").click();
            window.checkForAll("ops-6-themes");
            assertNumbersFitTheirLists(page);
            page.locator("td a[href^='/themes/']").first().click();
            window.checkForAll("ops-7-theme");
            page.locator("nav >> text=Journal").click();
            assertThat(page.locator("table tbody tr").count()).isPositive();
            window.checkForAll("ops-8-journal");
            assertThat(window.complaints()).isEmpty();
        }
    }

    /** An open question, a term in it, and an agent who was asked it. */
    private record Asked(String question, String term, String agent) {}

    private static Asked askedByPhone() {
        for (JsonNode offer : vigie.http().get("/api/v1/offers").body().path("offers")) {
            String path = "/api/v1/offers/" + offer.path("id").asText() + "/questions";
            for (JsonNode question : vigie.http().get(path).body().path("questions")) {
                for (JsonNode id : question.path("verbatimIds")) {
                    JsonNode verbatim =
                            vigie.http().get("/api/v1/verbatims/" + id.asText()).body();
                    if (verbatim.has("agentId")) {
                        return new Asked(
                                question.path("id").asText(),
                                question.path("terms").path(0).asText(),
                                verbatim.path("agentId").asText());
                    }
                }
            }
        }
        throw new AssertionError("nobody asks anything by phone");
    }

    private static long openQuestions() {
        var tab = Pattern.compile("aria-current=\"true\">[^<]*<span class=\"count\">([^<]*)<")
                .matcher(vigie.http().page("/questions"));
        return tab.find() ? number(tab.group(1)) : 0;
    }

    /** Waits until what was asked for is there. */
    private static void found(Page page, String inAddress) {
        page.waitForURL(address -> address.contains(inAddress));
        page.locator("#found:not([aria-busy]) .total").waitFor();
    }

    private static long total(Page page) {
        return number(page.locator(".total strong").textContent());
    }

    private static long number(String text) {
        return Long.parseLong(text.replaceAll("\\D", ""));
    }

    private static String address(Page page, Locator link) {
        return java.net
                .URI
                .create(page.url())
                .resolve(link.getAttribute("href"))
                .toString();
    }

    /** The last row says how many there were. */
    private static long exported(Path file) throws IOException {
        try (var records = CsvReader.builder().detectBomHeader(true).ofCsvRecord(file)) {
            var rows = StreamSupport.stream(records.spliterator(), false)
                    .map(CsvRecord::getFields)
                    .toList();
            assertThat(rows.getLast().get(1)).isEqualTo(Integer.toString(rows.size() - 2));
            return rows.size() - 2L;
        }
    }

    /** Each number of the page that is a link to verbatims is the total of the list that it opens; a score is how they rated. */
    private static void assertNumbersFitTheirLists(Page page) {
        Object links = page.evaluate("""
            () => [...document.querySelectorAll('main a[href^="/?"]')]
              .map((each) => [(each.querySelector('strong') ?? each).textContent.trim(), each.getAttribute('href')])
              .filter(([text, address]) => /^\\d[\\d\\s]*$/.test(text) && !/note%3A([*]|0[.][.]10)/.test(address))\
            """);
        var numbers = ((List<?>) links)
                .stream()
                        .map(each -> (List<?>) each)
                        .distinct()
                        .limit(NUMBERS_MAX)
                        .toList();
        assertThat(numbers).as(page.url()).isNotEmpty();
        for (List<?> number : numbers) {
            var total = TOTAL.matcher(vigie.http().page((String) number.getLast()));
            assertThat(total.find() ? number(total.group(1)) : 0)
                    .as(page.url() + " -> " + number.getLast())
                    .isEqualTo(number((String) number.getFirst()));
        }
    }
}
