package io.vigie.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"t1", "a:b", "50%3A", "%", "é ü|", "::"})
    void aKeyIsReadBackWhateverIsInItsParts(String part) {
        var key = new ContactKey(part, "crm:" + part, part + "%");

        assertThat(ContactKey.of(key.text())).contains(key);
    }

    @Test
    void whatIsNoKeyIsNone() {
        assertThat(ContactKey.of("ticket-1")).isEmpty();
        assertThat(ContactKey.of("a:b:c:d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"t1", "a:b", "conversation é"})
    void allOfAConversationAreWhereItsIdWouldBe(String conversation) {
        int partition = BuiltInPartitioner.partitionForKey(conversation.getBytes(StandardCharsets.UTF_8), 12);

        assertThat(ContactKey.partitions(new ContactKey(conversation, "crm", "e1").text(), 12))
                .contains(Set.of(partition));
        assertThat(ContactKey.partitions(new ContactKey(conversation, "pbx", "e2").text(), 12))
                .contains(Set.of(partition));
    }
}
