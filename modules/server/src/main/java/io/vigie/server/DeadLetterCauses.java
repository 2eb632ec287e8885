package io.vigie.server;

import io.vigie.events.DeadLetter;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Groups dead letters by what they have in common: reason, stage and topic. */
final class DeadLetterCauses {
    /** What is put into a command line; anybody who may write to the topic chooses the headers. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    /** The stage that reads the topics of events; what it could not use is sent back to them. */
    private static final String STREAM = "stream";

    private DeadLetterCauses() {}

    /** What a group has in common. */
    record Key(String reason, String stage, String topic) {
        static Key of(DeadLetter letter) {
            return new Key(letter.reason(), letter.stage(), letter.topic());
        }

        /** Sends them back, each once; empty where that is not done. */
        Optional<String> replay() {
            boolean isSafe =
                    PLAIN.matcher(reason).matches() && PLAIN.matcher(topic).matches();
            return stage.equals(STREAM) && isSafe
                    ? Optional.of("vigie dead-letters replay --reason " + reason + " --topic " + topic)
                    : Optional.empty();
        }

        boolean isOfEvents() {
            return stage.equals(STREAM);
        }
    }

    /**
     * One group.
     *
     * @param sentBack how many of them were sent back
     */
    record Cause(Key key, long count, long sentBack, Instant first, Instant last) {
        /** Whether any was not sent back yet. */
        boolean isWaiting() {
            return sentBack < count;
        }

        private Cause and(BuriedRecord other) {
            Instant at = other.producedAt();
            return new Cause(
                    key,
                    count + 1,
                    sentBack + (other.sentBack() ? 1 : 0),
                    at.isBefore(first) ? at : first,
                    at.isAfter(last) ? at : last);
        }
    }

    /** The largest first. */
    static List<Cause> of(List<BuriedRecord> letters) {
        Map<Key, Cause> causes = new HashMap<>();
        for (BuriedRecord each : letters) {
            Key key = Key.of(each.letter());
            Cause known = causes.getOrDefault(key, new Cause(key, 0, 0, Instant.MAX, Instant.MIN));
            causes.put(key, known.and(each));
        }
        return causes.values().stream()
                .sorted(Comparator.comparingLong(Cause::count)
                        .reversed()
                        .thenComparing(cause -> cause.key().reason())
                        .thenComparing(cause -> cause.key().topic()))
                .toList();
    }
}
