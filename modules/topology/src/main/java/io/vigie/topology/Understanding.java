package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Contact;
import io.vigie.events.DeadLetter;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.topology.EventReader.Reading;
import io.vigie.understanding.OfferCatalogue;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * One raw record in; its verbatims and its contact, or a dead letter, out. An event that was seen before within the deduplication window
 * gives nothing.
 */
final class Understanding extends ContextualProcessor<byte[], byte[], byte[], Outcome> {
    static final String SEEN = "seen-events";
    /** Why an event is buried on which our own code failed. */
    static final String NOT_UNDERSTOOD = "not-understood";

    private static final byte[] MARK = {1};

    private final EventReader<?> reader;
    private final Function<Utterance, Understood> engine;
    private final OfferCatalogue offers;
    private final CustomerKeys customers;
    private final Contacts contacts;
    private final Duration seenFor;
    private final CircuitBreaker breaker;
    private final TopologyMetrics metrics;

    Understanding(EventReader<?> reader, Understands with) {
        this.reader = reader;
        this.engine = with.engine();
        this.offers = with.offers();
        this.customers = with.customers();
        this.contacts = new Contacts(with.offers(), with.customers());
        this.seenFor = with.seenFor();
        this.breaker = with.breaker();
        this.metrics = with.metrics();
    }

    /** What the understanding of every kind of event shares. */
    record Understands(
            Function<Utterance, Understood> engine,
            OfferCatalogue offers,
            CustomerKeys customers,
            Duration seenFor,
            CircuitBreaker breaker,
            TopologyMetrics metrics) {}

    @Override
    public void process(Record<byte[], byte[]> raw) {
        switch (reader.read(raw.key(), raw.value())) {
            case Reading.Unusable(String reason, String detail) -> bury(raw, reason, detail);
            case Reading.Usable(Said said) -> understand(raw, said);
        }
    }

    private void understand(Record<byte[], byte[]> raw, Said said) {
        long now = context().currentSystemTimeMs();
        if (seenBefore(said.eventKey(), now)) {
            metrics.duplicate(said.kind());
            return;
        }
        if (erased(said, Instant.ofEpochMilli(raw.timestamp()))) {
            metrics.erased(said.kind());
            return;
        }
        List<Verbatim> verbatims = new ArrayList<>();
        Contact contact;
        try {
            for (Said.Part part : said.parts()) {
                verbatims.add(verbatim(said, part, now));
            }
            contact = contacts.contact(said, verbatims);
        } catch (RuntimeException | StackOverflowError e) {
            // A text that our own code fails on must not stop the others.
            failed(raw, e, now);
            return;
        }
        breaker.understood();
        seenEvents().put(said.eventKey(), MARK, now);
        for (Verbatim verbatim : verbatims) {
            metrics.classified(verbatim);
            byte[] key = verbatim.getVerbatimId().getBytes(StandardCharsets.UTF_8);
            context().forward(new Record<>(key, new Outcome.Understood(verbatim), raw.timestamp()));
        }
        byte[] key = ContactKey.of(contact).text().getBytes(StandardCharsets.UTF_8);
        context().forward(new Record<>(key, new Outcome.Contacted(contact), raw.timestamp()));
    }

    /** The fault's message could quote the customer, so it goes nowhere. */
    private void failed(Record<byte[], byte[]> raw, Throwable fault, long now) {
        if (breaker.opensAt(now)) {
            var origin = context().recordMetadata().orElseThrow();
            throw new UnderstandingFailedException(
                    "event",
                    origin,
                    fault,
                    "send back those that were buried: vigie dead-letters replay --reason " + NOT_UNDERSTOOD);
        }
        bury(
                raw,
                NOT_UNDERSTOOD,
                "understanding failed with " + fault.getClass().getName());
    }

    private boolean seenBefore(String eventKey, long now) {
        try (var times = seenEvents().fetch(eventKey, now - seenFor.toMillis(), now)) {
            return times.hasNext();
        }
    }

    private boolean erased(Said said, Instant receivedAt) {
        ReadOnlyKeyValueStore<String, Long> requests = context().getStateStore(ErasedCustomers.NAME);
        return said.customerId()
                .map(customers::keyOf)
                .filter(customer -> ErasedCustomers.erased(requests, customer, said.occurredAt(), receivedAt))
                .isPresent();
    }

    private Verbatim verbatim(Said said, Said.Part part, long now) {
        var utterance = new Utterance(
                part.text(),
                said.language().orElse(null),
                said.channel().name(),
                said.preferredChannel().map(Channel::name).orElse(null));
        Understood understood = metrics.timed(() -> engine.apply(utterance));
        var offer = offers.resolve(said.offer().orElse(null), understood.text());
        return Labelling.label(
                        Verbatim.newBuilder()
                                .setVerbatimId(said.verbatimId(part))
                                .setEventId(said.eventId())
                                .setKind(said.kind())
                                .setConversationId(said.key())
                                .setSource(said.source())
                                .setOccurredAt(said.occurredAt())
                                .setClassifiedAt(Instant.ofEpochMilli(now))
                                .setCustomerKey(
                                        said.customerId().map(customers::keyOf).orElse(null))
                                .setOfferId(offer.offerId().orElse(Topics.UNASSIGNED))
                                .setOfferMention(offer.mention().orElse(null))
                                .setChannel(said.channel())
                                .setPreferredChannel(said.preferredChannel().orElse(null))
                                .setLanguage(understood.language())
                                .setText(understood.text())
                                .setRedactions(understood.redactions())
                                .setNps(said.nps().orElse(null))
                                .setCsat(said.csat().orElse(null))
                                .setCes(said.ces().orElse(null))
                                .setAgentId(said.agentId().orElse(null))
                                // For what is not set Avro copies its default each time.
                                .setSuperseded(List.of()),
                        understood)
                .build();
    }

    private void bury(Record<byte[], byte[]> raw, String reason, String detail) {
        var origin = context().recordMetadata().orElseThrow();
        var letter = new DeadLetter("stream", reason, detail, origin.topic(), origin.partition(), origin.offset());
        metrics.dead(letter);
        var copy = new Record<byte[], Outcome>(raw.key(), new Outcome.Dead(letter, raw.value()), raw.timestamp());
        context().forward(copy.withHeaders(letter.headers()));
    }

    private WindowStore<String, byte[]> seenEvents() {
        return context().getStateStore(SEEN);
    }
}
