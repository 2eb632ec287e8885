package io.vigie.server;

import static io.vigie.server.RunningServer.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.vigie.server.Browser.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
            "/verbatims/p1");

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
}
