package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Evidence;
import io.vigie.events.Intent;
import io.vigie.events.Kind;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.time.Instant;
import java.util.List;

/** Verbatims of tests: complaints about an outage, of a customer each. */
final class SampleVerbatims {
    static final Instant NOW = Instant.parse("2026-03-31T10:15:00Z");
    static final String OUTAGE = "network.outage";

    private SampleVerbatims() {}

    static Verbatim.Builder verbatim(String id, String offerId) {
        return Verbatim.newBuilder()
                .setVerbatimId(id)
                .setEventId(id)
                .setKind(Kind.TICKET)
                .setConversationId("ticket-" + id)
                .setSource("crm")
                .setOccurredAt(NOW)
                .setClassifiedAt(NOW)
                .setCustomerKey("customer-" + id)
                .setOfferId(offerId)
                .setChannel(Channel.EMAIL)
                .setLanguage("fr")
                .setText("Plus d'internet.")
                .setIntent(Intent.COMPLAINT)
                .setThemes(List.of(theme(OUTAGE)))
                .setSentiment(-0.5)
                .setSeverity(2)
                .setChurnRisk(0.1)
                .setChannelMismatch(false)
                .setClassifier("test");
    }

    static Theme theme(String id) {
        return new Theme(id, 0.9, List.of(new Evidence(0, 4)));
    }
}
