package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QuestionsCommandTest {
    private static final String OFFERS = "{\"offers\":[{\"id\":\"fibre-pro\"},{\"id\":\"xpack\"}]}";
    private static final String NONE = "{\"total\":0,\"questions\":[]}";
    private static final String ANSWERED = """
        {"total":1,"questions":[{"id":"q1","offer":"fibre-pro","question":"Le port 25 est-il bloqué ?","ageDays":4,
         "customers":3,"owner":"Karim","answer":{"text":"Non.","author":"Marion","at":"2026-03-01T00:00:00Z"}}]}\
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
    void theQuestionsOfEveryOfferAreListed() {
        vigie.answering(200, OFFERS).answering(200, ANSWERED).answering(200, NONE);

        var ran = run("questions", "--state", "all");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("q1  fibre-pro  4 d  3 customers  Karim")
                .contains("Le port 25 est-il bloqué ?")
                .contains("-> Non. (Marion, 2026-03-01T00:00:00Z)");
        assertThat(vigie.requests())
                .extracting(StubVigie.Request::path)
                .containsExactly(
                        "/api/v1/offers", "/api/v1/offers/fibre-pro/questions", "/api/v1/offers/xpack/questions");
    }

    @Test
    void anAnswerIsPublishedAsAnAction() {
        vigie.answering(201, "{\"id\":\"a-1\"}");

        var ran = run("answer", "q1", "Non, il est ouvert.", "--author", "Marion");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("published as action a-1");
        assertThat(vigie.requests().getFirst().lines().getFirst())
                .isEqualTo("{\"kind\":\"answer\",\"question\":\"q1\",\"text\":\"Non, il est ouvert.\","
                        + "\"author\":\"Marion\"}");
    }

    @Test
    void whatIsRefusedIsSaid() {
        vigie.answering(400, "{\"detail\":\"no question has this id\"}");

        var ran = run("answer", "q9", "Non.");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("no question has this id");
    }

    private Program.Ran run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--set", "http.port=" + vigie.port()));
        return SystemStreams.run("", all.toArray(String[]::new));
    }
}
