package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OffersCommandTest {
    private static final String OFFER = "{\"id\":\"fibre-pro\",\"name\":\"Fibre Pro\",\"aliases\":[\"FP1\"]}";

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
    void aRenamedOfferKeepsItsFormerNameAsAnAlias() {
        vigie.answering(200, OFFER).answering(200, OFFER);

        var ran = run("offers", "rename", "fibre-pro", "Fibre Atelier");

        assertThat(ran).isEqualTo(new Program.Ran(0, "fibre-pro is now Fibre Atelier\n", ""));
        assertThat(written())
                .isEqualTo("{\"id\":\"fibre-pro\",\"name\":\"Fibre Atelier\",\"aliases\":[\"FP1\",\"Fibre Pro\"]}");
    }

    @Test
    void whoRenamesTwiceOrBackAddsNoAliasTwice() {
        String renamed = OFFER.replace("\"FP1\"", "\"Fibre Pro\"");
        vigie.answering(200, renamed).answering(200, renamed);

        run("offers", "rename", "fibre-pro", "Fibre Pro");

        assertThat(written()).isEqualTo(renamed);
    }

    @Test
    void aRetiredOfferHasItsDateAndKeepsItsNames() {
        vigie.answering(200, OFFER).answering(200, OFFER);

        var ran = run("offers", "retire", "fibre-pro", "--at", "2023-01-31T00:00:00Z");

        assertThat(ran).isEqualTo(new Program.Ran(0, "fibre-pro is retired since 2023-01-31T00:00:00Z\n", ""));
        assertThat(written())
                .isEqualTo("{\"id\":\"fibre-pro\",\"name\":\"Fibre Pro\",\"aliases\":[\"FP1\"],"
                        + "\"retiredAt\":\"2023-01-31T00:00:00Z\"}");
    }

    @Test
    void anOfferMayBeRetiredAheadOfTime() {
        vigie.answering(200, OFFER).answering(200, OFFER);

        assertThat(run("offers", "retire", "fibre-pro", "--at", "2999-01-31T00:00:00Z")
                        .out())
                .isEqualTo("fibre-pro will be retired at 2999-01-31T00:00:00Z\n");
    }

    @Test
    void anOfferThatIsNotThereIsSaidToBeMissing() {
        vigie.answering(404, "{\"detail\":\"no offer has this id\"}");

        assertThat(run("offers", "retire", "nix")).isEqualTo(new Program.Ran(1, "", "vigie: no offer has this id\n"));
    }

    private String written() {
        return String.join("", vigie.requests().getLast().lines());
    }

    private Program.Ran run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--set", "http.port=" + vigie.port()));
        return SystemStreams.run("", all.toArray(String[]::new));
    }
}
