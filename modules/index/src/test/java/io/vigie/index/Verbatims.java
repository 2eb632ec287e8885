package io.vigie.index;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Verbatims to put. */
final class Verbatims {
    static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private Verbatims() {}

    static Verbatim verbatim(String id, String text) {
        return draft(id, text).build();
    }

    static Verbatim.Builder draft(String id, String text) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId("event-" + id)
                .setKind(Kind.TICKET)
                .setConversationId("conversation-" + id)
                .setSource("test")
                .setOccurredAt(NOON)
                .setClassifiedAt(NOON)
                .setOfferId("unassigned")
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText(text)
                .setRedactions(Map.of())
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of())
                .setSentiment(-0.5)
                .setSeverity(1)
                .setChurnRisk(0.25)
                .setChannelMismatch(false)
                .setClassifier("test-1");
    }

    static List<Theme> themes(String... names) {
        return Arrays.stream(names)
                .map(name -> new Theme(name, 0.5, List.of(new Evidence(0, 1))))
                .toList();
    }
}
