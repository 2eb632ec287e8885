package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Question;
import io.vigie.events.QuestionAnswer;
import io.vigie.events.QuestionState;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuestionLedgerTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final Instant MONDAY = Instant.parse("2026-03-23T09:00:00Z");
    private static final String OFFER = "xpack-pro";
    private static final String PORT = "Est-ce que le port 25/TCP est bloqué en sortie ?";
    private static final String PORT_ALIKE = "Bonjour. Le port 25 sera-t-il ouvert ? Merci.";
    private static final String IPV6 = "Y aura-t-il de l'IPv6 ?";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private TopologyTestDriver driver;
    private final Map<String, Question> lines = new TreeMap<>();
    private int records;

    @BeforeEach
    void start() {
        var parts = new InsightTopology.Parts(
                _ -> {}, ZoneId.of("Europe/Paris"), () -> NOW, SignalSettings.standard(ZoneId.of("Europe/Paris")));
        var topology = InsightTopology.build(TOPICS, registry, parts, new SimpleMeterRegistry());
        driver = new TopologyTestDriver(topology, new Properties(), NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void theSameQuestionOfThreeCustomersIsOneLine() {
        pipe(verbatim("v1", PORT, MONDAY).setCustomerKey("anna").build());
        pipe(verbatim("v2", PORT_ALIKE, MONDAY.plusSeconds(60))
                .setCustomerKey("bob")
                .build());
        pipe(verbatim("v3", "Is outbound port 25 blocked?", MONDAY.minusSeconds(60))
                .setCustomerKey("cleo")
                .build());
        pipe(verbatim("v4", PORT, MONDAY).setCustomerKey("anna").build());

        var line = only();
        assertThat(line.getState()).isEqualTo(QuestionState.OPEN);
        assertThat(line.getTerms()).containsExactly("port 25");
        assertThat(line.getCustomers()).isEqualTo(3);
        assertThat(line.getVerbatims()).isEqualTo(4);
        assertThat(line.getVerbatimIds()).containsExactlyInAnyOrder("v1", "v2", "v3", "v4");
        assertThat(line.getFirstAskedAt()).isEqualTo(MONDAY.minusSeconds(60));
        assertThat(line.getLastAskedAt()).isEqualTo(MONDAY.plusSeconds(60));
        assertThat(line.getText()).endsWith("?").doesNotContain("Bonjour");
    }

    @Test
    void aLineShowsTheWordsOfItsQuestion() {
        pipe(verbatim("v1", "La maison date de 1974, puis-je brancher mon propre routeur ?", MONDAY)
                .build());

        assertThat(only().getTerms()).containsExactly("propre routeur");
    }

    @Test
    void questionsAboutAnotherTermOrAnotherOfferAreOtherLines() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        pipe(verbatim("v2", IPV6, MONDAY).build());
        pipe(verbatim("v3", PORT, MONDAY).setOfferId("fibre-max").build());

        assertThat(lines().values())
                .extracting(line -> line.getOfferId() + " " + line.getTerms())
                .containsExactlyInAnyOrder("xpack-pro [port 25]", "xpack-pro [IPv6]", "fibre-max [port 25]");
    }

    @Test
    void aVerbatimThatAsksTwiceCountsOnceAndOneThatAsksTwoThingsIsInTwoLines() {
        pipe(verbatim("v1", PORT + " " + PORT_ALIKE + " " + IPV6, MONDAY).build());

        assertThat(lines().values()).extracting(Question::getVerbatims).containsExactly(1L, 1L);
    }

    @Test
    void whatIsNoTechnicalQuestionIsInNoLine() {
        pipe(verbatim("v1", "Je suis passé au port 25.", MONDAY).build());
        pipe(verbatim("v2", "Quand venez-vous ?", MONDAY).build());
        pipe(verbatim("v3", PORT, MONDAY).setIntent(Intent.PRAISE).build());

        assertThat(lines()).isEmpty();
    }

    @Test
    void aComplaintThatAsksATechnicalQuestionIsHeard() {
        pipe(verbatim("v1", "Ma question est restée sans réponse : le port 25 est-il bloqué ?", MONDAY)
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of(new Theme("sales.question_unanswered", 1.0, List.of())))
                .build());

        assertThat(only().getTerms()).containsExactly("port 25");
    }

    @Test
    void questionsWithoutARareTermAreComparedByTheirWords() {
        pipe(plain("v1", "La ligne sera-t-elle coupée pendant les travaux ?"));
        pipe(plain("v2", "Est-ce que la ligne sera coupée pendant les travaux ?"));
        pipe(plain("v3", "Où passe le fourreau du boîtier ?"));

        assertThat(lines().values()).extracting(Question::getVerbatims).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void anAnswerClosesTheLineAndTellsWhoIsToBeTold() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        pipe(verbatim("v2", PORT, MONDAY.plusSeconds(5)).build());
        String id = only().getQuestionId();

        act(action("a1", ActionKind.ANSWER, id, MONDAY.plusSeconds(60)).build());

        var line = only();
        assertThat(line.getState()).isEqualTo(QuestionState.ANSWERED);
        assertThat(line.getAnswer()).contains(new QuestionAnswer("a1", "Marion", MONDAY.plusSeconds(60)));
        assertThat(line.getToTell()).containsExactly("v1", "v2");
        assertThat(line.getToTellTotal()).isEqualTo(2);
    }

    @Test
    void whoWasToldIsNoLongerToBeTold() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        pipe(verbatim("v2", PORT, MONDAY).build());
        String id = only().getQuestionId();
        act(action("a1", ActionKind.ANSWER, id, MONDAY.plusSeconds(60)).build());

        act(action("a2", ActionKind.TOLD, id, MONDAY.plusSeconds(90))
                .setVerbatimIds(List.of("v1"))
                .build());

        assertThat(only().getToTell()).containsExactly("v2");
    }

    @Test
    void aQuestionAskedAgainStaysAnsweredAndIsCounted() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        act(action("a1", ActionKind.ANSWER, only().getQuestionId(), MONDAY.plusSeconds(60))
                .build());

        pipe(verbatim("v2", PORT_ALIKE, MONDAY.plusSeconds(120)).build());
        pipe(verbatim("v3", PORT_ALIKE, MONDAY.plusSeconds(30)).build());

        var line = only();
        assertThat(line.getState()).isEqualTo(QuestionState.ANSWERED);
        assertThat(line.getAskedAgain()).isEqualTo(1);
        assertThat(line.getToTell()).containsExactlyInAnyOrder("v1", "v3");
    }

    @Test
    void theNewestAnswerCountsInWhateverOrderTheyCome() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        String id = only().getQuestionId();

        act(action("late", ActionKind.ANSWER, id, MONDAY.plusSeconds(90)).build());
        act(action("early", ActionKind.ANSWER, id, MONDAY.plusSeconds(60)).build());

        assertThat(only().getAnswer().orElseThrow().getActionId()).isEqualTo("late");
    }

    @Test
    void anAnswerIsFoundByAQuestionThatComesAfterIt() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        String id = only().getQuestionId();
        erase("v1");
        act(action("a1", ActionKind.ANSWER, id, MONDAY.plusSeconds(60)).build());
        act(action("a2", ActionKind.OWNER, id, MONDAY).setOwner("Karim").build());

        pipe(verbatim("v2", PORT, MONDAY).build());

        assertThat(only().getQuestionId()).isEqualTo(id);
        assertThat(only().getState()).isEqualTo(QuestionState.ANSWERED);
        assertThat(only().getOwner()).contains("Karim");
        assertThat(only().getToTell()).containsExactly("v2");
    }

    @Test
    void anOwnerCanBeSetAndTakenAway() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        String id = only().getQuestionId();

        act(action("a1", ActionKind.OWNER, id, MONDAY).setOwner("Karim").build());
        assertThat(only().getOwner()).contains("Karim");
        act(action("a2", ActionKind.OWNER, id, MONDAY.plusSeconds(1)).build());

        assertThat(only().getOwner()).isEmpty();
        assertThat(only().getState()).isEqualTo(QuestionState.OPEN);
    }

    @Test
    void decisionsAndCommentsChangeNoLine() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        var before = only();

        act(action("a1", ActionKind.DECISION, before.getQuestionId(), MONDAY).build());
        act(action("a2", ActionKind.COMMENT, before.getQuestionId(), MONDAY).build());

        assertThat(only()).isEqualTo(before);
        assertThat(records).isEqualTo(1);
    }

    @Test
    void anErasedVerbatimLeavesItsLineAndTakesItsWordsAlong() {
        pipe(verbatim("v1", PORT, MONDAY).setCustomerKey("anna").build());
        pipe(verbatim("v2", "Bonjour, le port 25 bloque t il chez Durand ?", MONDAY.plusSeconds(9))
                .setCustomerKey("bob")
                .build());
        String shown = only().getText();
        String erased = shown.equals(PORT) ? "v1" : "v2";

        erase(erased);

        var line = only();
        assertThat(line.getText()).isNotEqualTo(shown);
        assertThat(line.getVerbatims()).isEqualTo(1);
        assertThat(line.getCustomers()).isEqualTo(1);
        assertThat(line.getVerbatimIds()).doesNotContain(erased);
        var links = driver.<String, byte[]>getKeyValueStore(QuestionLedger.LINKS);
        try (var all = links.all()) {
            all.forEachRemaining(entry -> assertThat(entry.key).doesNotContain(erased));
        }
    }

    @Test
    void aLineWithoutVerbatimsIsDeleted() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        erase("v1");

        assertThat(lines()).isEmpty();
        assertThat(records).isEqualTo(2);
        assertThat(driver.getKeyValueStore(QuestionLedger.LINES).approximateNumEntries())
                .isZero();
    }

    @Test
    void aVerbatimOfAnotherOfferMovesToItsLedger() {
        pipe(verbatim("v1", PORT, MONDAY).setOfferId(Topics.UNASSIGNED).build());
        pipe(verbatim("v1", PORT, MONDAY).build());

        assertThat(only().getOfferId()).isEqualTo(OFFER);
    }

    @Test
    void aReclassifiedVerbatimThatAsksTheSameSendsNothing() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        pipe(verbatim("v1", PORT, MONDAY).setSentiment(0.4).build());

        assertThat(only().getVerbatims()).isEqualTo(1);
        assertThat(records).isEqualTo(1);
    }

    @Test
    void aVerbatimThatIsNoQuestionAnyLongerLeaves() {
        pipe(verbatim("v1", PORT, MONDAY).build());
        pipe(verbatim("v1", PORT, MONDAY).setIntent(Intent.PRAISE).build());

        assertThat(lines()).isEmpty();
    }

    @Test
    void anActionThatCannotBeReadStopsNothing() {
        driver.createInputTopic(TOPICS.actions(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("a1", new byte[] {7});
        pipe(verbatim("v1", PORT, MONDAY).build());

        assertThat(lines()).hasSize(1);
    }

    @Test
    void aVagueAnswerMarksTheOpenQuestionsOfItsConversation() {
        restartWithVagueAnswers();
        pipe(verbatim("v1", PORT, MONDAY).setConversationId("t-1").build());
        pipe(verbatim("v2", IPV6, MONDAY).setConversationId("t-2").build());

        vague("t-1", MONDAY.plusSeconds(60));
        vague("t-1", MONDAY.plusSeconds(60));
        vague("t-1", MONDAY.minusSeconds(60));

        var marked = byTerm("port 25");
        assertThat(marked.getVagueAnswers()).isEqualTo(1);
        assertThat(marked.getLastVagueAnswerAt()).contains(MONDAY.plusSeconds(60));
        assertThat(marked.getState()).isEqualTo(QuestionState.OPEN);
        assertThat(byTerm("IPv6").getVagueAnswers()).isZero();
    }

    @Test
    void aVagueAnswerThatIsReadBeforeItsQuestionCountsToo() {
        restartWithVagueAnswers();
        vague("t-1", MONDAY.plusSeconds(60));

        pipe(verbatim("v1", PORT, MONDAY).setConversationId("t-1").build());

        assertThat(only().getVagueAnswers()).isEqualTo(1);
    }

    @Test
    void nothingIsLeftOfAConversationInWhichNobodyAsksAnyMore() {
        restartWithVagueAnswers();
        pipe(verbatim("v1", PORT, MONDAY).setConversationId("t-1").build());
        vague("t-1", MONDAY.plusSeconds(60));

        pipe(verbatim("v1", "Quand venez-vous ?", MONDAY)
                .setConversationId("t-1")
                .build());

        assertThat(lines()).isEmpty();
        try (var links = driver.getKeyValueStore(QuestionLedger.LINKS).all()) {
            assertThat(links.hasNext()).isFalse();
        }
    }

    @Test
    void whateverTheOrderTheLedgerSaysWhatIsTrue() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        Map<String, Verbatim> truth = new HashMap<>();
        String id = null;
        Instant answeredAt = null;
        Set<String> told = new HashSet<>();
        for (int step = 0; step < 400; step++) {
            String verbatimId = "v" + random.nextInt(40);
            int dice = random.nextInt(20);
            if (dice < 5) {
                truth.remove(verbatimId);
                erase(verbatimId);
            } else if (dice == 5 && id != null) {
                Instant at = MONDAY.plusSeconds(random.nextInt(1000));
                answeredAt = answeredAt == null || at.isAfter(answeredAt) ? at : answeredAt;
                act(action("a" + step, ActionKind.ANSWER, id, at).build());
            } else if (dice == 6 && id != null) {
                told.add(verbatimId);
                act(action("a" + step, ActionKind.TOLD, id, MONDAY)
                        .setVerbatimIds(List.of(verbatimId))
                        .build());
            } else {
                var verbatim = verbatim(
                                verbatimId,
                                random.nextBoolean() ? PORT : PORT_ALIKE,
                                MONDAY.plusSeconds(random.nextInt(1000)))
                        .setCustomerKey(random.nextInt(5) == 0 ? null : "c" + random.nextInt(10))
                        .setIntent(random.nextInt(6) == 0 ? Intent.OTHER : Intent.QUESTION)
                        .setOfferId(random.nextInt(8) == 0 ? "fibre-max" : OFFER)
                        .build();
                truth.put(verbatimId, verbatim);
                pipe(verbatim);
            }
            var asking = truth.values().stream()
                    .filter(verbatim -> verbatim.getIntent() == Intent.QUESTION
                            && verbatim.getOfferId().equals(OFFER))
                    .toList();
            var found = lines().values().stream()
                    .filter(line -> line.getOfferId().equals(OFFER))
                    .toList();
            assertThat(found).as("lines; seed %d step %d", seed, step).hasSize(asking.isEmpty() ? 0 : 1);
            if (!asking.isEmpty()) {
                id = found.getFirst().getQuestionId();
                check(found.getFirst(), asking, answeredAt, told, "seed " + seed + " step " + step);
            }
        }
    }

    private static void check(
            Question line, List<Verbatim> asking, @Nullable Instant answeredAt, Set<String> told, String where) {
        assertThat(line.getVerbatims()).as(where).isEqualTo(asking.size());
        assertThat(line.getVerbatimIds())
                .as(where)
                .containsExactlyInAnyOrderElementsOf(
                        asking.stream().map(Verbatim::getVerbatimId).toList());
        assertThat(line.getCustomers())
                .as(where)
                .isEqualTo(asking.stream()
                        .flatMap(verbatim -> verbatim.getCustomerKey().stream())
                        .distinct()
                        .count());
        assertThat(line.getFirstAskedAt())
                .as(where)
                .isEqualTo(asking.stream()
                        .map(Verbatim::getOccurredAt)
                        .min(Instant::compareTo)
                        .orElseThrow());
        assertThat(line.getLastAskedAt())
                .as(where)
                .isEqualTo(asking.stream()
                        .map(Verbatim::getOccurredAt)
                        .max(Instant::compareTo)
                        .orElseThrow());
        assertThat(line.getState())
                .as(where)
                .isEqualTo(answeredAt == null ? QuestionState.OPEN : QuestionState.ANSWERED);
        if (answeredAt != null) {
            var again = asking.stream()
                    .filter(verbatim -> verbatim.getOccurredAt().isAfter(answeredAt))
                    .count();
            assertThat(line.getAskedAgain()).as(where).isEqualTo(again);
            assertThat(line.getToTell())
                    .as(where)
                    .containsExactlyInAnyOrderElementsOf(asking.stream()
                            .filter(verbatim -> !verbatim.getOccurredAt().isAfter(answeredAt))
                            .map(Verbatim::getVerbatimId)
                            .filter(verbatimId -> !told.contains(verbatimId))
                            .toList());
        }
    }

    /** With a topic of vague answers beside: conversationId as key, time as value. */
    private void restartWithVagueAnswers() {
        driver.close();
        var builder = new StreamsBuilder();
        var strings = Consumed.with(Serdes.String(), Serdes.String());
        KStream<String, VerbatimChange> changes = builder.stream(
                        TOPICS.verbatims(), Consumed.with(Serdes.String(), registry.serde(Verbatim.class)))
                .mapValues(verbatim -> new VerbatimChange(null, verbatim), Named.as("all-new"));
        var vague = builder.stream("vague", strings)
                .mapValues(
                        (id, at) -> new Questions.VagueAnswer(OFFER, id, Instant.parse(at)), Named.as("vague-answers"));
        var metrics = new InsightMetrics(new SimpleMeterRegistry());
        Questions.add(builder, changes, vague, TOPICS, registry, TextReaders.standard(), metrics);
        driver = new TopologyTestDriver(builder.build(), new Properties(), NOW);
    }

    private void vague(String conversationId, Instant at) {
        driver.createInputTopic("vague", new StringSerializer(), new StringSerializer())
                .pipeInput(conversationId, at.toString());
    }

    private void pipe(Verbatim verbatim) {
        topic(TOPICS.verbatims()).pipeInput(verbatim.getVerbatimId(), verbatim);
    }

    private void erase(String verbatimId) {
        topic(TOPICS.verbatims()).pipeInput(verbatimId, null);
    }

    private void act(Action action) {
        topic(TOPICS.actions()).pipeInput(action.getActionId(), action);
    }

    private TestInputTopic<String, SpecificRecord> topic(String name) {
        return driver.createInputTopic(name, new StringSerializer(), registry.serializer());
    }

    private Question only() {
        assertThat(lines()).hasSize(1);
        return lines().values().iterator().next();
    }

    private Question byTerm(String term) {
        return lines().values().stream()
                .filter(line -> line.getTerms().contains(term))
                .findFirst()
                .orElseThrow();
    }

    /** The topic as it is after compaction. */
    private Map<String, Question> lines() {
        var topic = driver.createOutputTopic(
                TOPICS.questions(),
                new StringDeserializer(),
                registry.serde(Question.class).deserializer());
        for (var record : topic.readRecordsToList()) {
            records++;
            if (record.value() == null) {
                lines.remove(record.key());
            } else {
                assertThat(record.value().getQuestionId()).isEqualTo(record.key());
                lines.put(record.key(), Objects.requireNonNull(record.value()));
            }
        }
        return lines;
    }

    private static Action.Builder action(String id, ActionKind kind, String questionId, Instant at) {
        return Action.newBuilder()
                .setActionId(id)
                .setKind(kind)
                .setOfferId(OFFER)
                .setQuestionId(questionId)
                .setTitle("Port 25")
                .setText("Il est ouvert.")
                .setAuthor("Marion")
                .setAt(at)
                .setEffectiveAt(at);
    }

    /** Without a rare term, and technical by its theme. */
    private static Verbatim plain(String id, String text) {
        return verbatim(id, text, MONDAY)
                .setThemes(List.of(new Theme("techq.router_capability", 1.0, List.of(new Evidence(0, text.length())))))
                .build();
    }

    private static Verbatim.Builder verbatim(String id, String text, Instant at) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId(id)
                .setKind(Kind.TICKET)
                .setConversationId("t-" + id)
                .setSource("crm")
                .setOccurredAt(at)
                .setClassifiedAt(NOW.minus(Duration.ofMinutes(1)))
                .setOfferId(OFFER)
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setIntent(Intent.QUESTION)
                .setThemes(List.of())
                .setSentiment(0)
                .setSeverity(0)
                .setChurnRisk(0)
                .setChannelMismatch(false)
                .setClassifier("test-1");
    }
}
