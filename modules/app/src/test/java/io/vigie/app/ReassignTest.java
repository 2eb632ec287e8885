package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Offer;
import io.vigie.events.Revision;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code vigie offers reassign} finds in a topic of verbatims, asks for, and tells. */
final class ReassignTest {
    private static final Topics TOPICS = Topics.standard();
    private static final Instant SAID_AT = Instant.parse("2026-03-31T10:15:00Z");

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of(SchemaRegistry.URL, "mock://" + UUID.randomUUID()));
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final List<ConsumerRecord<byte[], byte[]>> log = new ArrayList<>();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatNamesAnOfferOfTodayIsToldByOfferWithSamples() {
        append("v1", said("FP1", "Trop lent."));
        append("v2", said(null, "Ma  Fibre Pro\nrame."));
        append("v3", said("Box Zinnia", "En panne."));
        append("v4", said(null, "Rien ne va."));

        assertThat(found(null, 1).told("would be reassigned")).isEqualTo("""
                3 of 4 unassigned verbatims would be reassigned
                  2 to fibre-pro (Fibre Pro)
                      v1  [FP1]  Trop lent.
                  1 to box-zinnia (Box Zinnia)
                      v3  [Box Zinnia]  En panne.""");
    }

    @Test
    void onlyTheLastVersionOfAVerbatimCounts() {
        append("v1", said("FP1", "Trop lent."));
        append("v2", said("FP1", "Trop lent."));
        append("v3", said("FP1", "Trop lent."));
        append("v1", null);
        append(
                "v2",
                Verbatim.newBuilder(said("FP1", "Trop lent."))
                        .setOfferId("mobile")
                        .build());
        append("v3", said("Autre chose", "Trop lent."));

        assertThat(found(null, 3).told("found")).isEqualTo("0 of 1 unassigned verbatims found");
    }

    @Test
    void oneOfferCanBeChosen() {
        append("v1", said("FP1", "Trop lent."));
        append("v2", said("Box Zinnia", "En panne."));

        assertThat(found("box-zinnia", 0).told("found"))
                .isEqualTo("1 of 2 unassigned verbatims found\n  1 to box-zinnia (Box Zinnia)");
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        append("v1", said("FP1", "😀".repeat(200)));

        assertThat(found(null, 1).told("found")).endsWith("  " + "😀".repeat(100) + "…");
    }

    @Test
    void aRequestIsTheVerbatimAsItIsToBeInItsPartition() {
        append("v0", null);
        append("v1", said("FP1", "Trop lent."));

        send(found(null, 0), producer);

        assertThat(producer.history()).singleElement().satisfies(request -> {
            assertThat(request.topic()).isEqualTo("voc.revisions");
            assertThat(request.partition()).isEqualTo(2);
            assertThat(request.timestamp()).isNull();
            assertThat(revision(request.value()).getWrittenAt()).isEqualTo(Instant.ofEpochMilli(1));
            assertThat(revision(request.value()).getExpected().orElseThrow().getOfferId())
                    .isEqualTo(Topics.UNASSIGNED);
            assertThat(decoded(request.value())).isEqualTo(assigned("v1", said("FP1", "Trop lent.")));
        });
    }

    @Test
    void aMentionInTheTextIsKeptWithTheOffer() {
        append("v1", said(null, "Ma Fibre-Pro rame."));

        send(found(null, 0), producer);

        assertThat(decoded(producer.history().getFirst().value()).getOfferMention())
                .contains("Fibre-Pro");
    }

    @Test
    void whatChangedSinceItWasFoundIsNotAskedFor() {
        append("v1", said("FP1", "Trop lent."));
        var found = found(null, 0);
        log.clear();
        append("other", null);
        append("v1", said("FP1", "Trop lent."));

        send(found, producer);

        assertThat(producer.history()).isEmpty();
    }

    @Test
    void aKafkaThatRefusesIsToldOnceAndTheRestIsNotAskedFor() {
        append("v1", said("FP1", "Trop lent."));
        append("v2", said("FP1", "Trop lent."));
        producer.sendException = new KafkaException("not authorized");

        assertThatThrownBy(() -> send(found(null, 0), producer))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("not authorized")
                .hasMessageEndingWith("run the same again, none is reassigned twice");
    }

    @Test
    void whatBecameOfEachIsTold() {
        for (String id : List.of("v1", "v2", "v3", "v4")) {
            append(id, said("FP1", "Trop lent."));
        }
        var reassigned = send(found(null, 0), producer);
        int end = log.size();

        append("v1", assigned("v1", said("FP1", "Trop lent.")));
        append("v2", null);
        append(
                "v3",
                Verbatim.newBuilder(said("FP1", "Trop lent."))
                        .setClassifier("newer")
                        .build());
        append("other", null);
        log.subList(end, log.size()).forEach(reassigned::read);

        assertThat(reassigned.missing()).isEqualTo(1);
        assertThat(reassigned.told()).isEqualTo("""
                1 verbatims reassigned
                  1 left alone: erased meanwhile
                  1 left alone: changed meanwhile; run the same again
                  1 asked for and not there yet: the stream does it as it goes on; run the same again to see""");
    }

    /** Kafka keeps an unknown part of what a killed run had sent; the stream carries out what it has not yet. */
    @Test
    void eachIsReassignedOnceHoweverOftenARunIsKilled() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 60; i++) {
            append("v" + i, said(i % 3 == 0 ? "Autre chose" : "FP1", "Trop lent."));
        }
        var pending = new ArrayList<ProducerRecord<byte[], byte[]>>();
        int kills = 0;

        while (found(null, 0).count() > 0) {
            var mortal = new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
            int dies = random.nextInt(30);
            try {
                send(found(null, 0), mortal, sent -> {
                    if (sent > dies) {
                        throw new KafkaException("killed");
                    }
                });
            } catch (KafkaException e) {
                kills++;
            }
            pending.addAll(mortal.history());
            // The stream is late: some wait until after the next run has asked for the same again.
            int now = random.nextInt(pending.size() + 1);
            pending.subList(0, now).forEach(this::carryOut);
            pending.subList(0, now).clear();
        }
        pending.forEach(this::carryOut);

        assertThat(kills).as("-Dseed=%d", seed).isPositive();
        var times = new TreeMap<String, Integer>();
        log.subList(60, log.size()).forEach(record -> times.merge(id(record), 1, Integer::sum));
        assertThat(times).as("-Dseed=%d", seed).hasSize(40);
        assertThat(times.values()).as("-Dseed=%d", seed).containsOnly(1);
    }

    /** As the stream does; that it does so is tested there. */
    private void carryOut(ProducerRecord<byte[], byte[]> request) {
        var last = new HashMap<String, ConsumerRecord<byte[], byte[]>>();
        log.forEach(record -> last.put(id(record), record));
        var wanted = decoded(request.value());
        var present = last.get(wanted.getVerbatimId());
        if (present != null
                && TopicRecords.decoded(registry.decoder(Verbatim.class), present.value())
                        .getOfferId()
                        .equals(Topics.UNASSIGNED)) {
            append(wanted.getVerbatimId(), wanted);
        }
    }

    private UnassignedVerbatims found(@Nullable String offer, int samples) {
        var offers = new TreeMap<String, Offer>();
        offers.put("fibre-pro", offer("fibre-pro", "Fibre Pro", "FP1"));
        offers.put("box-zinnia", offer("box-zinnia", "Box Zinnia"));
        var found = new UnassignedVerbatims(
                new DeclaredOffers(offers), Optional.ofNullable(offer), registry.decoder(Verbatim.class), samples);
        log.forEach(found::read);
        return found;
    }

    private static Offer offer(String id, String name, String... aliases) {
        return Offer.newBuilder()
                .setOfferId(id)
                .setName(name)
                .setAliases(List.of(aliases))
                .build();
    }

    private Reassigned send(UnassignedVerbatims found, MockProducer<byte[], byte[]> to) {
        return send(found, to, _ -> {});
    }

    private Reassigned send(UnassignedVerbatims found, MockProducer<byte[], byte[]> to, LongConsumer paced) {
        var reassigned = new Reassigned(registry.decoder(Verbatim.class));
        var pace = new ReplayTransactions.Pace() {
            @Override
            public int atOnce() {
                return 1;
            }

            @Override
            public void sent(long total) {
                paced.accept(total);
            }
        };
        var sender = new ReassignmentSender(to, registry, TOPICS, pace);
        for (var record : log) {
            found.wanted(record).ifPresent(wanted -> {
                sender.send(record, wanted);
                reassigned.await(wanted);
            });
        }
        sender.end();
        return reassigned;
    }

    private void append(String id, @Nullable Verbatim verbatim) {
        byte[] value = verbatim == null
                ? null
                : registry.<Verbatim>serializer()
                        .serialize(
                                TOPICS.verbatims(),
                                Verbatim.newBuilder(verbatim).setVerbatimId(id).build());
        log.add(new ConsumerRecord<>(
                TOPICS.verbatims(),
                2,
                log.size(),
                log.size(),
                TimestampType.CREATE_TIME,
                0,
                0,
                id.getBytes(StandardCharsets.UTF_8),
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private Verbatim decoded(byte[] value) {
        byte[] verbatim = revision(value).getValue().orElseThrow().array();
        return TopicRecords.decoded(registry.decoder(Verbatim.class), verbatim);
    }

    private Revision revision(byte[] value) {
        return TopicRecords.decoded(registry.decoder(Revision.class), value);
    }

    private static String id(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static Verbatim assigned(String id, Verbatim verbatim) {
        return Verbatim.newBuilder(verbatim)
                .setVerbatimId(id)
                .setOfferId("fibre-pro")
                .build();
    }

    private static Verbatim said(@Nullable String mention, String text) {
        return Verbatim.newBuilder()
                .setVerbatimId("v")
                .setEventId("e")
                .setKind(Kind.TICKET)
                .setConversationId("t")
                .setSource("crm")
                .setOccurredAt(SAID_AT)
                .setClassifiedAt(SAID_AT)
                .setOfferId(Topics.UNASSIGNED)
                .setOfferMention(mention)
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setIntent(Intent.COMPLAINT)
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0.1)
                .setChannelMismatch(false)
                .setClassifier("test")
                .build();
    }
}
