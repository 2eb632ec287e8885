package io.vigie.server;

import io.vigie.events.Question;
import java.util.List;
import java.util.Optional;

/** The ledger of technical questions as it is known here. Any thread may ask. */
public interface QuestionDirectory {
    /** All questions, the oldest first. */
    List<Question> all();

    /** The questions about an offer, the oldest first. */
    List<Question> questions(String offerId);

    Optional<Question> question(String id);
}
