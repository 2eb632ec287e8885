package io.vigie.topology;

import io.vigie.events.Channel;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

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

    void write(Encoder to) throws IOException {
        to.writeString(offerId);
        to.writeInt(themes.size());
        for (String theme : themes) {
            to.writeString(theme);
        }
        to.writeString(channel.name());
        to.writeLong(at.toEpochMilli());
        one.write(to);
    }

    static Facts read(Decoder from) throws IOException {
        String offerId = from.readString();
        int count = from.readInt();
        var themes = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            themes.add(from.readString());
        }
        return new Facts(
                offerId,
                themes,
                Channel.valueOf(from.readString()),
                Instant.ofEpochMilli(from.readLong()),
                Contribution.read(from));
    }
}
