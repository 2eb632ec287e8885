package io.vigie.app.demo;

import io.vigie.events.Channel;
import io.vigie.events.Direction;
import io.vigie.events.Turn;
import java.util.List;
import java.util.Optional;

/** One text of a scene as it was written, its {@link Slot}s still open. */
sealed interface Words {
    About about();

    /**
     * What every text says about itself.
     *
     * @param language fr or en
     * @param offerId the offer it is about
     * @param prefers how its author asked to be contacted
     * @param from first day of the story on which it makes sense, counted from the last: 0 is the last, -1 the day before
     */
    record About(String language, String offerId, Optional<Channel> prefers, int from) {}

    /**
     * What a customer writes; {@code reply} is what an agent answers within the hour, and {@code again} what the customer
     * makes of it, within the next.
     */
    record Written(
            About about,
            Channel channel,
            Optional<String> subject,
            String text,
            Optional<String> reply,
            Optional<String> again)
            implements Words {}

    /** A conversation by telephone; the offsets of its turns are still 0. */
    record Spoken(About about, Direction direction, String queue, List<Turn> turns) implements Words {
        public Spoken {
            turns = List.copyOf(turns);
        }
    }

    /** A survey response: a score and why. Exactly one of the scores is present. */
    record Rated(About about, Optional<Integer> nps, Optional<Integer> csat, String text) implements Words {}
}
