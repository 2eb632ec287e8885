package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EraseCommandTest {
    private static final String REQUESTED =
            "{\"requestId\":\"r1\",\"customerKey\":\"k\",\"receipt\":\"/api/v1/erasures/r1\"}";
    private static final String SETTLED = """
        {"requestId": "r1", "requestedAt": "2026-03-31T10:15:00Z", "state": "logically-gone", "places": [
          {"place": "complaints", "state": "logically-gone", "count": 1, "doneAt": "2026-03-31T10:15:02Z",
           "goneBy": "2026-04-08T10:15:02Z"},
          {"place": "events", "state": "kept", "goneBy": "2026-04-08T10:15:01Z"},
          {"place": "index:here:8080", "state": "physically-gone", "doneAt": "2026-03-31T10:15:03Z",
           "goneBy": "2026-03-31T10:46:00Z"}]}\
        """;

    private StubVigie vigie;

    @BeforeEach
    void start() throws IOException {
        vigie = new StubVigie();
    }

    @AfterEach
    void stop() {
        vigie.close();
    }

    @Test
    void aDryRunTellsHowManyOfWhichOffers() {
        vigie.answering(
                200,
                "{\"customerKey\":\"k\",\"verbatims\":3,\"offers\":[{\"offer\":\"fibre\",\"verbatims\":2},"
                        + "{\"offer\":\"unassigned\",\"verbatims\":1}]}");

        var ran = run("erase", "c 1/2", "--dry-run");

        assertThat(ran)
                .isEqualTo(new Program.Ran(0, "3 verbatims would be erased\n  2 of fibre\n  1 of unassigned\n", ""));
        assertThat(vigie.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/api/v1/customers/c 1/2"));
    }

    @Test
    void aRequestIsToldWithItsReceipt() {
        vigie.answering(202, REQUESTED);

        assertThat(run("erase", "c"))
                .isEqualTo(new Program.Ran(0, "requested; its receipt is at /api/v1/erasures/r1\n", ""));
    }

    @Test
    void whoWaitsGetsTheReceiptOnceTheIndexIsClean() {
        vigie.answering(202, REQUESTED)
                .answering(200, SETTLED.replace("physically-gone", "logically-gone"))
                .answering(200, SETTLED);

        var ran = run("erase", "c", "--wait");

        assertThat(ran.out()).isEqualTo("""
            requested; its receipt is at /api/v1/erasures/r1
            erasure r1 of 2026-03-31T10:15:00Z: logically-gone
              complaints               1 verbatims, gone since 2026-03-31T10:15:02Z, from the disk by 2026-04-08T10:15:02Z
              events                   kept by retention until 2026-04-08T10:15:01Z at the latest
              index:here:8080          gone from the disk since 2026-03-31T10:46:00Z
            """);
        assertThat(vigie.requests()).hasSize(3);
    }

    @Test
    void aRefusalIsTheServersSentence() {
        vigie.answering(503, "{\"detail\":\"set privacy.customer.secret to the secret of the stream\"}");

        assertThat(run("erase", "c"))
                .isEqualTo(new Program.Ran(1, "", "vigie: set privacy.customer.secret to the secret of the stream\n"));
    }

    private Program.Ran run(String command, String customer, String... options) {
        var words = new ArrayList<>(List.of(command, customer));
        words.addAll(List.of(options));
        words.addAll(List.of("--set", "http.port=" + vigie.port()));
        return SystemStreams.run("", words.toArray(String[]::new));
    }
}
