package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.time.Instant;
import java.util.List;

/**
 * What the counts know of a verbatim.
 *
 * @param themes each once
 * @param one what it adds to each of its rows
 */
record Facts(String offerId, List<String> themes, Channel channel, Instant at, Contribution one) {
    static Facts of(Verbatim verbatim) {
        return new Facts(
                verbatim.getOfferId(),
                verbatim.getThemes().stream().map(Theme::getTheme).distinct().toList(),
                verbatim.getChannel(),
                verbatim.getOccurredAt(),
                Contribution.of(verbatim));
    }
}
