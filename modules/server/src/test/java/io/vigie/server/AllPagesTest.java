package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One page of each kind, full: everything on it is reached by the keyboard alone. */
class AllPagesTest {
    private static final List<String> PAGES = List.of(
            "/",
            "/offres/fibre-pro",
            "/offres/fibre-pro/promesses?state=kept",
            "/signaux/a1",
            "/alertes",
            "/questions/port",
            "/retours?agent=a-17",
            "/themes",
            "/taxonomie",
            "/etat",
            "/etat/rejeu?reason=bad-avro&topic=voc.tickets",
            "/decision?verbatim=p1",
            "/verbatims/p1");

    private static final List<String> MORE_PAGES = List.of(
            "/?help=1",
            "/?from=2026-03-01&compare=previous",
            "/?q=est:plainte%20(panne%20OU",
            "/?q=hippopotame",
            "/?q=06%2012%2034%2056%2078",
            "/offres",
            "/offres/fibre-pro/manquements",
            "/offres/fibre-pro/fiche",
            "/signaux",
            "/questions",
            "/retours",
            "/themes/network.outage",
            "/etat/rebuts",
            "/journal",
            "/decision",
            "/nowhere");

    @TempDir
    Path directory;

    @Test
    void theKeyboardReachesEverythingAndShowsWhereItIs() throws IOException, ServerException {
        Map<String, List<String>> unreached = new TreeMap<>();

        try (var running = new RunningServer(directory.resolve("index"))) {
            OfferStory.tell(running);
            LoopScene.fill(running);
            running.deadLetters.put("stream", "bad-avro", "no schema", "voc.tickets", NOW, false);
            running.replay.put("bad-avro", 1);
            try (var window = Browser.window(running, Screen.PHONE, ColorScheme.LIGHT)) {
                for (String address : PAGES) {
                    window.open(address);
                    assertThat(window.overflows()).as(address).isFalse();
                    List<String> found = window.unreached();
                    if (!found.isEmpty()) {
                        unreached.put(address, found);
                    }
                }
            }
        }

        assertThat(unreached).isEmpty();
    }

    /** WCAG 1.4.10: as wide as a screen of 1280 px that is magnified four times. */
    @Test
    void noPageIsWiderThanTheSmallestScreen() throws IOException, ServerException {
        var wider = new ArrayList<String>();

        try (var running = new RunningServer(directory.resolve("index"))) {
            OfferStory.tell(running);
            LoopScene.fill(running);
            running.put(
                    "/api/v1/offers/long",
                    "{\"name\": \"XPACK Exclusive Access Cloud ++ Mega, réseau privé des entreprises\"}");
            running.deadLetters.put("stream", "bad-avro", "no schema", "voc.tickets", NOW, false);
            running.replay.put("bad-avro", 1);
            running.post(
                    "/recherches",
                    "application/x-www-form-urlencoded",
                    "alert=1&name=Coupures+de+la+fibre&search=%2F%3Fq%3Dcoupure");
            String saved = "/alertes/" + running.searches.searches().getFirst().getSearchId();
            try (var window = Browser.window(running, Screen.NARROW, ColorScheme.LIGHT)) {
                Stream.of(PAGES, MORE_PAGES, List.of(saved))
                        .flatMap(List::stream)
                        .forEach(address -> {
                            window.open(address);
                            if (window.overflows()) {
                                window.shoot("wide-" + wider.size());
                                wider.add(address);
                            }
                        });
            }
        }

        assertThat(wider).isEmpty();
    }
}
