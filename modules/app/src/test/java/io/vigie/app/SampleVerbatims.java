package io.vigie.app;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Verbatim;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Verbatims as an index has them. */
final class SampleVerbatims {
    private SampleVerbatims() {}

    static Verbatim verbatim(String id, String text) {
        return draft(id, text).build();
    }

    static Verbatim.Builder draft(String id, String text) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId(id)
                .setKind(Kind.SURVEY)
                .setConversationId(id)
                .setSource("test")
                .setOccurredAt(Instant.EPOCH)
                .setClassifiedAt(Instant.EPOCH)
                .setOfferId("unassigned")
                .setChannel(Channel.WEB)
                .setLanguage("fr")
                .setText(text)
                .setRedactions(Map.of())
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of())
                .setSentiment(0)
                .setSeverity(0)
                .setChurnRisk(0)
                .setChannelMismatch(false)
                .setClassifier("test-1")
                .setSuperseded(List.of());
    }
}
