package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Provisioning.Difference;
import io.vigie.events.Provisioning.Remedy;
import io.vigie.events.TopicDrift.Present;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TopicDriftTest {
    private static final Topics TOPICS = Topics.standard();
    private static final TopicSpec.Sizing SIZING = new TopicSpec.Sizing(6, (short) 3);

    private final List<TopicSpec> specs = new ArrayList<>(TopicSpec.all(TOPICS, SIZING));
    private final Map<String, Present> present = new HashMap<>();

    TopicDriftTest() {
        specs.add(TopicSpec.complaints(TOPICS, "fibre-pro", SIZING));
        specs.forEach(spec -> present.put(spec.name(), new Present(spec.partitions(), settings(spec))));
    }

    @Test
    void whatIsAsItShouldBeIsNoDifference() {
        assertThat(differences()).isEmpty();
        assertThat(TopicDrift.missing(TOPICS, specs, present)).isEmpty();
    }

    @Test
    void aTopicThatIsNotThereIsMissing() {
        present.remove("voc.complaints.fibre-pro");

        assertThat(differences()).containsExactly(Difference.missing("voc.complaints.fibre-pro"));
        assertThat(TopicDrift.missing(TOPICS, specs, present))
                .containsExactly(TopicSpec.complaints(TOPICS, "fibre-pro", SIZING));
    }

    @Test
    void aSettingThatSomebodyChangedIsToBeSetBackAlsoOnTheTopicOfAnOffer() {
        set("voc.complaints.fibre-pro", "retention.ms", "1000");
        set("voc.verbatims", "cleanup.policy", "delete");

        assertThat(differences())
                .containsExactlyInAnyOrder(
                        new Difference("voc.complaints.fibre-pro", "wants retention.ms=34560000000", Remedy.APPLY),
                        new Difference("voc.verbatims", "wants cleanup.policy=compact", Remedy.APPLY));
    }

    @Test
    void aListOfPoliciesMayComeInAnyOrder() {
        set("voc.complaints.fibre-pro", "cleanup.policy", "delete,compact");

        assertThat(differences()).isEmpty();
    }

    @Test
    void aTopicOfOtherPartitionsIsToldAndMayStay() {
        partitions("voc.tickets", 12);
        partitions("voc.complaints.fibre-pro", 3);

        assertThat(differences()).extracting(Difference::remedy).containsExactly(Remedy.NONE, Remedy.NONE);
        assertThat(differences())
                .extracting(Difference::what)
                .containsExactly(
                        "has 12 partitions where a new one gets 6; it stays so, since more would move keys",
                        "has 3 partitions where a new one gets 1; it stays so, since more would move keys");
    }

    @Test
    void aTopicWhoseRecordsMustBeInOrderMayNotHaveTwoPartitions() {
        partitions("voc.alerts", 2);

        assertThat(differences())
                .singleElement()
                .satisfies(difference -> assertThat(difference.remedy()).isEqualTo(Remedy.BY_HAND));
    }

    @Test
    void revisionsLieAsTheVerbatimsDo() {
        partitions("voc.verbatims", 4);

        assertThat(differences())
                .filteredOn(Difference::matters)
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.topic()).isEqualTo("voc.revisions");
                    assertThat(difference.what()).contains("has 6 partitions and must have the 4 of voc.verbatims");
                });
        present.remove("voc.revisions");
        assertThat(TopicDrift.missing(TOPICS, specs, present))
                .singleElement()
                .satisfies(spec -> assertThat(spec.partitions()).isEqualTo(4));
    }

    @Test
    void theTopicOfAnOfferThatIsGoneIsKeptAndTold() {
        var existing = Set.of("voc.complaints.fibre-pro", "voc.complaints.gone", "voc.complaints.a.b", "other");

        assertThat(TopicDrift.complainedOf(TOPICS, existing)).containsExactly("fibre-pro", "gone");
        assertThat(TopicDrift.ofNoOffer(TOPICS, List.of("fibre-pro"), existing))
                .singleElement()
                .satisfies(difference -> {
                    assertThat(difference.topic()).isEqualTo("voc.complaints.gone");
                    assertThat(difference.matters()).isFalse();
                });
    }

    private List<Difference> differences() {
        return TopicDrift.of(TOPICS, specs, present);
    }

    private void set(String topic, String setting, String value) {
        Objects.requireNonNull(present.get(topic)).settings().put(setting, value);
    }

    private void partitions(String topic, int partitions) {
        present.computeIfPresent(topic, (_, known) -> new Present(partitions, known.settings()));
    }

    /** What a broker says: our settings and many of its own. */
    private static Map<String, String> settings(TopicSpec spec) {
        var settings = new HashMap<>(spec.settings());
        settings.put("compression.type", "producer");
        return settings;
    }
}
