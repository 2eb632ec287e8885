package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vigie.events.Contact;
import io.vigie.events.DeadLetter;
import io.vigie.events.Intent;
import io.vigie.events.OfferTheme;
import io.vigie.events.Promise;
import io.vigie.events.PromiseState;
import io.vigie.events.Question;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise that nothing is lost and nothing doubled: the whole program is killed again and again at random moments,
 * and at the end every count is compared with a ledger of what was acknowledged. {@code -Dseed=N} makes the same events
 * and the same delays again, {@code -Dkills=N} more kills.
 */
final class KillIT {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final Duration DONE_MAX = Duration.ofSeconds(90);
    private static final Topics TOPICS = Topics.standard();

    @TempDir
    private Path directory;

    /** What the program is doing when it is killed, and how long after it began at most. */
    private enum Moment {
        LOAD(3_000),
        LOAD_AGAIN(1_000),
        START(9_000),
        IDLE(2_000);

        private final int delayMillisMax;

        Moment(int delayMillisMax) {
            this.delayMillisMax = delayMillisMax;
        }
    }

    @Test
    void nothingIsLostAndNothingDoubledWhateverMomentItIsKilledAt() throws Exception {
        System.out.println("KillIT: rerun with -Dseed=" + SEED);
        try (var run = new Run(directory, new Random(SEED))) {
            run.declareOffers();
            var moments = run.moments();
            for (int i = 0; i < moments.size(); i++) {
                if (i == moments.size() / 2) {
                    run.erase();
                }
                run.killAt(moments.get(i));
            }
            run.finish();

            run.assertEverythingIsThereOnce();
        }
    }

    /** One program through all its deaths. */
    private static final class Run implements AutoCloseable {
        private final Random random;
        private final VigieProcess vigie;
        private final Ledger ledger;
        private final KafkaProducer<byte[], byte[]> kafka;
        private final ExecutorService poisoner = Executors.newSingleThreadExecutor();
        private final List<Future<RecordMetadata>> poison = new ArrayList<>();
        private final List<ProcessHandle> registries = new ArrayList<>();
        private Ledger.@Nullable Batch unacknowledged;
        private boolean erases;
        private String erasure = "";

        Run(Path directory, Random random) {
            this.random = random;
            this.vigie = VigieProcess.up(directory).start();
            this.ledger = new Ledger(random);
            this.kafka = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            vigie.bootstrapServers(),
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            600_000,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            600_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void declareOffers() {
            Ledger.OFFERS.forEach((id, name) -> vigie.http().putOffer(id, name));
            vigie.http().putOffer(Ledger.ERASED_OFFER, "Box Effacée");
        }

        /** Every moment, and most often the one that matters most. */
        List<Moment> moments() {
            var moments = new ArrayList<>(List.of(Moment.values()));
            moments.add(Moment.START);
            while (moments.size() < KILLS) {
                moments.add(random.nextInt(5) == 0 ? Moment.IDLE : Moment.LOAD);
            }
            Collections.shuffle(moments, random);
            return moments;
        }

        void killAt(Moment moment) {
            long delayMillis = random.nextInt(moment.delayMillisMax);
            switch (moment) {
                case LOAD, LOAD_AGAIN -> {
                    startUnlessAlive();
                    var killed = killAfter(delayMillis);
                    while (!killed.isDone()) {
                        post();
                    }
                }
                case START -> {
                    if (vigie.alive()) {
                        kill();
                    }
                    vigie.launch();
                    killAfter(delayMillis).join();
                }
                case IDLE -> {
                    startUnlessAlive();
                    post();
                    awaitAllSearchable();
                    killAfter(delayMillis).join();
                }
            }
        }

        /** From now on it is asked for, until it is heard. */
        void erase() {
            erases = true;
        }

        /** What was cut off is sent again, as every source does; then events that come after everything else. */
        void finish() throws Exception {
            startUnlessAlive();
            while (unacknowledged != null || erasure.isEmpty()) {
                post();
            }
            for (Future<RecordMetadata> each : poison) {
                each.get(60, TimeUnit.SECONDS);
            }
            awaitAllSearchable();
            for (int i = 0; i < 10; i++) {
                post();
            }
            awaitAllSearchable();
        }

        void assertEverythingIsThereOnce() throws Exception {
            try (var schemas = vigie.schemas()) {
                var decoder = schemas.decoder(Verbatim.class);
                assertErased();
                var verbatims = new HashMap<String, Verbatim>();
                once(TOPICS.verbatims())
                        .forEach((id, value) -> verbatims.put(id, TopicRecords.decoded(decoder, value)));
                assertThat(verbatims.keySet()).isEqualTo(ledger.entries().keySet());
                verbatims.forEach((id, verbatim) -> assertThat(new Ledger.Entry(
                                verbatim.getOfferId(), verbatim.getKind().name()))
                        .as(id)
                        .isEqualTo(ledger.entries().get(id)));
                assertIndexed();
                await().atMost(DONE_MAX).untilAsserted(() -> assertComplaints(verbatims));
                assertContacts(schemas.decoder(Contact.class));
                await().atMost(DONE_MAX).untilAsserted(() -> assertPromises(schemas.decoder(Promise.class)));
                await().atMost(DONE_MAX)
                        .untilAsserted(() -> assertQuestions(schemas.decoder(Question.class), verbatims.values()));
                var expected = new ThemeCounts(verbatims.values());
                assertThat(expected.size()).isPositive();
                await().atMost(DONE_MAX)
                        .untilAsserted(() -> expected.assertEqualTo(TopicRecords.last(
                                vigie.bootstrapServers(), TOPICS.offerThemes(), schemas.decoder(OfferTheme.class))));
            }
            assertDeadLetters();
            var verified = vigie.command("verify");
            assertThat(verified.out())
                    .contains(" of "
                            + String.format(Locale.ROOT, "%,d", ledger.entries().size())
                            + " verbatims: all as they should be");
            assertThat(verified.exit()).isZero();
            assertThat(vigie.stop()).isIn(0, 143);
            assertThat(registries).isNotEmpty().noneMatch(ProcessHandle::isAlive);
            System.out.println("KillIT: verbatims=" + ledger.entries().size() + " dead letters=" + poison.size());
        }

        /** Everywhere, as its receipt says; that it is so, those say who read the topics. */
        private void assertErased() {
            await("the erasure").atMost(DONE_MAX).untilAsserted(() -> {
                var receipt = vigie.http().get("/api/v1/erasures/" + erasure).body();
                assertThat(receipt.path("state").asText())
                        .as(receipt.toString())
                        .isEqualTo("logically-gone");
            });
        }

        /**
         * What a topic holds, by key. Each was written once; but of the customer who was erased nothing is left, however often
         * it was written.
         */
        private Map<String, byte[]> once(String topic) {
            var held = new HashMap<String, byte[]>();
            var his = new HashSet<String>();
            for (var record : TopicRecords.in(vigie.bootstrapServers(), topic)) {
                String key = TopicRecords.key(record);
                if (!Ledger.isErased(key)) {
                    assertThat(held.put(key, record.value()))
                            .as("%s, written twice", key)
                            .isNull();
                } else if (record.value() == null) {
                    his.remove(key);
                } else {
                    his.add(key);
                }
            }
            assertThat(his).as("erased, and still in %s", topic).isEmpty();
            return held;
        }

        private void assertContacts(AvroDecoder<Contact> decoder) {
            var met = new HashMap<String, Ledger.Met>();
            once(TOPICS.contacts()).forEach((key, value) -> {
                var contact = TopicRecords.decoded(decoder, value);
                met.put(key, new Ledger.Met(contact.getOfferId(), contact.getOccurredAt()));
            });
            assertThat(met).isEqualTo(ledger.contacts());
            assertThat(TopicRecords.in(vigie.bootstrapServers(), TOPICS.breaches()))
                    .isEmpty();
        }

        private void assertPromises(AvroDecoder<Promise> decoder) {
            var promises = new HashMap<String, Ledger.Promised>();
            TopicRecords.last(vigie.bootstrapServers(), TOPICS.promises(), decoder)
                    .forEach((id, promise) -> promises.put(
                            id,
                            new Ledger.Promised(
                                    promise.getOfferId(),
                                    promise.getDueAt(),
                                    promise.getState(),
                                    promise.getAnsweredAt())));
            assertThat(promises).isEqualTo(ledger.promises());
            assertThat(promises.values()).extracting(Ledger.Promised::state).contains(PromiseState.values());
        }

        /** One line for each offer that it was asked about. */
        private void assertQuestions(AvroDecoder<Question> decoder, Collection<Verbatim> verbatims) {
            var asked = new HashMap<String, LongSummaryStatistics>();
            verbatims.stream()
                    .filter(verbatim -> verbatim.getText().startsWith(Ledger.QUESTION))
                    .forEach(verbatim -> asked.computeIfAbsent(verbatim.getOfferId(), _ -> new LongSummaryStatistics())
                            .accept(verbatim.getOccurredAt().toEpochMilli()));
            var lines = TopicRecords.last(vigie.bootstrapServers(), TOPICS.questions(), decoder)
                    .values();
            assertThat(lines).extracting(Question::getOfferId).containsExactlyInAnyOrderElementsOf(asked.keySet());
            assertThat(lines).allSatisfy(line -> {
                var times = Objects.requireNonNull(asked.get(line.getOfferId()));
                assertThat(line.getVerbatims()).isEqualTo(times.getCount());
                assertThat(line.getCustomers()).isEqualTo(times.getCount());
                assertThat(line.getFirstAskedAt().toEpochMilli()).isEqualTo(times.getMin());
                assertThat(line.getLastAskedAt().toEpochMilli()).isEqualTo(times.getMax());
                assertThat(line.getVerbatimIds()).noneMatch(Ledger::isErased);
            });
        }

        private static Set<String> offers() {
            var offers = new TreeSet<>(Ledger.OFFERS.keySet());
            offers.add(Ledger.ERASED_OFFER);
            offers.add(Topics.UNASSIGNED);
            return offers;
        }

        private void assertIndexed() {
            assertThat(vigie.http().total()).isEqualTo(ledger.entries().size());
            for (String offer : offers()) {
                assertThat(vigie.http().total("offer", offer))
                        .as(offer)
                        .isEqualTo(entries(entry -> entry.offerId().equals(offer)));
            }
            for (String kind : List.of("TICKET", "CALL", "SURVEY")) {
                assertThat(vigie.http().total("kind", kind))
                        .as(kind)
                        .isEqualTo(entries(entry -> entry.kind().equals(kind)));
            }
        }

        private long entries(java.util.function.Predicate<Ledger.Entry> wanted) {
            return ledger.entries().values().stream().filter(wanted).count();
        }

        private void assertComplaints(Map<String, Verbatim> verbatims) {
            for (String offer : offers()) {
                var expected = verbatims.values().stream()
                        .filter(verbatim -> verbatim.getOfferId().equals(offer))
                        .filter(verbatim -> verbatim.getIntent() == Intent.COMPLAINT)
                        .map(Verbatim::getVerbatimId)
                        .collect(Collectors.toList());
                assertThat(once(TOPICS.complaints(offer)).keySet())
                        .as(offer)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }

        private void assertDeadLetters() throws Exception {
            Set<String> origins = new HashSet<>();
            for (Future<RecordMetadata> each : poison) {
                var sent = each.get();
                origins.add(sent.topic() + "-" + sent.partition() + "@" + sent.offset());
            }
            await().atMost(DONE_MAX)
                    .untilAsserted(() -> assertThat(
                                    TopicRecords.in(vigie.bootstrapServers(), TOPICS.deadLetters()).stream()
                                            .map(DeadLetter::of)
                                            .map(letter ->
                                                    letter.topic() + "-" + letter.partition() + "@" + letter.offset()))
                            .containsExactlyInAnyOrderElementsOf(origins));
        }

        private void post() {
            var batch = unacknowledged == null ? ledger.next() : unacknowledged;
            unacknowledged = batch;
            // On its own thread: while the program is down, sending waits for it to come back.
            byte[] garbage = "not Avro".getBytes(StandardCharsets.UTF_8);
            poison.add(poisoner.submit(() -> kafka.send(new ProducerRecord<>(TOPICS.prefix() + batch.kind(), garbage))
                    .get()));
            try {
                var answer = vigie.http().post(batch.kind(), batch.events());
                if (answer.status() == 202 && answer.body().path("rejected").isEmpty()) {
                    ledger.acknowledged(batch);
                    unacknowledged = null;
                }
            } catch (IOException e) {
                // Killed: nobody knows what became of the batch, so it is sent again.
            }
            if (erases && erasure.isEmpty()) {
                askForErasure();
            }
        }

        private void askForErasure() {
            try {
                var answer = vigie.http().delete("/api/v1/customers/" + Ledger.ERASED_CUSTOMER);
                if (answer.status() == 202) {
                    erasure = answer.body().path("requestId").asText();
                    ledger.erased();
                }
            } catch (IOException e) {
                // Killed: nobody knows whether it was heard, so it is asked for again.
            }
        }

        private void awaitAllSearchable() {
            await("everything searchable")
                    .atMost(DONE_MAX)
                    .until(() -> vigie.http().total() >= ledger.entries().size());
            assertThat(vigie.http().total())
                    .as("searchable; rerun with -Dseed=" + SEED)
                    .isGreaterThanOrEqualTo(ledger.entries().size());
        }

        private void startUnlessAlive() {
            if (!vigie.alive()) {
                vigie.start();
            }
        }

        private CompletableFuture<Void> killAfter(long millis) {
            return CompletableFuture.runAsync(
                    this::kill, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
        }

        private void kill() {
            vigie.registryProcess().ifPresent(registries::add);
            vigie.kill();
        }

        @Override
        public void close() {
            poisoner.shutdownNow();
            kafka.close(Duration.ZERO);
            vigie.close();
        }
    }
}
