package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Answer;
import io.vigie.events.Author;
import io.vigie.events.CallEvent;
import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.Direction;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Offer;
import io.vigie.events.Speaker;
import io.vigie.events.SurveyEvent;
import io.vigie.events.Theme;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Turn;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerbatimTopologyTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final String POISON = "un texte que personne ne comprend";
    private static final String OUTAGE = "Nous n'avons plus d'internet depuis ce matin.";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final List<String> ensured = new ArrayList<>();
    private final Engine engine = Engine.standard();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean topicsCanBeMade = true;
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var parts = new VerbatimTopology.Parts(
                this::understand,
                new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                this::ensure,
                new OffersSeen(),
                Duration.ofDays(2),
                () -> NOW);
        var topology = VerbatimTopology.build(TOPICS, registry, parts, meters);
        driver = new TopologyTestDriver(topology, new Properties(), NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void aTicketOfACustomerBecomesAVerbatim() {
        pipe(ticket("e1").build());

        var verbatim = verbatim("crm:e1");

        assertThat(verbatim.getKind()).isEqualTo(Kind.TICKET);
        assertThat(verbatim.getText()).isEqualTo("Panne\n" + OUTAGE);
        assertThat(verbatim.getIntent()).isEqualTo(Intent.COMPLAINT);
        assertThat(verbatim.getThemes()).extracting(Theme::getTheme).contains("network.outage");
        assertThat(verbatim.getConversationId()).isEqualTo("ticket-e1");
        assertThat(verbatim.getClassifiedAt()).isEqualTo(NOW);
    }

    @Test
    void personalDataDoesNotLeaveTheRawTopic() {
        pipe(ticket("e1")
                .setBody("Rappelez-moi au 06 39 98 12 34 ou a.b@example.com")
                .build());

        var verbatim = verbatim("crm:e1");

        assertThat(verbatim.getText()).doesNotContain("39 98").doesNotContain("example.com");
        assertThat(verbatim.getRedactions()).containsEntry("PHONE", 1).containsEntry("EMAIL", 1);
        assertThat(verbatim.getCustomerKey())
                .isPresent()
                .get()
                .asString()
                .doesNotContain("c-1")
                .hasSize(22);
    }

    @Test
    void whatAnAgentWroteIsNoVerbatim() {
        pipe(ticket("e1").setAuthor(Author.AGENT).build());
        pipe(ticket("e2").setAuthor(Author.SYSTEM).build());

        assertThat(verbatims()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void aQuotedMailIsNotTheCustomersWords() {
        pipe(ticket("e1")
                .setBody("C'est réglé, merci.\n\nLe 3 mars 2026, le service client a écrit :\n> Voulez-vous résilier ?")
                .build());

        assertThat(verbatim("crm:e1").getText()).contains("C'est réglé").doesNotContain("résilier");
    }

    @Test
    void aTicketWithoutWordsGivesNothing() {
        pipe(ticket("e1").setSubject(null).setBody("  ").build());

        assertThat(verbatims()).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void onlyTheCustomersTurnsOfACallCount() {
        pipe(call("k1"));

        var verbatim = verbatim("pbx:k1");

        assertThat(verbatim.getKind()).isEqualTo(Kind.CALL);
        assertThat(verbatim.getText()).isEqualTo("Le port 25 est-il bloqué en sortie ?\nMerci.");
        assertThat(verbatim.getChurnRisk()).isLessThan(0.1);
    }

    @Test
    void eachAnswerOfASurveyIsAVerbatimOfItsOwn() {
        pipe(survey("s1"));

        var verbatims = verbatims();

        assertThat(verbatims).containsOnlyKeys("nps:s1:q1", "nps:s1:q2");
        assertThat(Objects.requireNonNull(verbatims.get("nps:s1:q2")).getNps()).contains(3);
        assertThat(Objects.requireNonNull(verbatims.get("nps:s1:q2")).getConversationId())
                .isEqualTo("response-s1");
    }

    @Test
    void theSameEventAgainChangesNothing() {
        var event = ticket("e1").build();

        pipe(event);
        pipe(event);

        assertThat(verbatimRecords()).hasSize(1);
    }

    /** No step of a ticket takes another's place, so a late one hides nothing newer: times order them, not arrivals. */
    @Test
    void theStepsOfATicketAreTheSameInWhateverOrderTheyArrive() {
        var asked = ticket("e1").setTicketId("t").build();
        var again = ticket("e2")
                .setTicketId("t")
                .setAction(TicketAction.COMMENTED)
                .setSubject(null)
                .setBody("Tout remarche, merci.")
                .setOccurredAt(NOW.minusSeconds(3_600))
                .build();
        pipe(again);
        pipe(asked);
        var newestLast = Map.copyOf(verbatims());
        driver.close();
        start();
        read.clear();

        pipe(asked);
        pipe(again);

        assertThat(verbatims()).isEqualTo(newestLast).hasSize(2);
        assertThat(verbatim("crm:e1").getOccurredAt()).isEqualTo(NOW);
        assertThat(verbatim("crm:e2").getOccurredAt()).isEqualTo(NOW.minusSeconds(3_600));
    }

    @Test
    void anIdThatComesAgainWithOtherWordsIsTheSameEvent() {
        pipe(ticket("e1").build());
        pipe(ticket("e1")
                .setBody("Autre chose.")
                .setOccurredAt(NOW.plusSeconds(60))
                .build());

        assertThat(verbatimRecords())
                .singleElement()
                .satisfies(record -> assertThat(record.value().getText()).contains(OUTAGE));
    }

    @Test
    void theSameIdOfAnotherSourceIsAnotherEvent() {
        pipe(ticket("e1").build());
        pipe(ticket("e1").setSource("other").build());

        assertThat(verbatims()).containsOnlyKeys("crm:e1", "other:e1");
    }

    @Test
    void anEventIsForgottenAfterTheDeduplicationWindow() {
        var event = ticket("e1").build();
        pipe(event);

        driver.advanceWallClockTime(Duration.ofDays(3));
        pipe(event);

        assertThat(verbatimRecords()).hasSize(2);
        assertThat(verbatimRecords()).isEmpty();
    }

    @Test
    void anOfferIsResolvedByIdNameAndAlias() {
        declare("fibre-pro", "Fibre Pro", "FP1");

        pipe(ticket("e1").setOffer("fibre-pro").build());
        pipe(ticket("e2").setOffer("FIBRE PRO").build());
        pipe(ticket("e3").setOffer("fp1").build());
        pipe(ticket("e4").setOffer(null).setBody("Ma Fibre Pro ne marche plus.").build());
        pipe(ticket("e5").setOffer("Autre chose").build());

        assertThat(verbatims().values())
                .extracting(Verbatim::getOfferId)
                .containsExactly("fibre-pro", "fibre-pro", "fibre-pro", "fibre-pro", Topics.UNASSIGNED);
    }

    @Test
    void theComplaintTopicOfAnOfferExistsBeforeItsFirstVerbatim() {
        declare("fibre-pro", "Fibre Pro");

        pipe(ticket("e1").setOffer("fibre-pro").build());

        assertThat(ensured).containsExactly("fibre-pro");
        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo("fibre-pro");
    }

    @Test
    void anOfferWhoseComplaintTopicCannotBeMadeIsResolvedAllTheSame() {
        topicsCanBeMade = false;

        declare("fibre-pro", "Fibre Pro");
        pipe(ticket("e1").setOffer("Fibre Pro").build());

        assertThat(ensured).isEmpty();
        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo("fibre-pro");
    }

    @Test
    void aVerbatimAboutAnOfferNobodyDeclaredIsUnassigned() {
        pipe(ticket("e1").setOffer("inconnue").build());

        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo(Topics.UNASSIGNED);
        assertThat(ensured).isEmpty();
    }

    @Test
    void whatHasNoOfferAndWhatHasNoThemeIsCounted() {
        declare("fibre-pro", "Fibre Pro");

        pipe(ticket("e1").setOffer("fibre-pro").build());
        pipe(ticket("e2").setOffer("inconnue").build());
        pipe(ticket("e3")
                .setOffer("fibre-pro")
                .setSubject(null)
                .setBody("Bonjour.")
                .build());

        assertThat(count("vigie.verbatims.classified")).isEqualTo(3);
        assertThat(count("vigie.verbatims.unassigned")).isEqualTo(1);
        assertThat(count("vigie.verbatims.unlabelled")).isEqualTo(1);
    }

    @Test
    void aRemovedOfferIsNoLongerResolved() {
        declare("fibre-pro", "Fibre Pro");
        offers().pipeInput("fibre-pro".getBytes(StandardCharsets.UTF_8), (byte[]) null);

        pipe(ticket("e1").setOffer("fibre-pro").build());

        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo(Topics.UNASSIGNED);
    }

    @Test
    void aRetiredOfferIsStillResolvedAndGetsNoTopicBeforeItsFirstComplaint() {
        retire("adsl", NOW);
        retire("fibre", NOW.plusSeconds(1));

        pipe(ticket("e1").setOffer("adsl").build());

        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo("adsl");
        assertThat(ensured).containsExactly("fibre");
    }

    @Test
    void aRenamedOfferKeepsItsIdAndTopicAndIsKnownByItsFormerNameAsLongAsThatIsAnAlias() {
        declare("offer-7", "Fibre Pro");

        declare("offer-7", "Fibre Atelier", "Fibre Pro");
        pipe(ticket("e1").setOffer("Fibre Atelier").build());
        pipe(ticket("e2").setOffer("Fibre Pro").build());
        declare("offer-7", "Fibre Atelier");
        pipe(ticket("e3").setOffer("Fibre Pro").build());

        assertThat(verbatims().values())
                .extracting(Verbatim::getOfferId)
                .containsExactly("offer-7", "offer-7", Topics.UNASSIGNED);
        assertThat(ensured).containsOnly("offer-7");
    }

    @Test
    void anOfferWithAnIdThatNoTopicCanHaveIsLeftOut() {
        declare("fibre pro !", "Fibre Pro");

        pipe(ticket("e1").setOffer("Fibre Pro").build());

        assertThat(ensured).isEmpty();
        assertThat(verbatim("crm:e1").getOfferId()).isEqualTo(Topics.UNASSIGNED);
    }

    @Test
    void anEventFromTheFutureIsADeadLetterAndStopsNobody() {
        pipe(ticket("e1").setOccurredAt(Instant.parse("2100-01-01T00:00:00Z")).build());
        pipe(ticket("e2").build());

        assertThat(reasons()).containsExactly("event-time-in-future");
        assertThat(verbatims()).containsOnlyKeys("crm:e2");
    }

    @Test
    void bytesThatAreNoAvroAreADeadLetterWithTheirOrigin() {
        byte[] garbage = {1, 2, 3};

        tickets().pipeInput("k".getBytes(StandardCharsets.UTF_8), garbage);
        pipe(ticket("e1").build());

        var letter = deadLetterRecords().getFirst();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo("not-avro");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(TOPICS.tickets());
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("0");
        assertThat(verbatims()).containsOnlyKeys("crm:e1");
    }

    @Test
    void anUnknownSchemaIsADeadLetter() {
        byte[] bytes = bytes(TOPICS.tickets(), ticket("e1").build());
        bytes[3] = 99;

        tickets().pipeInput("ticket-e1".getBytes(StandardCharsets.UTF_8), bytes);

        assertThat(reasons()).containsExactly("unknown-schema");
    }

    @Test
    void truncatedAvroIsADeadLetter() {
        byte[] bytes = bytes(TOPICS.tickets(), ticket("e1").build());

        tickets().pipeInput("ticket-e1".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(bytes, bytes.length / 2));

        assertThat(reasons()).containsExactly("bad-avro");
    }

    @Test
    void aRecordWithoutKeyOrValueIsADeadLetter() {
        tickets().pipeInput(null, bytes(TOPICS.tickets(), ticket("e1").build()));
        tickets().pipeInput("ticket-e1".getBytes(StandardCharsets.UTF_8), (byte[]) null);

        assertThat(reasons()).containsExactly("wrong-key", "no-value");
    }

    @Test
    void aTextTooLongIsADeadLetter() {
        pipe(ticket("e1").setBody("a".repeat(100_001)).build());

        assertThat(reasons()).containsExactly("text-too-long");
    }

    @Test
    void aTextThatCannotBeUnderstoodIsADeadLetterAndStopsNobody() {
        pipe(ticket("e1").setBody(POISON).build());
        pipe(ticket("e2").build());

        var letter = deadLetterRecords().getFirst();
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo("not-understood");
        assertThat(header(letter, DeadLetter.DETAIL)).doesNotContain(POISON);
        assertThat(verbatim("crm:e2").getText()).contains(OUTAGE);
    }

    @Test
    void aDeadLetterSaysNothingOfTheCustomersWords() {
        pipe(ticket("e1").setBody("secret words ".repeat(10_000)).build());

        assertThat(header(deadLetterRecords().getFirst(), DeadLetter.DETAIL)).doesNotContain("secret");
    }

    /** As the engine would, but for one text that brings a fault of ours to light. */
    private Understood understand(Utterance utterance) {
        if (utterance.text().contains(POISON)) {
            throw new IllegalStateException("fault met in: " + utterance.text());
        }
        return engine.understand(utterance);
    }

    private double count(String meter) {
        return meters.get(meter).tag("kind", "ticket").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void ensure(String offerId) {
        if (!topicsCanBeMade) {
            throw new IllegalStateException("creating topic " + offerId);
        }
        ensured.add(offerId);
    }

    private void pipe(TicketEvent event) {
        pipe(TOPICS.tickets(), event.getTicketId(), event);
    }

    private void pipe(CallEvent event) {
        pipe(TOPICS.calls(), event.getCallId(), event);
    }

    private void pipe(SurveyEvent event) {
        pipe(TOPICS.surveys(), event.getResponseId(), event);
    }

    private void declare(String id, String name, String... aliases) {
        pipe(TOPICS.offers(), id, new Offer(id, name, List.of(aliases), null, null, null, null));
    }

    private void retire(String id, Instant at) {
        pipe(TOPICS.offers(), id, new Offer(id, id, List.of(), null, null, at, null));
    }

    private void pipe(String topic, String key, SpecificRecord value) {
        input(topic).pipeInput(key.getBytes(StandardCharsets.UTF_8), bytes(topic, value));
    }

    private byte[] bytes(String topic, SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(topic, value);
        }
    }

    private TestInputTopic<byte[], byte[]> tickets() {
        return input(TOPICS.tickets());
    }

    private TestInputTopic<byte[], byte[]> offers() {
        return input(TOPICS.offers());
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer(), NOW, Duration.ZERO);
    }

    private List<TestRecord<String, Verbatim>> verbatimRecords() {
        return output(TOPICS.verbatims(), Verbatim.class).readRecordsToList();
    }

    private final Map<String, Verbatim> read = new LinkedHashMap<>();

    private Map<String, Verbatim> verbatims() {
        verbatimRecords().forEach(record -> read.put(record.key(), record.value()));
        return read;
    }

    private Verbatim verbatim(String id) {
        return Objects.requireNonNull(verbatims().get(id), id);
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(String topic, Class<T> type) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), registry.serde(type).deserializer());
    }

    private List<TestRecord<byte[], byte[]>> deadLetterRecords() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetterRecords();
    }

    private List<String> reasons() {
        return deadLetterRecords().stream()
                .map(record -> header(record, DeadLetter.REASON))
                .toList();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static TicketEvent.Builder ticket(String eventId) {
        return TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource("crm")
                .setOccurredAt(NOW)
                .setCustomerId("c-1")
                .setChannel(Channel.EMAIL)
                .setTicketId("ticket-" + eventId)
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setSubject("Panne")
                .setBody(OUTAGE);
    }

    private static CallEvent call(String eventId) {
        return CallEvent.newBuilder()
                .setEventId(eventId)
                .setSource("pbx")
                .setOccurredAt(NOW)
                .setOffer("fibre-pro")
                .setChannel(Channel.PHONE)
                .setCallId("call-" + eventId)
                .setDirection(Direction.INBOUND)
                .setDurationMs(61_000)
                .setTurns(List.of(
                        new Turn(Speaker.AGENT, 0L, "Bonjour, vous voulez résilier ?"),
                        new Turn(Speaker.CUSTOMER, 4_000L, "Le port 25 est-il bloqué en sortie ?"),
                        new Turn(Speaker.SYSTEM, 5_000L, "je résilie"),
                        new Turn(Speaker.CUSTOMER, 6_000L, "Merci.")))
                .build();
    }

    private static SurveyEvent survey(String eventId) {
        return SurveyEvent.newBuilder()
                .setEventId(eventId)
                .setSource("nps")
                .setOccurredAt(NOW)
                .setChannel(Channel.WEB)
                .setSurveyId("nps")
                .setResponseId("response-" + eventId)
                .setNps(3)
                .setAnswers(List.of(answer("q1", "Trop cher."), answer("q2", "Service lent."), answer("q3", "  ")))
                .build();
    }

    private static Answer answer(String questionId, @Nullable String text) {
        return new Answer(questionId, null, text);
    }
}
