package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Breach;
import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.ContactAuthor;
import io.vigie.events.ContactDirection;
import io.vigie.events.Erasure;
import io.vigie.events.ErasureReceipt;
import io.vigie.events.Promise;
import io.vigie.events.SpokenPromise;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.topology.signals.SignalSettings;
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
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Erasing a customer from contacts, promises and breaches, and from what the stream remembers of them. */
class ContactErasuresTest {
    private static final Topics TOPICS = Topics.standard();
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    private static final List<String> STORES = List.of(
            History.STORE,
            CustomerContacts.CONVERSATIONS,
            Promises.STORE,
            Promises.DUE,
            Breaches.STORE,
            AccountRecords.STORE);

    private Running running;

    @BeforeEach
    void start() {
        running = new Running();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void contactsPromisesAndBreachesOfACustomerAreGoneFromTopicsAndState() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.pipe(promising("a2", "alice", "t1", -80));
        running.pipe(calling("a3", "alice", "call-1", -70));
        running.pipe(promising("b1", "bob", "t2", -80));
        assertThat(running.breaches()).containsOnlyKeys("CHANNEL:crm:a3");

        running.request("alice", "r1", 0);

        assertThat(running.erasedContacts()).containsExactly("t1:crm:a1", "t1:crm:a2", "call-1:crm:a3");
        assertThat(running.promises()).containsOnlyKeys("crm:b1:0");
        assertThat(running.breaches()).isEmpty();
        assertThat(running.remembered()).noneMatch(row -> row.contains("alice")).anyMatch(row -> row.contains("b1"));
    }

    @Test
    void theReceiptTellsEachPlaceWithItsCountAndDates() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.pipe(promising("a2", "alice", "t1", -80));
        running.pipe(calling("a3", "alice", "call-1", -70));

        running.request("alice", "r1", 0);

        var gone = NOW.plus(Duration.ofDays(8));
        for (var wanted : Map.of("contacts", 3L, "contact-history", 3L, "promises", 1L, "breaches", 1L)
                .entrySet()) {
            assertThat(running.receipts())
                    .containsEntry(
                            "r1|" + wanted.getKey(),
                            new ErasureReceipt("r1", "alice", NOW, wanted.getKey(), wanted.getValue(), NOW, gone));
        }
    }

    @Test
    void aContactThatWasOnItsWayIsErasedAsItComesAndCounted() {
        running.request("alice", "r1", 0);

        running.pipe(promising("a1", "alice", "t1", -5));

        assertThat(running.erasedContacts()).containsExactly("t1:crm:a1");
        assertThat(running.promises()).isEmpty();
        assertThat(running.remembered()).isEmpty();
        assertThat(running.receipt("r1|contacts").getCount()).contains(1L);
    }

    @Test
    void aContactThatComesAgainIsErasedAgain() {
        running.pipe(promising("a1", "alice", "t1", -5));
        running.request("alice", "r1", 0);

        running.pipe(promising("a1", "alice", "t1", -5));

        assertThat(running.promises()).isEmpty();
        assertThat(running.remembered()).isEmpty();
    }

    @Test
    void whatComesAfterTheRequestIsNewAndStaysAndAWishFromBeforeHoldsNoMore() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.request("alice", "r1", 0);

        running.at(NOW.plusSeconds(100));
        running.pipe(promising("a2", "alice", "t1", 50));
        running.pipe(calling("a3", "alice", "call-1", 60));

        assertThat(running.erasedContacts()).containsExactly("t1:crm:a1");
        assertThat(running.promises()).containsOnlyKeys("crm:a2:0");
        assertThat(running.breaches()).isEmpty();
    }

    @Test
    void aBreachAfterTheRequestOfAWishBeforeItIsTakenBack() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.at(NOW.plusSeconds(100));
        running.pipe(calling("a2", "alice", "call-1", 60));
        assertThat(running.breaches()).hasSize(1);

        running.request("alice", "r1", 0);

        assertThat(running.breaches()).isEmpty();
        assertThat(running.erasedContacts()).containsExactly("t1:crm:a1");
        assertThat(running.receipt("r1|breaches").getCount()).contains(1L);
    }

    @Test
    void aPromiseThatIsOverdueAfterItsErasureIsNotBroken() {
        running.pipe(promising("a1", "alice", "t1", -5));
        running.request("alice", "r1", 0);

        running.advance(Duration.ofDays(3));

        assertThat(running.promises()).isEmpty();
    }

    @Test
    void contactsWithoutACustomerAreErasedAlongWithTheirConversation() {
        running.pipe(promising("a1", null, "t1", -90));
        running.pipe(wishing("a2", "alice", "t1", -80));
        running.pipe(promising("a3", null, "t1", -70));
        running.pipe(promising("b1", null, "t2", -70));

        running.request("alice", "r1", 0);
        running.pipe(promising("a4", null, "t1", -60));

        assertThat(running.erasedContacts().stream().distinct())
                .containsExactlyInAnyOrder("t1:crm:a1", "t1:crm:a2", "t1:crm:a3", "t1:crm:a4");
        assertThat(running.receipt("r1|contact-history").getCount()).contains(3L);
        assertThat(running.promises()).containsOnlyKeys("crm:b1:0");
        assertThat(running.remembered()).noneMatch(row -> row.contains("crm:a")).anyMatch(row -> row.contains("b1"));
    }

    @Test
    void aConversationThatGoesOnAfterTheRequestKeepsItsCustomer() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.at(NOW.plusSeconds(100));
        running.pipe(wishing("a2", "alice", "t1", 60));

        running.request("alice", "r1", 0);
        running.pipe(calling("a3", null, "t1", 70));

        assertThat(running.breaches()).containsOnlyKeys("CHANNEL:crm:a3");
    }

    @Test
    void aPromiseThatTheStateHasForgottenIsErasedFromItsTopic() {
        running.pipe(promising("a1", "alice", "t1", -5));
        running.advance(Duration.ofDays(1));
        running.advance(Duration.ofDays(100));
        assertThat(running.remembered()).singleElement().asString().contains("crm:a1:0");

        running.request("alice", "r1", 0);

        assertThat(running.promises()).isEmpty();
        assertThat(running.remembered()).isEmpty();
        assertThat(running.receipt("r1|promises").getCount()).contains(1L);
    }

    @Test
    void whatTheTopicsNoLongerKeepIsForgotten() {
        running.pipe(promising("a1", "alice", "t1", -5));

        running.advance(Duration.ofDays(1));
        running.advance(Duration.ofDays(500));

        assertThat(running.remembered()).isEmpty();
    }

    @Test
    void contactsForWhichAHistoryHasNoRoomAreErasedToo() {
        for (int i = 0; i < History.CONTACTS_MAX + 20; i++) {
            running.pipe(wishing("a" + i, "alice", "t1", i - 1_000));
        }

        running.request("alice", "r1", 0);

        assertThat(running.erasedContacts()).hasSize(History.CONTACTS_MAX + 20).doesNotHaveDuplicates();
        assertThat(running.receipt("r1|contact-history").getCount()).contains((long) History.CONTACTS_MAX);
        assertThat(running.remembered()).isEmpty();
    }

    @Test
    void aRequestThatIsReadAgainOrCameLateChangesNothing() {
        running.pipe(wishing("a1", "alice", "t1", -90));
        running.request("alice", "r2", 10);
        var receipts = Map.copyOf(running.receipts());

        running.request("alice", "r2", 10);
        running.request("alice", "r1", 0);

        assertThat(running.erasedContacts()).hasSize(1);
        assertThat(running.receipts()).isEqualTo(receipts);
    }

    @Test
    void aTombstoneOfSomebodyElseForgetsTheConversationOnly() {
        running.pipe(promising("a1", "alice", "t1", -90));

        running.pipe(TOPICS.contacts(), "t1:crm:a1", null);
        running.pipe(TOPICS.contacts(), "no contact", null);

        assertThat(running.promises()).containsOnlyKeys("crm:a1:0");
        assertThat(running.rows(CustomerContacts.CONVERSATIONS)).isEmpty();
        assertThat(running.deadLetters()).isEqualTo(1);
    }

    /** What is left is what there would be had only what is left ever come. */
    @Test
    void inAnyOrderOfContactsAndRequestsNothingIsLeftOfWhatWasErased() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var names = List.of("alice", "bob", "claire");
        var requested = new HashMap<String, Instant>();
        var came = new ArrayList<Contact>();
        running.at(NOW.plusSeconds(20_000));
        for (int step = 0; step < 300; step++) {
            String name = names.get(random.nextInt(names.size()));
            int at = random.nextInt(10_000);
            if (random.nextInt(15) == 0) {
                running.request(name, "r" + step, at / 2);
                requested.merge(name, NOW.plusSeconds(at / 2), (a, b) -> a.isAfter(b) ? a : b);
            } else if (!came.isEmpty() && random.nextInt(10) == 0) {
                running.pipe(came.get(random.nextInt(came.size())));
            } else {
                var contact = any(random, "e" + step + "e", name, at);
                came.add(contact);
                running.pipe(contact);
            }
        }
        var left = came.stream()
                .filter(contact -> contact.getOccurredAt()
                        .isAfter(requested.getOrDefault(contact.getCustomerKey().orElseThrow(), Instant.MIN)))
                .toList();
        running.advance(Duration.ofDays(3));

        try (var fresh = new Running()) {
            fresh.at(NOW.plusSeconds(20_000));
            left.forEach(fresh::pipe);
            fresh.advance(Duration.ofDays(3));

            assertThat(running.promises()).as("-Dseed=%d", seed).isEqualTo(fresh.promises());
            assertThat(running.breaches()).as("-Dseed=%d", seed).isEqualTo(fresh.breaches());
        }
        var erased = came.stream().filter(contact -> !left.contains(contact)).toList();
        assertThat(running.erasedContacts().stream().distinct())
                .as("-Dseed=%d", seed)
                .containsExactlyInAnyOrderElementsOf(erased.stream()
                        .map(contact -> ContactKey.of(contact).text())
                        .toList());
        assertThat(running.remembered())
                .as("-Dseed=%d", seed)
                .noneMatch(row -> erased.stream().anyMatch(contact -> row.contains(contact.getEventId())));
        assertThat(erased).isNotEmpty();
        assertThat(left).isNotEmpty();
    }

    private static Contact any(Random random, String id, String customer, int at) {
        String conversation = customer + "-" + random.nextInt(4);
        return switch (random.nextInt(4)) {
            case 0 -> wishing(id, customer, conversation, at);
            case 1 -> promising(id, customer, conversation, at);
            case 2 -> calling(id, customer, conversation, at);
            default ->
                Contact.newBuilder(calling(id, customer, conversation, at))
                        .setAnswered(true)
                        .setAnswers(true)
                        .setProfileChannel(random.nextBoolean() ? Channel.EMAIL : Channel.PHONE)
                        .build();
        };
    }

    /** The customer asks to be written to. */
    private static Contact wishing(String id, @Nullable String customer, String conversation, int at) {
        return contact(id, customer, conversation, at)
                .setDirection(ContactDirection.INBOUND)
                .setAuthor(ContactAuthor.CUSTOMER)
                .setWishedWriting(true)
                .build();
    }

    /** An agent promises an answer within an hour, in writing. */
    private static Contact promising(String id, @Nullable String customer, String conversation, int at) {
        return contact(id, customer, conversation, at)
                .setAnswers(true)
                .setPromises(List.of(new SpokenPromise("Je vous réponds.", NOW.plusSeconds(at + 3_600L))))
                .build();
    }

    private static Contact calling(String id, @Nullable String customer, String conversation, int at) {
        return contact(id, customer, conversation, at)
                .setChannel(Channel.PHONE)
                .setCall(true)
                .setDurationMs(10_000L)
                .build();
    }

    private static Contact.Builder contact(String id, @Nullable String customer, String conversation, int at) {
        return Contact.newBuilder()
                .setEventId(id)
                .setSource("crm")
                .setConversationId(conversation)
                .setOccurredAt(NOW.plusSeconds(at))
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

    /** The second topology, and what its topics of contacts, promises and breaches hold. */
    private static final class Running implements AutoCloseable {
        private final SchemaRegistry registry =
                SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
        private final Map<String, Promise> promises = new TreeMap<>();
        private final Map<String, Breach> breaches = new TreeMap<>();
        private final Map<String, ErasureReceipt> receipts = new TreeMap<>();
        private final List<String> erasedContacts = new ArrayList<>();
        private final TopologyTestDriver driver;
        private Instant now = NOW;

        Running() {
            var parts = new InsightTopology.Parts(_ -> {}, PARIS, () -> now, SignalSettings.standard(PARIS));
            driver = new TopologyTestDriver(
                    InsightTopology.build(TOPICS, registry, parts, new SimpleMeterRegistry()), new Properties(), NOW);
        }

        void pipe(Contact contact) {
            pipe(TOPICS.contacts(), ContactKey.of(contact).text(), contact);
        }

        /** @param at seconds from the beginning */
        void request(String customer, String id, int at) {
            pipe(TOPICS.erasures(), customer, new Erasure(customer, id, NOW.plusSeconds(at), null));
        }

        void pipe(String topic, String key, @Nullable SpecificRecord value) {
            try (var serializer = registry.<SpecificRecord>serializer()) {
                driver.createInputTopic(topic, new StringSerializer(), serializer, now, Duration.ZERO)
                        .pipeInput(key, value);
            }
        }

        void at(Instant time) {
            driver.advanceWallClockTime(Duration.between(now, time));
            now = time;
        }

        void advance(Duration time) {
            at(now.plus(time));
        }

        Map<String, Promise> promises() {
            return followed(promises, TOPICS.promises(), Promise.class);
        }

        Map<String, Breach> breaches() {
            return followed(breaches, TOPICS.breaches(), Breach.class);
        }

        Map<String, ErasureReceipt> receipts() {
            return followed(receipts, TOPICS.erasureReceipts(), ErasureReceipt.class);
        }

        ErasureReceipt receipt(String key) {
            return Objects.requireNonNull(receipts().get(key), key);
        }

        /** Keys of the tombstones. */
        List<String> erasedContacts() {
            records(TOPICS.contacts(), Contact.class).stream()
                    .filter(record -> record.value() == null)
                    .forEach(record -> erasedContacts.add(record.key()));
            return erasedContacts;
        }

        int deadLetters() {
            return driver.createOutputTopic(TOPICS.deadLetters(), new StringDeserializer(), new StringDeserializer())
                    .readRecordsToList()
                    .size();
        }

        /** Every row of the state but that somebody was erased. */
        List<String> remembered() {
            var rows = new ArrayList<String>();
            STORES.forEach(store -> rows.addAll(rows(store)));
            return rows;
        }

        List<String> rows(String store) {
            var found = new ArrayList<String>();
            try (var rows = driver.<String, Object>getKeyValueStore(store).all()) {
                rows.forEachRemaining(row -> found.add(store + " " + row.key + "=" + row.value));
            }
            return found;
        }

        private <T extends SpecificRecord> Map<String, T> followed(Map<String, T> table, String topic, Class<T> type) {
            for (var record : records(topic, type)) {
                if (record.value() == null) {
                    table.remove(record.key());
                } else {
                    table.put(record.key(), record.value());
                }
            }
            return table;
        }

        private <T extends SpecificRecord> List<TestRecord<String, T>> records(String topic, Class<T> type) {
            return driver.createOutputTopic(
                            topic,
                            new StringDeserializer(),
                            registry.serde(type).deserializer())
                    .readRecordsToList();
        }

        @Override
        public void close() {
            driver.close();
            registry.close();
        }
    }
}
