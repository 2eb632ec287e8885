package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.DeadLetter;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.OfferTheme;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.WindowSize;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
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
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsightTopologyTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final String OUTAGE = "network.outage";
    private static final String INVOICE = "billing.invoice-error";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final List<String> ensured = new ArrayList<>();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var parts = new InsightTopology.Parts(ensured::add, ZoneId.of("Europe/Paris"), () -> NOW);
        var topology = InsightTopology.build(TOPICS, registry, parts, new SimpleMeterRegistry());
        driver = new TopologyTestDriver(topology, new Properties(), NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void aComplaintGoesToTheTopicOfItsOfferWithItsWords() {
        pipe(verbatim("v1", "fibre-pro").build());

        var complaint = Objects.requireNonNull(complaints("fibre-pro").get("v1"));
        assertThat(complaint.getText()).isEqualTo("Plus d'internet.");
        assertThat(complaint.getThemes().getFirst().getEvidence()).isNotEmpty();
    }

    @Test
    void theTopicOfAnOfferIsMadeSureOfOnce() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").build());
        pipe(verbatim("v3", Topics.UNASSIGNED).build());

        assertThat(ensured).containsExactly("fibre-pro");
        assertThat(complaints(Topics.UNASSIGNED)).containsOnlyKeys("v3");
    }

    @Test
    void aQuestionIsNoComplaint() {
        pipe(verbatim("v1", "fibre-pro").setIntent(Intent.QUESTION).build());

        assertThat(complaints("fibre-pro")).isEmpty();
        assertThat(ensured).isEmpty();
    }

    @Test
    void aComplaintThatWasErasedIsTakenOutOfItsTopic() {
        pipe(verbatim("v1", "fibre-pro").build());
        erase("v1");

        assertThat(complaintRecords("fibre-pro"))
                .extracting(record -> record.value() == null)
                .containsExactly(false, true);
    }

    @Test
    void aComplaintOfAnotherOfferMovesToItsTopic() {
        pipe(verbatim("v1", Topics.UNASSIGNED).build());
        pipe(verbatim("v1", "fibre-pro").build());

        assertThat(complaints(Topics.UNASSIGNED)).containsEntry("v1", null);
        assertThat(complaints("fibre-pro")).containsOnlyKeys("v1");
    }

    @Test
    void whatIsFoundToBeNoComplaintIsTakenOut() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v1", "fibre-pro").setIntent(Intent.PRAISE).build());

        assertThat(complaints("fibre-pro")).containsEntry("v1", null);
    }

    @Test
    void theSameRecordAgainChangesNothing() {
        var verbatim = verbatim("v1", "fibre-pro").build();

        pipe(verbatim);
        pipe(verbatim);

        assertThat(complaintRecords("fibre-pro")).hasSize(1);
        assertThat(counts().values()).extracting(OfferTheme::getCount).containsOnly(1L);
    }

    @Test
    void theStateHoldsNoWords() {
        pipe(verbatim("v1", "fibre-pro").setRedactions(Map.of("EMAIL", 1)).build());

        KeyValueStore<String, Verbatim> store = driver.getKeyValueStore(VerbatimChanges.COUNTED);
        var kept = store.get("v1");
        assertThat(kept.getText()).isEmpty();
        assertThat(kept.getRedactions()).isEmpty();
        assertThat(kept.getThemes().getFirst().getEvidence()).isEmpty();
        assertThat(kept.getThemes().getFirst().getTheme()).isEqualTo(OUTAGE);
    }

    @Test
    void anErasedVerbatimIsNoLongerCounted() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v2", "fibre-pro").build());
        erase("v1");
        erase("v1");
        erase("never-there");

        assertThat(count("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z").getCount())
                .isEqualTo(1);
    }

    @Test
    void aRowThatFallsToNothingIsATombstone() {
        pipe(verbatim("v1", "fibre-pro").build());
        erase("v1");

        assertThat(counts()).isNotEmpty();
        assertThat(counts().values()).containsOnlyNulls();
    }

    @Test
    void aReclassifiedVerbatimIsCountedWhereItNowBelongs() {
        pipe(verbatim("v1", "fibre-pro").build());
        pipe(verbatim("v1", "fibre-pro")
                .setThemes(List.of(theme(INVOICE)))
                .setIntent(Intent.QUESTION)
                .setClassifiedAt(NOW.plusSeconds(60))
                .build());

        assertThat(counts()).containsEntry("fibre-pro|network.outage|DAY|2026-03-30T22:00:00Z", null);
        var moved = count("fibre-pro|billing.invoice-error|DAY|2026-03-30T22:00:00Z");
        assertThat(moved.getCount()).isEqualTo(1);
        assertThat(moved.getComplaints()).isZero();
    }

    @Test
    void countsAreKeptByOfferThemeAndWindowOfEventTime() {
        pipe(verbatim("v1", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-28T22:30:00Z"))
                .build());
        pipe(verbatim("v2", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-28T23:30:00Z"))
                .build());
        pipe(verbatim("v3", "fibre-pro")
                .setOccurredAt(Instant.parse("2026-03-29T20:00:00Z"))
                .build());

        // 23:00Z is midnight in Paris, and the night to the 29th is the one that loses an hour.
        assertThat(count("fibre-pro|network.outage|DAY|2026-03-27T23:00:00Z").getCount())
                .isEqualTo(1);
        var shortDay = count("fibre-pro|network.outage|DAY|2026-03-28T23:00:00Z");
        assertThat(shortDay.getCount()).isEqualTo(2);
        assertThat(Duration.between(shortDay.getWindowStart(), shortDay.getWindowEnd()))
                .hasHours(23);
        assertThat(count("fibre-pro|network.outage|HOUR|2026-03-28T22:00:00Z").getCount())
                .isEqualTo(1);
        assertThat(shortDay.getComplaints()).isEqualTo(2);
        assertThat(shortDay.getSize()).isEqualTo(WindowSize.DAY);
    }

    @Test
    void bytesThatAreNoVerbatimAreADeadLetterWithTheirOrigin() {
        byte[] garbage = {1, 2, 3};

        input().pipeInput("v1".getBytes(StandardCharsets.UTF_8), garbage);
        pipe(verbatim("v2", "fibre-pro").build());

        var letter = deadLetters().getFirst();
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(header(letter, DeadLetter.STAGE)).isEqualTo("insights");
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo("not-avro");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(TOPICS.verbatims());
        assertThat(complaints("fibre-pro")).containsOnlyKeys("v2");
    }

    @Test
    void aVerbatimUnderAnotherKeyOrOfAnOfferThatNoTopicCanHaveIsADeadLetter() {
        input().pipeInput(null, bytes(verbatim("v1", "fibre-pro").build()));
        input().pipeInput(
                        "v2".getBytes(StandardCharsets.UTF_8),
                        bytes(verbatim("v1", "fibre-pro").build()));
        pipe(verbatim("v3", "fibre pro !").build());

        assertThat(deadLetters())
                .extracting(letter -> header(letter, DeadLetter.REASON))
                .containsExactly("wrong-key", "wrong-key", "offer-id");
        assertThat(ensured).isEmpty();
    }

    private void pipe(Verbatim verbatim) {
        input().pipeInput(verbatim.getVerbatimId().getBytes(StandardCharsets.UTF_8), bytes(verbatim));
    }

    private void erase(String id) {
        input().pipeInput(id.getBytes(StandardCharsets.UTF_8), (byte[]) null);
    }

    private byte[] bytes(Verbatim verbatim) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            return serializer.serialize(TOPICS.verbatims(), verbatim);
        }
    }

    private TestInputTopic<byte[], byte[]> input() {
        return driver.createInputTopic(
                TOPICS.verbatims(), new ByteArraySerializer(), new ByteArraySerializer(), NOW, Duration.ZERO);
    }

    private List<TestRecord<String, Verbatim>> complaintRecords(String offerId) {
        return records(TOPICS.complaints(offerId), Verbatim.class);
    }

    private Map<String, @Nullable Verbatim> complaints(String offerId) {
        return last(complaintRecords(offerId));
    }

    private final Map<String, @Nullable OfferTheme> rows = new HashMap<>();

    /** The last value of every key so far; null when it is a tombstone. */
    private Map<String, @Nullable OfferTheme> counts() {
        rows.putAll(last(records(TOPICS.offerThemes(), OfferTheme.class)));
        return rows;
    }

    private OfferTheme count(String key) {
        return Objects.requireNonNull(counts().get(key), key);
    }

    private static <T> Map<String, @Nullable T> last(List<TestRecord<String, T>> records) {
        var last = new HashMap<String, @Nullable T>();
        records.forEach(record -> last.put(record.key(), record.value()));
        return last;
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> records(String topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), registry.serde(type).deserializer())
                .readRecordsToList();
    }

    private List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static Theme theme(String id) {
        return new Theme(id, 0.9, List.of(new Evidence(0, 4)));
    }

    private static Verbatim.Builder verbatim(String id, String offerId) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId(id)
                .setKind(Kind.TICKET)
                .setConversationId("ticket-" + id)
                .setSource("crm")
                .setOccurredAt(NOW)
                .setClassifiedAt(NOW)
                .setCustomerKey("customer-" + id)
                .setOfferId(offerId)
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText("Plus d'internet.")
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of(theme(OUTAGE)))
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0.1)
                .setChannelMismatch(false)
                .setClassifier("test");
    }
}
