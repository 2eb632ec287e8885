package io.vigie.topology;

import io.vigie.events.Contact;
import java.util.List;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Finds what the vague answers among the contacts are about. One that is told it only by a later contact is handed on again,
 * about that.
 */
final class VagueAnswers extends ContextualProcessor<String, History.Heard, String, Questions.VagueAnswer> {
    private VagueAnswers() {}

    static KStream<String, Questions.VagueAnswer> of(KStream<String, History.Heard> contacts) {
        return contacts.process(VagueAnswers::new, Named.as("vague-answers"));
    }

    @Override
    public void process(Record<String, History.Heard> record) {
        Contact contact = record.value().contact();
        if (!contact.getVagueAnswer() && !History.namesOffer(contact)) {
            return;
        }
        List<Contact> history = record.value().history();
        if (contact.getVagueAnswer()) {
            handOn(record, contact, History.offerOf(contact, history));
        }
        if (History.namesOffer(contact)) {
            List<Contact> others =
                    history.stream().filter(other -> !other.equals(contact)).toList();
            for (Contact other : others) {
                if (other.getVagueAnswer()) {
                    String offerId = History.offerOf(other, history);
                    if (!offerId.equals(History.offerOf(other, others))) {
                        handOn(record, other, offerId);
                    }
                }
            }
        }
    }

    private void handOn(Record<String, History.Heard> record, Contact vague, String offerId) {
        context()
                .forward(record.withValue(
                        new Questions.VagueAnswer(offerId, vague.getConversationId(), vague.getOccurredAt())));
    }
}
