package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Author;
import io.vigie.events.Breach;
import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.ContactAuthor;
import io.vigie.events.ContactDirection;
import io.vigie.events.Erasure;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Question;
import io.vigie.events.QuestionState;
import io.vigie.events.SpokenPromise;
import io.vigie.events.Theme;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goes on from the state that a former version has written: {@code former-state.txt}. When a form changes on purpose, so that
 * {@link StateForms} has other words and a start is refused, {@code -Dwrite.state=true} writes the file anew.
 */
class FormerStateTest {
    private static final Path FILE = Path.of("src", "test", "resources", "io", "vigie", "topology", "former-state.txt");
    private static final Topics TOPICS = Topics.standard();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = SampleVerbatims.NOW;
    private static final String DAY = "fibre|network.outage|DAY|2026-03-30T22:00:00Z";
    private static final String PORT = "Est-ce que le port 25/TCP est bloqué en sortie ?";

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private Instant now = NOW;
    private TopologyTestDriver first;
    private TopologyTestDriver second;

    @BeforeEach
    void start(@TempDir Path directory) {
        var meters = new SimpleMeterRegistry();
        var understanding = new VerbatimTopology.Parts(
                Understandings::nothing,
                new CustomerKeys("a secret of the tests".getBytes(StandardCharsets.UTF_8)),
                _ -> {},
                new OffersSeen(),
                Duration.ofDays(2),
                () -> now);
        var counting = new InsightTopology.Parts(_ -> {}, PARIS, () -> now, SignalSettings.standard(PARIS));
        first = new TopologyTestDriver(
                VerbatimTopology.build(TOPICS, registry, understanding, meters), named("vigie", directory), NOW);
        second = new TopologyTestDriver(
                InsightTopology.build(TOPICS, registry, counting, meters), named("vigie-insights", directory), NOW);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        registry.close();
    }

    @Test
    @EnabledIfSystemProperty(named = "write.state", matches = "true")
    void writesTheFileAnew() throws IOException {
        FormerState.registerCurrent(registry);

        tell();

        var written = FormerState.empty();
        written.learn("vigie", first);
        written.learn("vigie-insights", second);
        written.write(FILE, "Made by FormerStateTest");
    }

    /** Something for each store. */
    private void tell() {
        pipe(first, TOPICS.tickets(), "t-0", ticket("seen"));
        pipe(said("a1", "alice", "fibre").build());
        pipe(said("b1", "bob", "fibre")
                .setIntent(Intent.QUESTION)
                .setText(PORT)
                .setThemes(technical())
                .build());
        pipe(said("c1", "claire", "fibre").build());
        var line =
                values(TOPICS.questions(), Question.class).values().iterator().next();
        pipe(second, TOPICS.actions(), "owner", own(line));
        pipe(contact("a2", "alice")
                .setAuthor(ContactAuthor.CUSTOMER)
                .setDirection(ContactDirection.INBOUND)
                .setWishedWriting(true)
                .build());
        pipe(calling("a3", "alice"));
        pipe(promising("a4", "alice"));
        pipe(promising("b2", "bob"));
        pipe(promising("c2", "claire"));
        pipe(second, TOPICS.erasures(), "claire", new Erasure("claire", "r1", NOW, null));
    }

    @Test
    void everyRowOfEveryStoreIsReadAsItWasWritten() throws IOException {
        var former = restored();

        var read = new TreeMap<String, Integer>();
        second.getAllStateStores().forEach((name, store) -> read.put(name, rows((KeyValueStore<?, ?>) store)));
        read.put(Understanding.SEEN, rows((WindowStore<?, ?>)
                Objects.requireNonNull(first.getAllStateStores().get(Understanding.SEEN))));

        assertThat(read).isEqualTo(former.sizes());
        // Of writes that have not been read back, and here all have.
        read.remove(OwnWrites.STORE);
        assertThat(read).allSatisfy((store, rows) -> assertThat(rows).as(store).isPositive());
    }

    @Test
    void anEventThatTheFormerVersionHadSeenIsADouble() throws IOException {
        restored();

        pipe(first, TOPICS.tickets(), "t-0", ticket("seen"));
        pipe(first, TOPICS.tickets(), "t-0", ticket("new"));

        assertThat(records(first, TOPICS.verbatims(), Verbatim.class))
                .extracting(TestRecord::key)
                .containsExactly("crm:new");
    }

    @Test
    void whatTheFormerVersionHadCountedIsCountedOn() throws IOException {
        restored();

        pipe(said("d1", "dora", "fibre").build());
        var added = day();
        pipe(said("a1", "alice", "mobile").setClassifier("newer").build());
        var moved = day();

        assertThat(added.getCount()).isEqualTo(2);
        assertThat(added.getDistinctCustomers()).isGreaterThanOrEqualTo(2);
        assertThat(moved.getCount()).isEqualTo(1);
        assertThat(moved.getChurnRiskSum()).isEmpty();
        assertThat(records(second, TOPICS.complaints("fibre"), Verbatim.class))
                .extracting(TestRecord::key, record -> record.value() == null)
                .containsExactly(tuple("d1", false), tuple("a1", true));
    }

    @Test
    void aQuestionThatWasAskedBeforeIsTheSameLineWithItsOwner() throws IOException {
        restored();

        pipe(said("d1", "dora", "fibre")
                .setIntent(Intent.QUESTION)
                .setText(PORT)
                .setThemes(technical())
                .build());

        assertThat(values(TOPICS.questions(), Question.class).values())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getCustomers()).isEqualTo(2);
                    assertThat(line.getVerbatimIds()).containsExactly("b1", "d1");
                    assertThat(line.getOwner()).contains("léa");
                    assertThat(line.getState()).isEqualTo(QuestionState.OPEN);
                });
    }

    @Test
    void wishesAndPromisesFromBeforeHold() throws IOException {
        restored();

        pipe(calling("a9", "alice"));
        advance(Duration.ofDays(1));

        assertThat(values(TOPICS.breaches(), Breach.class)).containsKey("CHANNEL:crm:a9");
        assertThat(values(TOPICS.promises(), Promise.class))
                .containsOnlyKeys("crm:a4:0", "crm:b2:0")
                .allSatisfy((_, promise) -> assertThat(promise.getState()).isEqualTo(PromiseState.BROKEN));
    }

    @Test
    void anErasureReachesWhatTheFormerVersionHadRemembered() throws IOException {
        restored();

        pipe(second, TOPICS.erasures(), "alice", new Erasure("alice", "r2", NOW.plusSeconds(60), null));

        assertThat(records(second, TOPICS.verbatims(), Verbatim.class))
                .extracting(TestRecord::key)
                .containsExactly("a1");
        assertThat(records(second, TOPICS.contacts(), Contact.class))
                .extracting(TestRecord::key)
                .containsExactlyInAnyOrder("t-alice:crm:a2", "t-alice:crm:a3", "t-alice:crm:a4");
        assertThat(records(second, TOPICS.promises(), Promise.class))
                .extracting(TestRecord::key)
                .containsExactly("crm:a4:0");
        assertThat(records(second, TOPICS.breaches(), Breach.class))
                .extracting(TestRecord::key)
                .containsExactly("CHANNEL:crm:a3");
    }

    @Test
    void whoWasErasedByTheFormerVersionStaysErased() throws IOException {
        restored();

        pipe(said("c3", "claire", "fibre").build());
        pipe(promising("c4", "claire"));

        assertThat(records(second, TOPICS.verbatims(), Verbatim.class))
                .extracting(TestRecord::key)
                .containsExactly("c3");
        assertThat(records(second, TOPICS.contacts(), Contact.class))
                .extracting(TestRecord::key)
                .containsExactly("t-claire:crm:c4");
    }

    private OfferTheme day() {
        return Objects.requireNonNull(
                values(TOPICS.offerThemes(), OfferTheme.class).get(DAY));
    }

    private FormerState restored() throws IOException {
        var former = FormerState.read(FILE);
        former.register(registry);
        former.restore(first);
        former.restore(second);
        return former;
    }

    private void advance(Duration time) {
        now = now.plus(time);
        second.advanceWallClockTime(time);
    }

    private void pipe(Verbatim verbatim) {
        pipe(second, TOPICS.verbatims(), verbatim.getVerbatimId(), verbatim);
    }

    private void pipe(Contact contact) {
        pipe(second, TOPICS.contacts(), ContactKey.of(contact).text(), contact);
    }

    private void pipe(TopologyTestDriver driver, String topic, String key, SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            driver.createInputTopic(topic, new StringSerializer(), serializer, now, Duration.ZERO)
                    .pipeInput(key, value);
        }
    }

    private <T extends SpecificRecord> Map<String, @Nullable T> values(String topic, Class<T> type) {
        return RunningInsights.last(records(second, topic, type));
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> records(
            TopologyTestDriver driver, String topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), registry.serde(type).deserializer())
                .readRecordsToList();
    }

    private static int rows(KeyValueStore<?, ?> store) {
        int rows = 0;
        try (var all = store.all()) {
            for (; all.hasNext(); rows++) {
                assertThat(all.next().value).isNotNull();
            }
        }
        return rows;
    }

    private static int rows(WindowStore<?, ?> store) {
        int rows = 0;
        try (var all = store.all()) {
            for (; all.hasNext(); rows++) {
                assertThat(all.next().value).isNotNull();
            }
        }
        return rows;
    }

    private static Properties named(String applicationId, Path directory) {
        var properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        return properties;
    }

    private static Verbatim.Builder said(String id, String customer, String offerId) {
        return SampleVerbatims.verbatim(id, offerId).setCustomerKey(customer);
    }

    private static List<Theme> technical() {
        return List.of(new Theme("techq.ports_blocked", 0.9, List.of(new Evidence(15, 22))));
    }

    private static Action own(Question line) {
        return Action.newBuilder()
                .setActionId("owner")
                .setKind(ActionKind.OWNER)
                .setOfferId(line.getOfferId())
                .setQuestionId(line.getQuestionId())
                .setTitle("Léa s'en charge.")
                .setAuthor("léa")
                .setOwner("léa")
                .setAt(NOW)
                .setEffectiveAt(NOW)
                .build();
    }

    private static TicketEvent ticket(String id) {
        return TicketEvent.newBuilder()
                .setEventId(id)
                .setSource("crm")
                .setOccurredAt(NOW)
                .setChannel(Channel.EMAIL)
                .setTicketId("t-0")
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setBody("Plus d'internet.")
                .build();
    }

    private static Contact calling(String id, String customer) {
        return contact(id, customer).setChannel(Channel.PHONE).setCall(true).build();
    }

    private static Contact promising(String id, String customer) {
        return contact(id, customer)
                .setPromises(List.of(new SpokenPromise("Je vous réponds.", NOW.plusSeconds(3_600))))
                .build();
    }

    private static Contact.Builder contact(String id, String customer) {
        return Contact.newBuilder()
                .setEventId(id)
                .setSource("crm")
                .setConversationId("t-" + customer)
                .setOccurredAt(NOW)
                .setCustomerKey(customer)
                .setOfferId("fibre")
                .setChannel(Channel.EMAIL)
                .setDirection(ContactDirection.OUTBOUND)
                .setAuthor(ContactAuthor.AGENT)
                .setCall(false)
                .setAnswered(false)
                .setAnswers(false)
                .setVagueAnswer(false)
                .setWishedWriting(false);
    }
}
