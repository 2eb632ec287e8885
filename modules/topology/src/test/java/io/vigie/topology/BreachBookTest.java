package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Breach;
import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.ContactAuthor;
import io.vigie.events.ContactDirection;
import io.vigie.events.Topics;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreachBookTest {
    private static final Instant START = Instant.parse("2025-11-06T10:00:00Z");

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final AtomicInteger read = new AtomicInteger();
    private final TimestampedKeyValueStore<String, Breach> store = Stores.timestampedKeyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("breaches"), Serdes.String(), counting())
            .withLoggingDisabled()
            .build();

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<Void, Void>();
        store.init(context.getStateStoreContext(), store);
    }

    @AfterEach
    void close() {
        store.close();
        registry.close();
    }

    @Test
    void aCallCostsTheSameHoweverManyWereBreachesBeforeIt() {
        var contacts = new ArrayList<>(List.of(wish()));
        var few = reads(contacts, 1, History.CONTACTS_MAX);
        var many = reads(contacts, History.CONTACTS_MAX, 1_000);

        assertThat(few).isLessThanOrEqualTo(3);
        assertThat(many).isEqualTo(few);
        assertThat(entries()).isEqualTo(999);
    }

    /** Follows calls one by one, with as much of the past as a history has room for; how many breaches the last one reads. */
    private int reads(List<Contact> contacts, int from, int to) {
        var book = new BreachBook(store);
        for (int i = from; i < to; i++) {
            contacts.add(call(i));
            if (contacts.size() > History.CONTACTS_MAX) {
                contacts.remove(1);
            }
            read.set(0);
            book.follow("account", List.copyOf(contacts), contacts.getLast().getOccurredAt(), 0, (id, breach) -> {});
        }
        return read.get();
    }

    private static Contact wish() {
        return contact("wish", START).setWishedWriting(true).build();
    }

    private static Contact call(int number) {
        return contact("k" + number, START.plus(Duration.ofMinutes(number)))
                .setDirection(ContactDirection.OUTBOUND)
                .setChannel(Channel.PHONE)
                .setCall(true)
                .setAnswered(true)
                .build();
    }

    private static Contact.Builder contact(String id, Instant at) {
        return Contact.newBuilder()
                .setEventId(id)
                .setSource("pbx")
                .setConversationId(id)
                .setOccurredAt(at)
                .setCustomerKey("account")
                .setOfferId(Topics.UNASSIGNED)
                .setChannel(Channel.EMAIL)
                .setAuthor(ContactAuthor.AGENT)
                .setCall(false)
                .setAnswered(true)
                .setAnswers(false)
                .setPromises(List.of())
                .setVagueAnswer(false)
                .setWishedWriting(false);
    }

    private int entries() {
        int count = 0;
        try (var entries = store.all()) {
            while (entries.hasNext()) {
                entries.next();
                count++;
            }
        }
        return count;
    }

    private Serde<Breach> counting() {
        var serde = registry.serde(Breach.class);
        return Serdes.serdeFrom(serde.serializer(), (topic, bytes) -> {
            read.incrementAndGet();
            return serde.deserializer().deserialize(topic, bytes);
        });
    }
}
