package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class TopicSpecTest {
    private static final TopicSpec.Sizing SIZING = new TopicSpec.Sizing(6, (short) 3);
    private static final Map<String, TopicSpec> SPECS = TopicSpec.all(Topics.standard(), SIZING).stream()
            .collect(Collectors.toMap(TopicSpec::name, Function.identity()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "voc.tickets               | delete         | 7   | 6 | TicketEvent",
                "voc.calls                 | delete         | 7   | 6 | CallEvent",
                "voc.surveys               | delete         | 7   | 6 | SurveyEvent",
                "voc.offers                | compact        | -   | 1 | Offer",
                "voc.verbatims             | compact        | -   | 6 | Verbatim",
                "voc.complaints.unassigned | compact,delete | 400 | 1 | Verbatim",
                "voc.offer-themes          | compact,delete | 800 | 6 | OfferTheme",
                "voc.signals               | compact,delete | 800 | 1 | Signal",
                "voc.actions               | compact        | -   | 1 | Action",
                "voc.questions             | compact        | -   | 1 | Question",
                "voc.erasures              | compact        | -   | 1 | Erasure",
                "voc.erasure-receipts      | compact        | -   | 1 | ErasureReceipt",
                "voc.searches              | compact        | -   | 1 | SavedSearch",
                "voc.alerts                | delete         | 30  | 1 | Alert",
                "voc.alert-deliveries      | compact        | -   | 1 | AlertDelivery",
                "voc.contacts              | compact,delete | 30  | 6 | Contact",
                "voc.revisions             | delete         | 3   | 6 | Revision",
                "voc.promises              | compact,delete | 400 | 6 | Promise",
                "voc.breaches              | compact,delete | 400 | 6 | Breach",
                "voc.audit                 | delete         | 365 | 1 | AuditEntry",
                "voc.streams               | compact        | -   | 1 | -",
                "voc.dead-letters          | delete         | 30  | 6 | -",
                "voc.dead-letter-replays   | delete         | 60  | 1 | -",
            })
    void aTopicIsAsTheContractWantsIt(
            String name, String cleanup, @Nullable Integer days, int partitions, @Nullable String type) {
        var spec = spec(name);

        assertThat(spec.settings()).containsEntry("cleanup.policy", cleanup);
        assertThat(spec.settings().get("retention.ms"))
                .isEqualTo(
                        days == null
                                ? null
                                : Long.toString(Duration.ofDays(days).toMillis()));
        assertThat(spec.partitions()).isEqualTo(partitions);
        assertThat(spec.replicas()).isEqualTo((short) 3);
        assertThat(Optional.ofNullable(spec.value()).map(Schema::getName)).isEqualTo(Optional.ofNullable(type));
    }

    @Test
    void noTopicIsLeftOutOfTheTableAbove() {
        assertThat(SPECS).hasSize(23);
    }

    @Test
    void anErasureStaysVisibleForAWeekInEveryCompactedTopic() {
        String week = Long.toString(Duration.ofDays(7).toMillis());

        assertThat(SPECS.values())
                .filteredOn(spec ->
                        spec.settings().getOrDefault("cleanup.policy", "").contains("compact"))
                .hasSize(15)
                .allSatisfy(spec -> assertThat(spec.settings())
                        .containsEntry("delete.retention.ms", week)
                        .containsEntry("max.compaction.lag.ms", week));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"voc.tickets", "voc.calls", "voc.surveys", "voc.contacts", "voc.revisions", "voc.dead-letters"})
    void aSegmentWithPersonalDataIsClosedWithinADay(String topic) {
        assertThat(spec(topic).settings())
                .containsEntry("segment.ms", Long.toString(Duration.ofDays(1).toMillis()));
    }

    @Test
    void aDeadLetterMayBeLargerThanAnyEvent() {
        int max = Integer.parseInt(spec("voc.dead-letters").settings().getOrDefault("max.message.bytes", "0"));

        assertThat(max).isGreaterThan(4 * EventLimits.EVENT_BYTES_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fibre", "A-b_9", "x", "unassigned"})
    void anOfferHasAComplaintTopicOfItsOwn(String offerId) {
        var spec = TopicSpec.complaints(Topics.standard(), offerId, SIZING);

        assertThat(spec.name()).isEqualTo("voc.complaints." + offerId);
        assertThat(spec.settings()).isEqualTo(spec("voc.complaints.unassigned").settings());
        assertThat(spec.value()).isEqualTo(Verbatim.getClassSchema());
    }

    @Test
    void theLongestOfferIdStillMakesATopicName() {
        String longest = "o".repeat(200);

        var offer = Offer.newBuilder().setOfferId(longest).setName("Longue").build();

        assertThat(EventRules.check(offer)).isEqualTo(new Checked.Valid());
        Topic.validate(Topics.standard().complaints(longest));
    }

    @Test
    void whatKafkaIsAskedForIsTheSpec() {
        var spec = spec("voc.verbatims");

        var asked = spec.toNewTopic();

        assertThat(asked.name()).isEqualTo("voc.verbatims");
        assertThat(asked.numPartitions()).isEqualTo(6);
        assertThat(asked.replicationFactor()).isEqualTo((short) 3);
        assertThat(asked.configs()).isEqualTo(spec.settings());
    }

    private static TopicSpec spec(String name) {
        return Objects.requireNonNull(SPECS.get(name), name);
    }
}
