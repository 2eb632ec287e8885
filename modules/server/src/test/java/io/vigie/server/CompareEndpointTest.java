package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;
import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareEndpointTest {
    private static final List<String> WORDS = List.of(
            "résilié",
            "Wi-Fi",
            "C++",
            "l’offre",
            "aujourd'hui",
            "ONT",
            "facture",
            "factures",
            "coupure",
            "lenteur",
            "merci",
            "R&D",
            "box",
            "débit");
    private static final List<String> QUERIES = List.of(
            "",
            "box",
            "box OU merci",
            "-facture",
            "\"facture\"",
            "50€/mois OU débit",
            "merci :)",
            "factur* a&b",
            "(box +débit)");

    @AutoClose
    private final RunningServer running = RunningServer.start();

    /** Every count of the answer, wherever it stands, is the total that a search with the query beside it has. */
    @RepeatedTest(3)
    void everyNumberIsTheTotalOfItsQuery() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var put = new ArrayList<Verbatim>();
        for (int i = 0; i < 300; i++) {
            put.add(said("id" + i, random));
        }
        running.put(put.toArray(Verbatim[]::new));
        String query = "q=" + encoded(QUERIES.get(random.nextInt(QUERIES.size())));
        String against = List.of(
                        "&from=2026-03-01&to=2026-03-31&compare=previous",
                        "&from=2026-03-01&from2=2026-02-01T00:00:00Z&to2=2026-02-28&intent=complaint,question",
                        "&offer=fibre-pro&offer2=mobile%2B,tv&theme=network.outage")
                .get(random.nextInt(3));

        var answer = json(running.get("/api/v1/compare?size=100&" + query + against));

        assertThat(answer.has("words")).as("%s -Dseed=%d", answer, seed).isTrue();
        int checked = check(answer, query + against + " -Dseed=" + seed);
        assertThat(checked).as("-Dseed=%d", seed).isGreaterThan(1);
    }

    private int check(JsonNode node, String asked) {
        int checked = 0;
        if (node.has("query")) {
            JsonNode number = node.has("total") ? node.get("total") : node.get("count");
            JsonNode found = json(
                    running.get("/api/v1/search?size=0&" + node.get("query").asText()));
            assertThat(found.path("total").asLong(-1))
                    .as("%s of %s", node, asked)
                    .isEqualTo(number.asLong());
            checked++;
        }
        for (JsonNode child : node) {
            checked += check(child, asked);
        }
        return checked;
    }

    private static Verbatim said(String id, Random random) {
        boolean late = random.nextBoolean();
        var words = new ArrayList<String>();
        for (int word = 0; word < 6; word++) {
            words.add(WORDS.get(late ? random.nextInt(WORDS.size()) : random.nextInt(8)));
        }
        var time = NOW.minus(Duration.ofDays(late ? random.nextInt(14) : 15 + random.nextInt(25)));
        return draft(
                        id,
                        String.join(" ", words),
                        List.of("fibre-pro", "mobile+", "tv").get(random.nextInt(3)),
                        random.nextBoolean() ? Intent.COMPLAINT : Intent.QUESTION,
                        time)
                .setChannel(
                        late
                                ? Channel.CHAT
                                : List.of(Channel.EMAIL, Channel.PHONE, Channel.CHAT)
                                        .get(random.nextInt(3)))
                .setThemes(late ? themes("network.outage", "billing.error") : themes("billing.error"))
                .setSentiment(random.nextDouble() - 0.5)
                .build();
    }

    private static List<Theme> themes(String... names) {
        return List.of(names).stream()
                .map(name -> new Theme(name, 0.8, List.of(new Evidence(0, 2))))
                .toList();
    }

    @Test
    void aMonthIsHeldAgainstTheOneBefore() throws IOException {
        var put = new ArrayList<Verbatim>();
        for (int i = 0; i < 40; i++) {
            put.addAll(List.of(
                    draft(
                                    "m" + i,
                                    i % 2 == 0 ? "Déconnecté du réseau" : "Encore la box lente",
                                    "fibre-pro",
                                    Intent.COMPLAINT,
                                    NOW.minusSeconds(i))
                            .setSentiment(-0.5 - (i % 2) / 10.0)
                            .build(),
                    draft(
                                    "f" + i,
                                    i % 2 == 0 ? "La facture" : "Lente, encore, la box",
                                    "fibre-pro",
                                    Intent.QUESTION,
                                    NOW.minus(Duration.ofDays(20)).minusSeconds(i))
                            .setSentiment(0.5 - (i % 2) / 10.0)
                            .build()));
        }
        running.put(put.toArray(Verbatim[]::new));

        JsonNode answer = json(running.get("/api/v1/compare?from=2026-03-01&to=2026-03-31&compare=previous&size=5"));

        assertThat(answer.at("/first").toString())
                .isEqualTo(
                        "{\"total\":40,\"from\":\"2026-02-28T23:00:00Z\",\"to\":\"2026-03-31T22:00:00Z\","
                                + "\"query\":\"from=2026-02-28T23%3A00%3A00Z&to=2026-03-31T22%3A00%3A00Z&zone=Europe%2FParis\"}");
        assertThat(answer.at("/second/from").asText()).isEqualTo("2026-01-31T23:00:00Z");
        assertThat(answer.at("/second/total").asInt()).isEqualTo(40);
        JsonNode rising = answer.at("/words/rising");
        assertThat(rising.findValuesAsText("word")).containsExactly("Déconnecté", "réseau");
        assertThat(rising.at("/0/first/count").asInt()).isEqualTo(20);
        assertThat(rising.at("/0/first/share").asDouble()).isEqualTo(0.5);
        assertThat(rising.at("/0/second/count").asInt()).isZero();
        assertThat(rising.at("/0/significant").asBoolean()).isTrue();
        assertThat(rising.at("/0/p").asDouble()).isBetween(1e-12, 1e-5);
        assertThat(rising.at("/0/q").asDouble()).isBetween(1e-12, 1e-5);
        assertThat(rising.at("/0/logOdds").asDouble()).isGreaterThan(3);
        assertThat(rising.at("/0/g2").asDouble()).isGreaterThan(20);
        assertThat(rising.at("/0/difference").asDouble()).isEqualTo(0.5);
        assertThat(answer.at("/words/falling").findValuesAsText("word")).containsExactly("facture");
        assertThat(answer.at("/words/tested").asInt()).isEqualTo(6);
        JsonNode pair = answer.at("/pairs/rising/0");
        assertThat(pair.at("/pair").asText()).isEqualTo("box lente");
        assertThat(pair.at("/first/count").asInt()).isEqualTo(20);
        assertThat(pair.at("/first/query").asText()).startsWith("q=%22box+lente%22&");
        assertThat(pair.at("/significant").asBoolean()).isTrue();
        assertThat(answer.at("/pairs/falling")).isEmpty();
        assertThat(answer.at("/pairs/tested").asInt()).isEqualTo(1);
        assertThat(answer.at("/fields/intent").findValuesAsText("value")).containsExactly("COMPLAINT", "QUESTION");
        assertThat(answer.at("/fields/theme/0/significant").asBoolean()).isFalse();
        assertThat(answer.at("/sentiment/difference").asDouble()).isCloseTo(-1, within(1e-9));
        assertThat(answer.at("/sentiment/low").asDouble()).isBetween(-1.05, -1.0);
        assertThat(answer.at("/sentiment/high").asDouble()).isBetween(-1.0, -0.95);
        assertThat(running.get("/metrics").body()).contains("vigie_search_seconds_count{endpoint=\"compare\"} 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        q=box                                       | 400 | it is not said what to compare with; give one of
        compare=previous                            | 400 | needs a period to go back from
        compare=next&from=2026-03-01                | 400 | compare is "next"; allowed: previous
        from=2026-03-01&compare=previous&offer2=tv  | 400 | two comparisons are asked for at once
        offer2=tv                                   | 400 | offer2 is given without offer
        offer=tv&offer2=tv                          | 400 | a verbatim may be on both sides
        from=2026-03-01&from2=2026-03-02            | 400 | a verbatim may be on both sides
        from2=2026-03-02&to2=2026-03-01             | 400 | from2 is not before to2
        from=2027-03-02&compare=previous            | 400 | from is not before to
        from2=hier                                  | 400 | from2 is "hier"; allowed: a date such as
        from=2026-03-01&compare=previous&size=101   | 400 | size is "101"; allowed: 0 to 100
        from=2026-03-01&compare=previous&cursor=x   | 400 | unknown parameter "cursor"
        from=2026-03-01&compare=previous&offre=tv   | 400 | unknown parameter "offre"; did you mean offer
        from=2026-03-01&compare=previous&q=%28box   | 400 | unclosed ( at column 1
        from=2026-03-01&compare=previous&q=box~+box~+box~+box~+box~+box~+box~+box~+box~+box~+box~ | 422 | ~
        """)
    void whatCannotBeComparedSaysWhy(String query, int status, String detail) {
        var answer = running.get("/api/v1/compare?" + query);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).get("detail").asText()).contains(detail);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
