package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static io.vigie.server.RunningServer.draft;
import static io.vigie.server.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Intent;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Searches with nearly the same texts as one hit. */
class GroupsTest {
    @AutoClose
    private final RunningServer running = RunningServer.start();

    @Test
    void copiesAreOneHitOfAGroupedSearch() throws IOException {
        for (int i = 0; i < 4; i++) {
            running.index.put(
                    draft("copy" + i, "Remboursez-moi, dossier " + i, "tv", Intent.REQUEST, NOW.minusSeconds(i))
                            .build());
        }
        running.put(draft("other", "Remboursez tout le monde", "tv", Intent.REQUEST, NOW)
                .build());

        JsonNode page = json(
                running.get("/api/v1/search?group=similar&sort=newest&size=1&facets=offer&interval=auto&q=remboursez"));
        JsonNode next = json(running.get("/api/v1/search?group=similar&sort=newest&size=1&q=remboursez&cursor="
                + page.get("cursor").asText()));
        JsonNode copies = next.at("/hits/0");

        assertThat(page.get("total").asInt()).isEqualTo(5);
        assertThat(page.get("groups").asInt()).isEqualTo(2);
        assertThat(page.at("/facets/offer/0/count").asInt()).isEqualTo(5);
        assertThat(page.at("/histogram/0/count").asInt()).isPositive();
        assertThat(List.of(page.at("/hits/0/id").asText(), copies.get("id").asText()))
                .containsExactly("copy0", "other");
        assertThat(next.has("cursor")).isFalse();
        JsonNode first = page.at("/hits/0");
        assertThat(first.get("duplicates").asInt()).isEqualTo(3);
        assertThat(first.get("highlights")).isNotEmpty();
        JsonNode list = json(
                running.get("/api/v1/search?" + first.get("duplicatesQuery").asText()));
        assertThat(list.get("total").asInt()).isEqualTo(4);
        assertThat(list.get("hits").findValuesAsText("id"))
                .containsExactlyInAnyOrder("copy0", "copy1", "copy2", "copy3");
    }

    @Test
    void groupingIsRefusedWhereItIsNot() {
        assertThat(json(running.get("/api/v1/search?group=offer")).get("detail").asText())
                .contains("group is \"offer\"; allowed: similar");
        assertThat(json(running.get("/api/v1/export?group=similar"))
                        .get("detail")
                        .asText())
                .contains("unknown parameter \"group\"");
    }
}
