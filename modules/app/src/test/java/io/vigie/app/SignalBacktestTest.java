package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Signal;
import io.vigie.events.SignalKind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.topology.signals.SignalSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A written history of ten weeks in which one theme of one offer rises on one day. */
final class SignalBacktestTest {
    private static final String TOPIC = "voc.verbatims";
    private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final String OUTAGE = "network.outage";
    private static final String BILL = "billing.error";
    private static final int RISE_DAY = 60;

    private final Map<String, Verbatim> history = new HashMap<>();
    private final MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
    private final long[] ends = new long[2];

    @Test
    void theRiseIsFoundWhenItWasOnWhatWasSaidAndNothingElse() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        peace();
        rise();
        var ids = new ArrayList<>(history.keySet());
        // The topic has them by arrival of an import, not by time, and some twice.
        Collections.shuffle(ids, new Random(seed));
        ids.addAll(ids.subList(0, 20));

        var signals = new ArrayList<Signal>();
        var run = backtest(ids, signals);

        assertThat(signals).as("-Dseed=%d", seed).singleElement().satisfies(signal -> {
            assertThat(signal.getKind()).isEqualTo(SignalKind.RISE);
            assertThat(signal.getOfferId()).isEqualTo("fibre-pro");
            assertThat(signal.getTheme()).contains(OUTAGE);
            assertThat(signal.getDetectedAt()).isBetween(at(RISE_DAY, 20), at(RISE_DAY, 110));
            assertThat(signal.getObserved()).isBetween(3, 12);
            assertThat(signal.getExpected()).isLessThan(signal.getObserved() / 1.5);
            assertThat(signal.getVerbatimIds()).isNotEmpty().allSatisfy(id -> {
                var evidence = Objects.requireNonNull(history.get(id));
                assertThat(evidence.getOfferId()).isEqualTo("fibre-pro");
                assertThat(evidence.getThemes().getFirst().getTheme()).isEqualTo(OUTAGE);
                assertThat(evidence.getOccurredAt()).isBetween(signal.getWindowStart(), signal.getDetectedAt());
            });
            assertThat(signal.getVerbatimIds())
                    .filteredOn(id -> id.startsWith("rise"))
                    .hasSizeGreaterThanOrEqualTo(3);
        });
        assertThat(run.unreadable()).isZero();
        assertThat(run.forgotten()).isZero();
    }

    @Test
    void aHistoryWithoutARiseRaisesNothing() throws IOException {
        peace();

        var signals = new ArrayList<Signal>();
        var run = backtest(new ArrayList<>(history.keySet()), signals);

        assertThat(signals).isEmpty();
        assertThat(run.verbatims()).isEqualTo(history.size());
    }

    @Test
    void whatIsErasedIsNotHeardAndWhatCannotBeReadIsCounted() throws IOException {
        peace();
        var ids = new ArrayList<>(history.keySet());
        ids.add("erased");
        ids.add("broken");

        var run = backtest(ids, new ArrayList<>());

        assertThat(run.unreadable()).isEqualTo(1);
        assertThat(run.verbatims()).isEqualTo(history.size());
    }

    @Test
    void aTopicThatDoesNotComeToItsEndIsTold() {
        peace();

        assertThatThrownBy(() -> {
                    put(new ArrayList<>(history.keySet()));
                    reader.updateEndOffsets(Map.of(partition(0), ends[0] + 1, partition(1), ends[1]));
                    run(new ArrayList<>());
                })
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("is Kafka well?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --from hier                        | --from is "hier"; it is a date such as 2026-03-01 or a time such as
        --to 2026-02-30                    | --to is "2026-02-30"; it is a date such as
        --from 2026-03-02 --to 2026-03-01  | --from 2026-03-02 is not before --to 2026-03-01
        --false-alarms-per-month 0         | --false-alarms-per-month is 0.0; it is a number above 0
        --false-alarms-per-month -1        | --false-alarms-per-month is -1.0; it is a number above 0
        --false-alarms-per-month NaN       | --false-alarms-per-month is NaN; it is a number above 0
        --false-alarms-per-month often     | often
        --since 2026-01-01                 | --since
        """)
    void aWrongArgumentIsTold(String arguments, String told) {
        var words = new ArrayList<>(List.of("signals", "backtest"));
        words.addAll(List.of(arguments.split(" ")));

        var ran = SystemStreams.run("", words.toArray(String[]::new));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains(told);
        assertThat(ran.out()).isEmpty();
    }

    /** Two a day of one offer and one of another, of two themes, each by another customer. */
    private void peace() {
        for (int day = 0; day < RISE_DAY + 10; day++) {
            say("bill" + day, day, 0, "fibre-pro", BILL);
            say("other" + day, day, 300, "fibre-pro", day % 2 == 0 ? OUTAGE : BILL);
            say("mobile" + day, day, 120, "mobile", day % 3 == 0 ? OUTAGE : BILL);
        }
    }

    private void rise() {
        for (int i = 0; i < 12; i++) {
            say("rise" + i, RISE_DAY, 10 + i * 10, "fibre-pro", OUTAGE);
        }
    }

    private void say(String id, int day, int minute, String offer, String theme) {
        var verbatim = SampleVerbatims.draft(id, "La connexion est coupée")
                .setOccurredAt(at(day, minute))
                .setOfferId(offer)
                .setCustomerKey("customer-" + id)
                .setChannel(Channel.PHONE)
                .setThemes(List.of(new Theme(theme, 0.9, List.of(new Evidence(0, 2)))))
                .build();
        history.put(id, verbatim);
    }

    private static Instant at(int day, int minute) {
        return START.plus(Duration.ofDays(day)).plus(Duration.ofMinutes(minute));
    }

    private SignalBacktest.Run backtest(List<String> ids, List<Signal> signals) throws IOException {
        put(ids);
        return run(signals);
    }

    private SignalBacktest.Run run(List<Signal> signals) throws IOException {
        var config = ConfigReader.read(Map.of(), Optional.empty(), Map.of(), Map.of());
        var settings = SignalSettings.standard(ZoneId.of("Europe/Paris"));
        return new SignalBacktest(Connections.to(config), settings, false).run(reader, this::decoded, signals::add);
    }

    private Decoding<Verbatim> decoded(byte[] record) {
        var verbatim = history.get(new String(record, StandardCharsets.UTF_8));
        return verbatim == null
                ? new Decoding.Undecodable<>("not-avro", "no such schema")
                : new Decoding.Decoded<>(verbatim);
    }

    /** Everything of the topic, as soon as it is assigned. */
    private void put(List<String> ids) {
        var node = new Node(0, "localhost", 9092);
        reader.updatePartitions(
                TOPIC,
                List.of(
                        new PartitionInfo(TOPIC, 0, node, new Node[] {node}, new Node[] {node}),
                        new PartitionInfo(TOPIC, 1, node, new Node[] {node}, new Node[] {node})));
        reader.updateBeginningOffsets(Map.of(partition(0), 0L, partition(1), 0L));
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < ids.size(); i++) {
            records.add(new ConsumerRecord<>(TOPIC, i % 2, ends[i % 2], bytes(ids.get(i)), value(ids.get(i))));
            ends[i % 2]++;
        }
        reader.updateEndOffsets(Map.of(partition(0), ends[0], partition(1), ends[1]));
        reader.schedulePollTask(() -> records.forEach(reader::addRecord));
    }

    private static byte @Nullable [] value(String id) {
        return id.equals("erased") ? null : bytes(id);
    }

    private static byte[] bytes(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }
}
