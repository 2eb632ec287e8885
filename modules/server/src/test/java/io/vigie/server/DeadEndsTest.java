package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.server.access.Access;
import io.vigie.server.access.ApiToken;
import io.vigie.server.access.Exposure;
import io.vigie.server.access.Role;
import io.vigie.server.access.TokenFile;
import io.vigie.server.access.TokenWatch;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page offers somebody is not refused to him. */
class DeadEndsTest {
    @TempDir
    Path directory;

    private String secret = "";

    @Test
    void nothingThatAnAgentIsOfferedIsRefusedToHim() throws IOException, ServerException {
        try (var running = running("a-17", Role.AGENT)) {
            fill(running);

            requireNoDeadEnds(
                    running,
                    "/questions?state=all",
                    "/questions?q=nothing+like+it",
                    "/questions/port",
                    "/offres/fibre-pro/fiche",
                    "/retours?agent=a-17");
            assertThat(page(running, "/questions/port")).doesNotContain("/questions/port/reponse");
            // He reads his own only.
            assertThat(page(running, "/retours?agent=a-17")).doesNotContain("name=\"agent\"");
        }
    }

    @Test
    void whoMayNotExportIsToldSoOnAPage() throws IOException, ServerException {
        try (var running = running("a-17", Role.AGENT)) {
            var answer = running.exchange(running.request("/export?format=excel")
                    .header("Authorization", "Bearer " + secret)
                    .header("Accept", "text/html"));

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("<html").contains("Il faut l’un des rôles");
        }
    }

    @Test
    void nothingThatOperationsAreOfferedIsRefusedToThem() throws IOException, ServerException {
        try (var running = running("night", Role.OPS)) {
            fill(running);

            requireNoDeadEnds(running, "/etat", "/etat/rebuts");
        }
    }

    @Test
    void nothingThatAStewardIsOfferedIsRefusedToHim() throws IOException, ServerException {
        try (var running = running("clerk", Role.STEWARD)) {
            fill(running);

            requireNoDeadEnds(running, "/etat", "/alertes", "/themes");
            assertThat(page(running, "/etat")).doesNotContain("\"/metrics\"");
        }
    }

    /** The offer as the catalogue has it: nobody here may declare one. */
    private static void fill(RunningServer running) throws IOException {
        LoopScene.fill(running);
        running.declare("fibre-pro", "Fibre Pro");
    }

    private RunningServer running(String name, Role role) throws IOException, ServerException {
        var tokens = new TokenFile(directory.resolve("tokens"));
        var fresh = ApiToken.make(name, Set.of(role), Optional.empty(), RunningServer.NOW);
        tokens.add(fresh.kept());
        secret = fresh.secret();
        return new RunningServer(
                directory.resolve("index"),
                Access.asking(
                        new Exposure(true, false, false),
                        Optional.empty(),
                        Optional.of(new TokenWatch(tokens, Clock.systemUTC())),
                        Optional.empty(),
                        Clock.systemUTC()));
    }

    private void requireNoDeadEnds(RunningServer running, String... pages) {
        for (String path : pages) {
            String page = page(running, path);
            for (String link : found("<a [^>]*href=\"(/[^\"]*)\"", page)) {
                assertThat(status(
                                running,
                                running.request(link.replaceFirst("#.*", "")).GET()))
                        .as(path + " leads to " + link)
                        .isNotEqualTo(403);
            }
            Stream<String> forms = found("<form (?=[^>]*method=\"post\")[^>]*action=\"(/[^\"]*)\"", page).stream();
            for (String form :
                    forms.filter(each -> !each.equals("/deconnexion")).toList()) {
                var sent = running.request(form)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(BodyPublishers.noBody());
                assertThat(status(running, sent)).as(path + " sends to " + form).isNotEqualTo(403);
            }
        }
    }

    private static List<String> found(String pattern, String page) {
        return Pattern.compile(pattern)
                .matcher(page)
                .results()
                .map(each -> each.group(1).replace("&amp;", "&"))
                .distinct()
                .toList();
    }

    private String page(RunningServer running, String path) {
        var answer = running.exchange(running.request(path).header("Authorization", "Bearer " + secret));
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }

    private int status(RunningServer running, HttpRequest.Builder request) {
        return running.exchange(request.header("Authorization", "Bearer " + secret))
                .statusCode();
    }
}
