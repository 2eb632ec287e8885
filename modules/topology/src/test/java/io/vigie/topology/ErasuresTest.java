package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Channel;
import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.OfferTheme;
import io.vigie.events.Theme;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Erasing a customer from what the stream writes, whatever is on its way or comes again. */
class ErasuresTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var parts = new InsightTopology.Parts(
                offer -> {}, ZoneId.of("Europe/Paris"), () -> NOW, SignalSettings.standard(ZoneId.of("Europe/Paris")));
        var topology = InsightTopology.build(TOPICS, registry, parts, new SimpleMeterRegistry());
        driver = new TopologyTestDriver(topology, new Properties(), NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
        registry.close();
    }

    @Test
    void whatACustomerSaidIsGoneFromVerbatimsComplaintsAndCounts() {
        pipe(said("a1", "alice", -60).build());
        pipe(said("a2", "alice", -30).setOfferId("mobile").build());
        pipe(said("b1", "bob", -30).build());

        request("alice", "r1", 0);

        assertThat(verbatims())
                .containsEntry("a1", false)
                .containsEntry("a2", false)
                .doesNotContainKey("b1");
        assertThat(complaints("fibre")).containsEntry("a1", false).containsEntry("b1", true);
        assertThat(complaints("mobile")).containsEntry("a2", false);
        assertThat(counted()).isEqualTo(Map.of("fibre", 1L));
    }

    @Test
    void theReceiptTellsEachPlaceWithItsCountAndDates() {
        pipe(said("a1", "alice", -60).build());
        pipe(said("a2", "alice", -30).setIntent(Intent.QUESTION).build());

        request("alice", "r1", 0);

        var receipts = receipts();
        assertThat(receipts)
                .containsOnlyKeys(
                        "r1|verbatims",
                        "r1|complaints",
                        "r1|counts",
                        "r1|events",
                        "r1|dead-letters",
                        "r1|contacts",
                        "r1|revisions",
                        "r1|alerts",
                        "r1|signals",
                        "r1|contact-history",
                        "r1|promises",
                        "r1|breaches");
        assertThat(receipt("r1|verbatims"))
                .isEqualTo(new ErasureReceipt("r1", "alice", NOW, "verbatims", 2L, NOW, NOW.plus(Duration.ofDays(8))));
        assertThat(receipt("r1|complaints").getCount()).contains(1L);
        assertThat(receipt("r1|counts").getCount()).contains(2L);
        assertThat(receipt("r1|events"))
                .isEqualTo(new ErasureReceipt("r1", "alice", NOW, "events", null, null, NOW.plus(Duration.ofDays(8))));
        assertThat(receipt("r1|dead-letters").getGoneBy()).contains(NOW.plus(Duration.ofDays(31)));
        assertThat(receipt("r1|revisions").getGoneBy()).contains(NOW.plus(Duration.ofDays(4)));
        assertThat(receipt("r1|alerts").getDoneAt()).isEmpty();
        assertThat(receipt("r1|alerts").getGoneBy()).contains(NOW.plus(Duration.ofDays(37)));
        assertThat(receipt("r1|signals").getDoneAt()).isEmpty();
        assertThat(receipt("r1|signals").getGoneBy()).contains(NOW.plus(Duration.ofDays(808)));
        assertThat(receipt("r1|contacts"))
                .isEqualTo(new ErasureReceipt("r1", "alice", NOW, "contacts", 0L, NOW, NOW.plus(Duration.ofDays(8))));
    }

    @Test
    void aCustomerOfWhomThereIsNothingGetsAReceiptToo() {
        request("nobody", "r1", 0);

        receipts();
        assertThat(receipt("r1|verbatims").getCount()).contains(0L);
        assertThat(receipt("r1|complaints").getDoneAt()).contains(NOW);
    }

    @Test
    void whatWasOnItsWayIsErasedAsItComesAndCounted() {
        request("alice", "r1", 0);

        pipe(said("late", "alice", -5).setClassifiedAt(NOW.plusSeconds(9)).build());

        assertThat(verbatims()).containsEntry("late", false);
        assertThat(complaints("fibre")).containsEntry("late", false);
        assertThat(counted()).isEmpty();
        receipts();
        assertThat(receipt("r1|verbatims").getCount()).contains(1L);
        assertThat(receipt("r1|complaints").getCount()).contains(1L);
    }

    @Test
    void whatIsReplayedOrReclassifiedIsErasedAgain() {
        pipe(said("a1", "alice", -60).build());
        request("alice", "r1", 0);

        pipe(said("a1", "alice", -60)
                .setClassifier("newer")
                .setClassifiedAt(NOW.plusSeconds(60))
                .build());

        assertThat(verbatims()).containsEntry("a1", false);
        assertThat(counted()).isEmpty();
    }

    @Test
    void whatTheCustomerSaysAfterTheRequestIsNewAndStays() {
        pipe(said("a1", "alice", -60).build());
        request("alice", "r1", 0);

        pipe(said("a2", "alice", 1).setClassifiedAt(NOW.plusSeconds(2)).build());

        assertThat(verbatims()).containsEntry("a1", false).doesNotContainKey("a2");
        assertThat(complaints("fibre")).containsEntry("a2", true);
        assertThat(counted()).isEqualTo(Map.of("fibre", 1L));
    }

    @Test
    void aSourceWhoseClockIsAheadKeepsNothingThatWasReceivedBefore() {
        pipe(said("a1", "alice", 7_200).setClassifiedAt(NOW.minusSeconds(10)).build());

        request("alice", "r1", 0);

        assertThat(verbatims()).containsEntry("a1", false);
    }

    @Test
    void aSecondRequestErasesWhatWasSaidSinceTheFirst() {
        request("alice", "r1", 0);
        pipe(said("a1", "alice", 60).setClassifiedAt(NOW.plusSeconds(60)).build());

        request("alice", "r2", 120);

        assertThat(verbatims()).containsEntry("a1", false);
        receipts();
        assertThat(receipt("r2|verbatims").getCount()).contains(1L);
        assertThat(receipt("r1|verbatims").getCount()).contains(0L);
    }

    @Test
    void aRequestThatIsReadAgainOrCameLateChangesNothing() {
        pipe(said("a1", "alice", -60).build());
        request("alice", "r2", 10);
        receipts();
        verbatims();

        request("alice", "r2", 10);
        request("alice", "r1", 0);

        assertThat(receipts()).hasSize(12);
        assertThat(receipt("r2|verbatims").getCount()).contains(1L);
        assertThat(records(TOPICS.verbatims(), Verbatim.class)).isEmpty();
    }

    @Test
    void aTombstoneThatIsReadBackGivesNoOther() {
        pipe(said("a1", "alice", -60).build());

        request("alice", "r1", 0);

        assertThat(records(TOPICS.verbatims(), Verbatim.class)).hasSize(1);
    }

    @Test
    void aVerbatimOfNobodyKnownAndARequestThatCannotBeReadHurtNobody() {
        pipe(said("x", "alice", -60).setCustomerKey(null).build());
        driver.createInputTopic(TOPICS.erasures(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput("alice".getBytes(StandardCharsets.UTF_8), new byte[] {1});
        request("alice", "r1", 0);

        assertThat(verbatims()).isEmpty();
        receipts();
        assertThat(receipt("r1|verbatims").getCount()).contains(0L);
    }

    @Test
    void inAnyOrderOfComingsAndRequestsWhatIsLeftIsWhatWasSaidAfterTheLastRequest() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var names = List.of("alice", "bob", "claire d");
        var requested = new HashMap<String, Integer>();
        var present = new TreeMap<String, Verbatim>();
        var erasedEver = new TreeSet<String>();
        for (int step = 0; step < 400; step++) {
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(10) == 0) {
                int at = random.nextInt(1_000);
                request(name, "r" + step, at);
                requested.merge(name, at, Math::max);
            } else {
                // Few ids: many are said again, in another version.
                String id = name + " | " + random.nextInt(20);
                int at = Math.floorMod(id.hashCode(), 1_000);
                var verbatim = said(id, name, at)
                        .setClassifiedAt(NOW.plusSeconds(5_000))
                        .setOfferId(random.nextBoolean() ? "fibre" : "mobile")
                        .setIntent(random.nextBoolean() ? Intent.COMPLAINT : Intent.PRAISE)
                        .build();
                pipe(verbatim);
                present.put(id, verbatim);
            }
            present.values().removeIf(verbatim -> {
                String customer = verbatim.getCustomerKey().orElseThrow();
                boolean erased = requested.containsKey(customer)
                        && !verbatim.getOccurredAt().isAfter(NOW.plusSeconds(requested.get(customer)));
                if (erased) {
                    erasedEver.add(verbatim.getVerbatimId());
                }
                return erased;
            });
        }

        var complaints = new TreeSet<String>();
        for (String offer : List.of("fibre", "mobile")) {
            complaints(offer).forEach((id, there) -> {
                if (there) {
                    complaints.add(id);
                }
            });
        }
        var wanted = new TreeSet<String>();
        var counts = new HashMap<String, Long>();
        present.forEach((id, verbatim) -> {
            counts.merge(verbatim.getOfferId(), 1L, Long::sum);
            if (verbatim.getIntent() == Intent.COMPLAINT) {
                wanted.add(id);
            }
        });
        assertThat(verbatims().keySet()).as("-Dseed=%d", seed).isEqualTo(erasedEver);
        assertThat(complaints).as("-Dseed=%d", seed).isEqualTo(wanted);
        assertThat(counted()).as("-Dseed=%d", seed).isEqualTo(counts);
        assertThat(remembered()).as("-Dseed=%d", seed).isEqualTo(present.keySet());
        assertOutstanding(seed, requested);
    }

    private Set<String> remembered() {
        var ids = new TreeSet<String>();
        try (var rows =
                driver.<String, String>getKeyValueStore(Erasing.VERBATIMS).all()) {
            rows.forEachRemaining(row -> ids.add(row.key.substring(row.key.indexOf('|') + 1)));
        }
        return ids;
    }

    private void assertOutstanding(long seed, Map<String, Integer> requested) {
        requested.keySet().forEach(name -> {
            String text =
                    driver.<String, String>getKeyValueStore(Erasing.CUSTOMERS).get(name);
            assertThat(ErasureProgress.of(Objects.requireNonNull(text)).outstanding())
                    .as("-Dseed=%d", seed)
                    .isZero();
        });
    }

    private void pipe(Verbatim verbatim) {
        pipe(TOPICS.verbatims(), verbatim.getVerbatimId(), verbatim);
    }

    /** @param at seconds from now */
    private void request(String customer, String id, int at) {
        pipe(TOPICS.erasures(), customer, new Erasure(customer, id, NOW.plusSeconds(at), null));
    }

    private void pipe(String topic, String key, SpecificRecord value) {
        try (var serializer = registry.<SpecificRecord>serializer()) {
            driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer(), NOW, Duration.ZERO)
                    .pipeInput(key.getBytes(StandardCharsets.UTF_8), serializer.serialize(topic, value));
        }
    }

    /** What the stream wrote to the topic of verbatims: only tombstones. */
    private Map<String, Boolean> verbatims() {
        return there(records(TOPICS.verbatims(), Verbatim.class));
    }

    private Map<String, Boolean> complaints(String offer) {
        return there(records(TOPICS.complaints(offer), Verbatim.class));
    }

    private static <T> Map<String, Boolean> there(List<TestRecord<String, T>> records) {
        var there = new TreeMap<String, Boolean>();
        records.forEach(record -> there.put(record.key(), record.value() != null));
        return there;
    }

    /** By offer, how many verbatims its daily rows count. */
    private Map<String, Long> counted() {
        var rows = new HashMap<String, @Nullable OfferTheme>();
        for (var record : records(TOPICS.offerThemes(), OfferTheme.class)) {
            rows.put(record.key(), record.value());
        }
        var counted = new HashMap<String, Long>();
        rows.forEach((key, row) -> {
            if (row != null && key.contains("|DAY|") && row.getChannel().isEmpty() && row.getCount() > 0) {
                counted.merge(row.getOfferId(), row.getCount(), Long::sum);
            }
        });
        return counted;
    }

    private final Map<String, ErasureReceipt> receipts = new TreeMap<>();

    private Map<String, ErasureReceipt> receipts() {
        records(TOPICS.erasureReceipts(), ErasureReceipt.class)
                .forEach(record -> receipts.put(record.key(), record.value()));
        return receipts;
    }

    private ErasureReceipt receipt(String key) {
        return Objects.requireNonNull(receipts.get(key), key);
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> records(String topic, Class<T> type) {
        var records = driver.createOutputTopic(
                        topic, new StringDeserializer(), registry.serde(type).deserializer())
                .readRecordsToList();
        return new ArrayList<>(records);
    }

    /** @param at seconds from now */
    private static Verbatim.Builder said(String id, String customer, int at) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId(id)
                .setKind(Kind.TICKET)
                .setConversationId("ticket-" + id)
                .setSource("crm")
                .setOccurredAt(NOW.plusSeconds(at))
                .setClassifiedAt(NOW.plusSeconds(at))
                .setCustomerKey(customer)
                .setOfferId("fibre")
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText("Plus d'internet.")
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of(new Theme("network.outage", 0.9, List.of(new Evidence(0, 4)))))
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0.1)
                .setChannelMismatch(false)
                .setClassifier("test");
    }
}
