package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.server.access.Access;
import io.vigie.server.access.ApiToken;
import io.vigie.server.access.Deed;
import io.vigie.server.access.Exposure;
import io.vigie.server.access.Right;
import io.vigie.server.access.Role;
import io.vigie.server.access.Rule;
import io.vigie.server.access.TokenFile;
import io.vigie.server.access.TokenWatch;
import io.vigie.server.page.Assets;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route, every role. */
class RouteRulesTest {
    @TempDir
    private static Path directory;

    private static RunningServer running;
    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() throws IOException, ServerException {
        var file = new TokenFile(directory.resolve("tokens"));
        for (Role role : Role.values()) {
            var fresh = ApiToken.make(role.word(), Set.of(role), Optional.empty(), RunningServer.NOW);
            file.add(fresh.kept());
            TOKENS.put(role, fresh.secret());
        }
        var tokens = new TokenWatch(file, () -> RunningServer.NOW);
        running = new RunningServer(
                directory.resolve("index"),
                Access.asking(
                        new Exposure(true, false, false),
                        Optional.empty(),
                        Optional.of(tokens),
                        Optional.empty(),
                        () -> RunningServer.NOW));
    }

    @AfterAll
    static void stop() throws IOException {
        running.close();
    }

    @Test
    void noRuleIsLeftWithoutItsRoute() {
        Set<String> routes = running.server.routes().stream()
                .filter(route -> !route.startsWith("HEAD ") && !route.contains(Assets.PREFIX))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(new TreeSet<>(RouteRules.all().keySet())).isEqualTo(routes);
    }

    @Test
    void theTableInTheDocumentsIsWhatIsDone() throws IOException {
        var written = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Path.of("..", "..", "docs", "access.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length == 5 && cells[1].contains(" /")) {
                written.put(cells[1].strip().replace("`", ""), cells[2].strip() + "; " + cells[3].strip());
            }
        }

        var done = new TreeMap<String, String>();
        RouteRules.all()
                .forEach((route, rule) -> done.put(
                        route,
                        who(rule) + "; "
                                + (rule.deed() == Deed.NONE ? "" : rule.deed().name())));

        assertThat(written).isEqualTo(done);
    }

    private static String who(Rule rule) {
        if (rule.right() == Right.PUBLIC) {
            return "everybody";
        }
        return rule.right().roles().equals(EnumSet.allOf(Role.class))
                ? "every role"
                : Role.words(rule.right().roles()).replace(",", ", ");
    }

    @Test
    void whoHasNotTheRoleIsToldWhichAndWhoIsNobodyToSayWhoHeIs() {
        for (Map.Entry<String, Rule> each : RouteRules.all().entrySet()) {
            Right right = each.getValue().right();
            if (right == Right.PUBLIC) {
                continue;
            }
            boolean isPage = !each.getKey().contains(" /api/") && !each.getKey().matches(".* /(metrics|openapi.json)");
            var nobody = asked(each.getKey(), "");
            assertThat(nobody.status()).as(each.getKey() + " as nobody").isEqualTo(isPage ? 303 : 401);
            assertThat(nobody.challenge()).isEqualTo(isPage ? "" : "Bearer realm=\"vigie\"");
            assertThat(asked(each.getKey(), "vigie_forged").status())
                    .as(each.getKey())
                    .isEqualTo(401);
            for (Role role : Role.values()) {
                boolean let = right.roles().contains(role);
                // Streams do not end by themselves.
                if (let && each.getKey().contains("/live")) {
                    continue;
                }
                Answer answer = asked(each.getKey(), TOKENS.getOrDefault(role, ""));
                if (let) {
                    assertThat(answer.isForbidden())
                            .as(each.getKey() + " as " + role)
                            .isFalse();
                    assertThat(answer.status())
                            .as(each.getKey() + " as " + role)
                            .isNotEqualTo(401);
                } else {
                    assertThat(answer.isForbidden())
                            .as(each.getKey() + " as " + role)
                            .isTrue();
                    assertThat(answer.body()).contains(Role.words(right.roles()).replace(",", ", "));
                }
            }
        }
    }

    private record Answer(int status, String body, String challenge) {
        boolean isForbidden() {
            return status == 403 && body.contains("urn:vigie:problem:forbidden") && body.contains("one of the roles");
        }
    }

    private static Answer asked(String route, String token) {
        String[] parts = route.split(" ", 2);
        var request = running.request(parts[1].replaceAll("\\{\\w+}", "x"))
                .header("Content-Type", "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .method(parts[0], parts[0].equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = running.exchange(request);
        return new Answer(
                answer.statusCode(),
                answer.body(),
                answer.headers().firstValue(Doorkeeper.CHALLENGE).orElse(""));
    }

    @Test
    void whatReadinessIsAboutIsForOperators() {
        running.sink.set(new Health.Busy("reading voc.verbatims"));

        assertThat(running.get("/health/ready").body()).contains("ready").doesNotContain("voc.verbatims");
        assertThat(as(Role.OPS, "/health/ready")).contains("voc.verbatims");
    }

    @Test
    void anAgentReadsHisOwnFeedOnly() {
        assertThat(asked("GET /api/v1/feeds/agent", TOKENS.getOrDefault(Role.AGENT, ""))
                        .status())
                .isEqualTo(200);
        assertThat(asked("GET /api/v1/feeds/other", TOKENS.getOrDefault(Role.AGENT, ""))
                        .status())
                .isEqualTo(403);
        assertThat(asked("GET /api/v1/feeds/other", TOKENS.getOrDefault(Role.ANALYST, ""))
                        .status())
                .isEqualTo(200);
        assertThat(asked("GET /retours?agent=other", TOKENS.getOrDefault(Role.AGENT, ""))
                        .status())
                .isEqualTo(403);
        assertThat(asked("GET /retours", TOKENS.getOrDefault(Role.AGENT, "")).status())
                .isEqualTo(303);
    }

    @Test
    void theNavigationShowsWhatOneMayOpen() {
        assertThat(as(Role.AGENT, "/questions")).contains("href=\"/retours\"").doesNotContain("href=\"/signaux\"");
        assertThat(as(Role.OPS, "/etat")).doesNotContain("href=\"/questions\"");
        assertThat(List.of(as(Role.ADMIN, "/").split("<nav", 2)).getLast())
                .contains("href=\"/etat\"", "href=\"/questions\"", "href=\"/signaux\"");
    }

    @Test
    void aHeaderThatNamesAUserMeansNothing() {
        for (String header : List.of("X-Forwarded-User", "X-Remote-User", "Remote-User", "X-Auth-Request-Email")) {
            var answer = running.exchange(
                    running.request("/api/v1/search").header(header, "admin").GET());

            assertThat(answer.statusCode()).as(header).isEqualTo(401);
        }
    }

    @Test
    void nothingButBearerIsRead() {
        for (String header :
                List.of("Basic YWRtaW46YWRtaW4=", "Bearer", "Bearer ", "vigie_x", "Bearer " + "x".repeat(20_000))) {
            var answer = running.exchange(running.request("/api/v1/search")
                    .header("Authorization", header)
                    .GET());

            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("invalid_token");
        }
    }

    private static String as(Role role, String path) {
        return running.exchange(running.request(path)
                        .header("Authorization", "bearer " + TOKENS.get(role))
                        .GET())
                .body();
    }
}
