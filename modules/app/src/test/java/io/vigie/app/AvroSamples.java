package io.vigie.app;

import io.vigie.events.Author;
import io.vigie.events.Channel;
import io.vigie.events.TicketAction;
import io.vigie.events.TicketEvent;
import java.time.Instant;

/** Events as a contact-center system writes them to Kafka itself. */
final class AvroSamples {
    private AvroSamples() {}

    static TicketEvent ticket(String eventId, String ticketId, String body) {
        return TicketEvent.newBuilder()
                .setEventId(eventId)
                .setSource(SampleEvents.SOURCE)
                .setOccurredAt(Instant.now())
                .setCustomerId("customer-" + eventId)
                .setOffer(null)
                .setChannel(Channel.EMAIL)
                .setPreferredChannel(null)
                .setLanguage(null)
                .setAgentId(null)
                .setTicketId(ticketId)
                .setAction(TicketAction.CREATED)
                .setAuthor(Author.CUSTOMER)
                .setSubject(null)
                .setBody(body)
                .build();
    }
}
