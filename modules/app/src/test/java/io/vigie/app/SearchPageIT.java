package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The search page in a real browser, which runs its scripts under its content security policy. */
@ExtendWith(RunningVigie.class)
final class SearchPageIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    private static final Duration BROWSER_MAX = Duration.ofSeconds(90);
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--virtual-time-budget=15000",
            "--dump-dom");

    private final VigieHttp http;

    @TempDir
    private Path profile;

    SearchPageIT(VigieProcess vigie) {
        this.http = vigie.http();
    }

    @Test
    void aSearchShowsItsHitsTheWordsFoundTheTotalAndTheFacets() throws Exception {
        Path browser = browser();
        http.accept(
                "tickets",
                ticket("page-1", null, "La box Verveine <b>redémarre</b> sans cesse, c'est inadmissible."),
                ticket("page-2", null, "Merci, la box Verveine est parfaite."));
        await().atMost(SEEN_MAX).until(() -> http.total("q", "verveine") == 2);

        Page page = open(browser, "/?q=verveine");
        Page misspelt = open(browser, "/?q=vervaine&lang=fr");

        assertThat(misspelt.dom).contains("Vouliez-vous dire « verveine » ? (2)");
        assertThat(page.dom).containsPattern("href=\"/api/v1/export\\?[^\"]*q=verveine");
        assertThat(page.dom).contains("2 verbatims", "&lt;b&gt;").doesNotContain("<b>");
        assertThat(Pattern.compile("<mark[^>]*>Verveine</mark>")
                        .matcher(page.dom)
                        .results())
                .hasSize(2);
        assertThat(page.dom).contains("id=\"intent-COMPLAINT\"", "id=\"kind-TICKET\"", "id=\"offer-unassigned\"");
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void aWrongQuerySaysWhereItIsWrong() throws Exception {
        Page page = open(browser(), "/?q=offer%3A%28fibre%20AND%20%22box&lang=en");

        assertThat(page.dom)
                .containsPattern("id=\"problem\" role=\"alert\"(?! hidden)")
                .contains("column");
        // The browser itself tells of the refused request.
        assertThat(page.complaints()).allMatch(line -> line.contains("status of 400"));
    }

    private record Page(String dom, String log) {
        /** What the browser has to say about it: errors, and what the policy stopped. */
        List<String> complaints() {
            return log.lines()
                    .filter(line -> line.contains("CONSOLE") || line.contains("Content Security Policy"))
                    .toList();
        }
    }

    private Page open(Path browser, String address) throws IOException, InterruptedException {
        Path dom = Program.output("html");
        Path log = Program.output("browser.log");
        var command = Stream.of(
                        Stream.of(browser.toString()),
                        OPTIONS.stream(),
                        Stream.of("--user-data-dir=" + profile.resolve("profile"), http.url() + address))
                .flatMap(words -> words)
                .toList();
        var process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        if (!process.waitFor(BROWSER_MAX.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the browser did not end: " + Files.readString(log));
        }
        return new Page(Files.readString(dom), Files.readString(log));
    }

    private static Path browser() {
        Optional<Path> found = Arrays.stream(System.getenv("PATH").split(":"))
                .map(place -> Path.of(place, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "skipped: no chromium on PATH; install it to test the page in a real browser");
        return found.orElseThrow();
    }
}
