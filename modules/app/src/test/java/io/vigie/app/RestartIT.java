package io.vigie.app;

import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Offer;
import io.vigie.events.OfferTheme;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program ends in order when asked to, in the middle of its work, and takes everything up again. */
final class RestartIT {
    private static final Duration SEEN_MAX = Duration.ofSeconds(30);
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final Topics TOPICS = Topics.standard();
    private static final int BATCH = 50;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedBeforeAStopUnderLoadIsThereAfterIt() {
        try (var vigie = VigieProcess.up(directory)) {
            vigie.start("--set", "http.drain.seconds=1");
            vigie.http().putOffer("box-iris", "Box Iris");
            Map<String, Integer> ids = schemaIds(vigie);
            var acknowledged = new AtomicInteger();
            var load = CompletableFuture.runAsync(() -> post(vigie.http(), acknowledged));
            await().atMost(SEEN_MAX).until(() -> acknowledged.get() >= 10);

            var unready = CompletableFuture.runAsync(() -> await().atMost(STOP_MAX)
                    .until(() -> vigie.http().get("/health/ready").status() == 503));
            long before = System.nanoTime();
            int exit = vigie.stop();
            var took = Duration.ofNanos(System.nanoTime() - before);
            load.join();
            // Besides, everything that is counted is counted anew.
            vigie.start("--reset", "insights");

            assertThat(exit).isIn(0, 143);
            assertThat(took).isLessThan(STOP_MAX);
            // While it answered still.
            unready.join();
            // The batch that was cut off may have arrived or not; it is sent again and then there once.
            int batches = acknowledged.get() + 1;
            vigie.http().accept("tickets", batch(batches - 1).toArray(JsonNode[]::new));
            vigie.http().accept("tickets", batch(0).toArray(JsonNode[]::new));
            await().atMost(SEEN_MAX).until(() -> vigie.http().total("offer", "box-iris") >= (long) batches * BATCH);
            assertThat(vigie.http().total("offer", "box-iris")).isEqualTo((long) batches * BATCH);
            assertThat(vigie.http().get("/api/v1/offers/box-iris").status()).isEqualTo(200);
            assertThat(schemaIds(vigie)).isEqualTo(ids);
            var verified = vigie.command("verify");
            assertThat(verified.exit()).as(verified.out()).isZero();
            assertThat(verified.out())
                    .contains(String.format(Locale.ROOT, "%,d verbatims: all as they should be", batches * BATCH));
            assertThat(vigie.said()).contains("a stream was reset: application=vigie-insights");
        }
    }

    private static void post(VigieHttp http, AtomicInteger acknowledged) {
        try {
            while (http.post("tickets", batch(acknowledged.get()))
                            .body()
                            .path("accepted")
                            .asInt()
                    == BATCH) {
                acknowledged.incrementAndGet();
            }
        } catch (IOException e) {
            // It was stopped, as it should be.
        }
    }

    private static List<JsonNode> batch(int number) {
        var events = new ArrayList<JsonNode>();
        for (int i = 0; i < BATCH; i++) {
            events.add(ticket(number + "-" + i, "box-iris", "Panne de la box Iris, dossier " + i));
        }
        return events;
    }

    private static Map<String, Integer> schemaIds(VigieProcess vigie) {
        var ids = new HashMap<String, Integer>();
        try (var schemas = vigie.schemas()) {
            ids.put("tickets", schemas.register(TOPICS.tickets(), TicketEvent.getClassSchema()));
            ids.put("verbatims", schemas.register(TOPICS.verbatims(), Verbatim.getClassSchema()));
            ids.put("offers", schemas.register(TOPICS.offers(), Offer.getClassSchema()));
            ids.put("themes", schemas.register(TOPICS.offerThemes(), OfferTheme.getClassSchema()));
        }
        return ids;
    }
}
