package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.WindowSize;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which row of the counts: the parts of its key.
 *
 * @param channel null for the row of all channels
 */
record Row(
        String offerId,
        String theme,
        WindowSize size,
        Instant start,
        @Nullable Channel channel) {
    private static final int PARTS_OF_ALL_CHANNELS = 4;
    private static final int PARTS_OF_ONE_CHANNEL = 5;

    /** Offers, themes and channels have no bar in their ids. */
    String key() {
        String ofAll = String.join("|", offerId, theme, size.name(), start.toString());
        return channel == null ? ofAll : ofAll + "|" + channel.name();
    }

    /** Empty when the key is of no row that this version knows. */
    static Optional<Row> of(String key) {
        String[] parts = key.split("\\|", -1);
        if (parts.length < PARTS_OF_ALL_CHANNELS || parts.length > PARTS_OF_ONE_CHANNEL) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Row(
                    parts[0],
                    parts[1],
                    WindowSize.valueOf(parts[2]),
                    Instant.parse(parts[3]),
                    parts.length == PARTS_OF_ONE_CHANNEL ? Channel.valueOf(parts[4]) : null));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }
}
