package io.vigie.app;

import io.vigie.index.Damage;
import io.vigie.server.Health;
import io.vigie.sink.IndexRebuild.Progress;
import io.vigie.sink.SinkState;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How the index stands, in words for the one who runs it. */
final class IndexHealth {
    /** What {@code vigie index rebuild --follow} looks for. */
    static final String REBUILDING = "the index is built anew: ";

    private IndexHealth() {}

    static Health.State of(SinkState sink, Optional<Progress> rebuild, Optional<Damage> damage) {
        return damage.isPresent() && sink instanceof SinkState.Following
                ? new Health.Down("a part of the index is damaged (" + damage.get()
                        + "): what is in it may be missing from searches" + also(rebuild))
                : of(sink, rebuild);
    }

    private static Health.State of(SinkState sink, Optional<Progress> rebuild) {
        return switch (sink) {
            case SinkState.Following _ ->
                rebuild.<Health.State>map(progress -> new Health.Busy(told(progress)))
                        .orElseGet(Health.Up::new);
            case SinkState.CatchingUp(long records) ->
                new Health.Down("the index is catching up: " + records + " records to go" + also(rebuild));
            case SinkState.Recovering(String reason) ->
                new Health.Down("writing the index failed and is tried again: " + reason + also(rebuild));
            case SinkState.Stranded(String reason) ->
                new Health.Down(
                        "searches see an index that is no longer brought up to date (" + reason + ")" + also(rebuild));
            case SinkState.Stopped(String reason) -> new Health.Down(reason);
        };
    }

    private static String also(Optional<Progress> rebuild) {
        return rebuild.map(progress -> "; " + told(progress)).orElse("");
    }

    private static String told(Progress progress) {
        return String.format(
                Locale.ROOT,
                "%s%d %%, %d records done, %d to do%s",
                REBUILDING,
                progress.percent(),
                progress.done(),
                progress.left(),
                progress.ending()
                        .map(ending -> ", " + inWords(ending) + " left")
                        .orElse(""));
    }

    private static String inWords(Duration left) {
        long seconds = Math.max(1, left.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }
}
