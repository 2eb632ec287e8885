package io.vigie.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class TopicsTest {
    @Test
    void theStandardNamesAreThoseOfTheContract() {
        var topics = Topics.standard();

        assertThat(topics.tickets()).isEqualTo("voc.tickets");
        assertThat(topics.calls()).isEqualTo("voc.calls");
        assertThat(topics.surveys()).isEqualTo("voc.surveys");
        assertThat(topics.offers()).isEqualTo("voc.offers");
        assertThat(topics.verbatims()).isEqualTo("voc.verbatims");
        assertThat(topics.complaints("fibre-max")).isEqualTo("voc.complaints.fibre-max");
        assertThat(topics.complaints(Topics.UNASSIGNED)).isEqualTo("voc.complaints.unassigned");
        assertThat(topics.offerThemes()).isEqualTo("voc.offer-themes");
        assertThat(topics.signals()).isEqualTo("voc.signals");
        assertThat(topics.actions()).isEqualTo("voc.actions");
        assertThat(topics.questions()).isEqualTo("voc.questions");
        assertThat(topics.erasures()).isEqualTo("voc.erasures");
        assertThat(topics.searches()).isEqualTo("voc.searches");
        assertThat(topics.alerts()).isEqualTo("voc.alerts");
        assertThat(topics.alertDeliveries()).isEqualTo("voc.alert-deliveries");
        assertThat(topics.audit()).isEqualTo("voc.audit");
        assertThat(topics.deadLetters()).isEqualTo("voc.dead-letters");
    }

    @Test
    void anotherPrefixRenamesEveryTopic() {
        var specs = TopicSpec.all(new Topics("essai."), new TopicSpec.Sizing(1, (short) 1));

        assertThat(specs).extracting(TopicSpec::name).allMatch(name -> name.startsWith("essai."));
    }
}
