package io.vigie.server;

import io.vigie.events.Action;
import io.vigie.events.ActionKind;
import io.vigie.events.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What people asked not to be told for a while: the same theme, or the same word, about the same offer. It is a comment among
 * the actions, so that it stays known who asked for it, when and why; the next such comment takes its place. The id of the
 * comment says what is muted, and its window of days for how long.
 */
final class SignalMutes {
    private static final String MUTED = "signal-muted:";
    private static final String HEARD = "signal-heard:";

    private final Map<String, Action> newest;

    private SignalMutes(Map<String, Action> newest) {
        this.newest = newest;
    }

    static SignalMutes of(ActionDirectory actions) {
        var newest = new HashMap<String, Action>();
        for (Action action : actions.actions()) {
            String id = action.getActionId();
            if (action.getKind() == ActionKind.COMMENT && (id.startsWith(MUTED) || id.startsWith(HEARD))) {
                String[] parts = id.split(":", 3);
                newest.putIfAbsent(parts[1], action);
            }
        }
        return new SignalMutes(Map.copyOf(newest));
    }

    /** The action that mutes a signal now, if one does. */
    Optional<Action> muting(Signal signal, Instant now) {
        return Optional.ofNullable(newest.get(key(signal)))
                .filter(action -> action.getActionId().startsWith(MUTED))
                .filter(action -> now.isBefore(until(action)));
    }

    static Instant until(Action muting) {
        return muting.getAt().plus(Duration.ofDays(muting.getWindowDays()));
    }

    /** The id of an action that mutes what a signal is about. */
    static String mutes(Signal signal, String nonce) {
        return MUTED + key(signal) + ":" + nonce;
    }

    /** The id of an action after which it is told again. */
    static String hears(Signal signal, String nonce) {
        return HEARD + key(signal) + ":" + nonce;
    }

    private static String key(Signal signal) {
        String about = signal.getOfferId()
                + '\n'
                + signal.getTheme().orElse("")
                + '\n'
                + signal.getTerm().orElse("");
        return UUID.nameUUIDFromBytes(about.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
