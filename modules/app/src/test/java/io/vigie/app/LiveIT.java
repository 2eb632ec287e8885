package io.vigie.app;

import static io.vigie.app.SampleEvents.call;
import static io.vigie.app.SampleEvents.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was sent is searched without asking twice, and listened for, through the whole product. */
@ExtendWith(RunningVigie.class)
@Timeout(180)
final class LiveIT {
    private static final int EVENTS = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VigieHttp http;

    LiveIT(VigieProcess vigie) {
        this.http = vigie.http();
    }

    @Test
    void whatWasAcceptedIsFoundWithItsTokenAtTheFirstSearch() throws IOException {
        for (int i = 0; i < EVENTS; i++) {
            boolean spoken = i % 2 == 0;
            String text = "Panne de la box Mimosa" + i;
            String token = spoken
                    ? sent("calls", call("after-" + i, null, "Bonjour", text))
                    : sent("tickets", ticket("after-" + i, null, text));

            assertThat(http.total("q", "mimosa" + i, "after", token)).as(token).isEqualTo(1);
        }
    }

    @Test
    void anEventThatNothingComesOfDoesNotHoldUpASearch() throws IOException {
        var event = ticket("after-double", null, "Dossier Hellébore");
        sent("tickets", event);

        String token = sent("tickets", event);

        assertThat(http.total("q", "hellebore", "after", token)).isEqualTo(1);
    }

    @Test
    void aListenerWhoComesAgainSeesEachVerbatimExactlyOnce() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var seen = new ArrayList<String>();
        var said = new ArrayList<String>();
        String last = "";

        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (seen.size() < EVENTS) {
                try (var listener = new Listener(client, http.url() + "/api/v1/live?q=glycine", last)) {
                    for (int i = random.nextInt(6); i > 0 && said.size() < EVENTS; i--) {
                        said.add("it:live-" + said.size());
                        sent("tickets", ticket("live-" + (said.size() - 1), null, "Dossier Glycine, plus rien"));
                    }
                    int reads = said.size() == EVENTS
                            ? EVENTS - seen.size()
                            : random.nextInt(said.size() - seen.size() + 1);
                    for (int i = 0; i < reads; i++) {
                        seen.add(listener.next());
                    }
                    last = listener.lastId;
                }
            }
        }

        assertThat(seen).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(said);
    }

    private String sent(String kind, JsonNode event) throws IOException {
        var answer = http.post(kind, List.of(event));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.body().path("token").asText();
    }

    /** One connection; where it began is where one without events goes on. */
    private static final class Listener implements AutoCloseable {
        private final BufferedReader lines;
        private String lastId = "";

        Listener(HttpClient client, String address, String lastId) throws IOException {
            var request = HttpRequest.newBuilder(URI.create(address));
            if (!lastId.isEmpty()) {
                request.header("Last-Event-ID", lastId);
            }
            try {
                var response = client.send(request.build(), BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            read("id: ");
        }

        /** The id of the next verbatim. */
        String next() throws IOException {
            return JSON.readTree(read("data: ")).path("id").asText();
        }

        private String read(String field) throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring("id: ".length());
                }
                if (line.startsWith(field)) {
                    return line.substring(field.length());
                }
            }
            throw new AssertionError("the stream has ended");
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
