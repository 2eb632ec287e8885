package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vigie.events.DeadLetter;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import io.vigie.topology.signals.Term;
import io.vigie.understanding.Span;
import io.vigie.understanding.TechnicalQuestion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the second stream does when our own code fails: on one text, and on all. */
class TextFaultsTest {
    private static final String POISON = "Je suis Yvette Quennehen. Y aura-t-il de l'IPv6 ?";
    private static final String GOOD = "Le port 25 est-il bloqué en sortie ?";

    private boolean questionsFail = true;
    private boolean termsFail = true;
    private boolean deep;
    private final RunningInsights insights = new RunningInsights(NOW, new TextReaders(this::questions, this::terms));

    @AfterEach
    void stop() {
        insights.close();
    }

    @Test
    void aTextWhoseQuestionsCannotBeReadIsADeadLetterAndTheNextIsRead() {
        termsFail = false;

        insights.pipe(question("v1", POISON));
        insights.pipe(question("v2", GOOD));

        assertThat(insights.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("v1".getBytes(StandardCharsets.UTF_8));
            assertThat(letter.value()).isNull();
            assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("insights");
            assertThat(header(letter, DeadLetter.REASON)).isEqualTo("not-understood");
            assertThat(header(letter, DeadLetter.DETAIL))
                    .contains("technical questions", "java.lang.IllegalStateException");
        });
        assertThat(insights.questions())
                .extracting(record -> record.value().getVerbatimIds())
                .containsExactly(List.of("v2"));
    }

    @Test
    void aTextWhoseTermsCannotBeReadIsADeadLetterAndItsThemesAreHeard() {
        questionsFail = false;
        deep = true;

        insights.pipe(verbatim("v1", "fibre-pro").setText(POISON).build());
        insights.pipe(verbatim("v2", "fibre-pro").build());

        assertThat(insights.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(header(letter, DeadLetter.DETAIL))
                        .contains("new terms", "java.lang.StackOverflowError"));
        KeyValueStore<String, byte[]> heard = insights.driver().getKeyValueStore(Signals.STORE);
        assertThat(heard.get("sfibre-pro\0" + SampleVerbatims.OUTAGE)).isNotNull();
    }

    @Test
    void aQuestionThatIsErasedGoesWhateverItsTextWas() {
        questionsFail = false;
        insights.pipe(question("v1", POISON));
        questionsFail = true;

        insights.erase("v1");

        assertThat(insights.questions())
                .extracting(record -> record.value() == null)
                .containsExactly(false, true);
    }

    @Test
    void aFaultMetInTextAfterTextStopsTheStreamAtTheLastOfThem() {
        termsFail = false;
        for (int i = 1; i < CircuitBreaker.FAILURES; i++) {
            insights.pipe(question("v" + i, POISON));
        }

        var failure = catchThrowable(() -> insights.pipe(question("last", POISON)));

        assertThat(VerbatimStream.ourFault(failure))
                .get()
                .asString()
                .contains(
                        "question-entries-repartition-0@" + (CircuitBreaker.FAILURES - 1),
                        "java.lang.IllegalStateException",
                        "start again, which goes on at that verbatim",
                        "--reset insights");
        assertThat(insights.deadLetters()).hasSize(CircuitBreaker.FAILURES - 1);
    }

    @Test
    void aDeadLetterSaysNothingOfTheCustomersWords() {
        insights.pipe(question("v1", POISON));

        assertThat(insights.deadLetters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(Arrays.stream(letter.headers().toArray())
                                .map(header -> new String(header.value(), StandardCharsets.UTF_8)))
                        .noneMatch(header -> header.contains("Yvette") || header.contains("IPv6")));
    }

    private List<TechnicalQuestion> questions(String text, List<Span> technical) {
        failOn(questionsFail, text);
        return TechnicalQuestion.in(text, technical);
    }

    private List<Term> terms(String text) {
        failOn(termsFail, text);
        return Term.of(text);
    }

    private void failOn(boolean fails, String text) {
        if (fails && text.equals(POISON)) {
            if (deep) {
                failOn(true, text);
            }
            throw new IllegalStateException("fault met in: " + text);
        }
    }

    private static Verbatim question(String id, String text) {
        return verbatim(id, "fibre-pro")
                .setIntent(Intent.QUESTION)
                .setText(text)
                .build();
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
