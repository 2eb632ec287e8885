package io.vigie.app;

import io.vigie.server.DeadLetterReplay;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Sends dead letters back for the pages, one cause at a time. */
final class PageReplays implements DeadLetterReplay {
    /** More than the command, since somebody waits for the page. */
    private static final int RECORDS_A_SECOND = 500;

    private final Replays replays;

    PageReplays(Replays replays) {
        this.replays = replays;
    }

    @Override
    public Count count(String reason, String topic) throws FailedException {
        Replay found = asked(() -> replays.tryOut(filter(reason, topic), Long.MAX_VALUE));
        return new Count(found.count(), found.sentBefore(), found.notRaw());
    }

    /** One after the other: a replay ends the one that is under way. */
    @Override
    public synchronized long send(String reason, String topic) throws FailedException {
        var pace = ReplayTransactions.perSecond(RECORDS_A_SECOND);
        return asked(() -> replays.send(filter(reason, topic), RECORDS_MAX, pace))
                .count();
    }

    private static DeadLetterFilter filter(String reason, String topic) {
        return new DeadLetterFilter(Optional.of(reason), Optional.of(topic), Optional.empty());
    }

    private interface Asked {
        Replay done();
    }

    private static Replay asked(Asked asked) throws FailedException {
        try {
            return asked.done();
        } catch (CommandFailedException | KafkaException e) {
            throw new FailedException(String.valueOf(e.getMessage()), e);
        }
    }
}
