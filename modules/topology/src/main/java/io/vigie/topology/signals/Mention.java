package io.vigie.topology.signals;

import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * What the detector hears of one verbatim.
 *
 * @param occurredAt event time, never after {@code heardAt}
 * @param heardAt when it arrived
 * @param customer tells customers apart; the conversation when the customer is unknown
 * @param themes each once
 * @param text redacted words, or empty when only the themes are to be learned
 * @param raises false when it is to be learned from only
 */
public record Mention(
        String verbatimId,
        String offerId,
        Instant occurredAt,
        Instant heardAt,
        long customer,
        List<String> themes,
        String channel,
        String source,
        String text,
        boolean raises) {
    /** A verbatim that arrives later than this after it was said is history: it is learned from and raises nothing. */
    public static final Duration LATE_MAX = Duration.ofDays(2);

    private static final int THEMES_MAX = 16;
    private static final int TEXT_CHARS_MAX = 4_000;

    public Mention {
        themes = List.copyOf(themes);
    }

    /** A verbatim that is heard for the first time. */
    public static Mention of(Verbatim verbatim, Instant heardAt) {
        Instant said = verbatim.getOccurredAt();
        String text = verbatim.getText();
        return new Mention(
                verbatim.getVerbatimId(),
                verbatim.getOfferId(),
                said.isAfter(heardAt) ? heardAt : said,
                heardAt,
                Hash.of(verbatim.getCustomerKey().orElse(verbatim.getConversationId())),
                themes(verbatim),
                verbatim.getChannel().name(),
                verbatim.getSource(),
                text.length() > TEXT_CHARS_MAX ? text.substring(0, TEXT_CHARS_MAX) : text,
                !said.isBefore(heardAt.minus(LATE_MAX)));
    }

    /** The same verbatim, heard before, of which only these themes are new: they are learned and raise nothing. */
    public Mention learningOnly(List<String> newThemes) {
        return new Mention(verbatimId, offerId, occurredAt, heardAt, customer, newThemes, channel, source, "", false);
    }

    /** The same, to be learned from only. */
    public Mention raisingNothing() {
        return new Mention(verbatimId, offerId, occurredAt, heardAt, customer, themes, channel, source, text, false);
    }

    private static List<String> themes(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .map(Theme::getTheme)
                .distinct()
                .limit(THEMES_MAX)
                .toList();
    }

    /** Every part of it. */
    public void write(Encoder out) throws IOException {
        out.writeString(offerId);
        out.writeString(verbatimId);
        out.writeLong(occurredAt.toEpochMilli());
        out.writeLong(heardAt.toEpochMilli());
        out.writeLong(customer);
        out.writeInt(themes.size());
        for (String theme : themes) {
            out.writeString(theme);
        }
        out.writeString(channel);
        out.writeString(source);
        out.writeString(text);
        out.writeBoolean(raises);
    }

    /** What {@link #write} wrote. */
    public static Mention read(Decoder in) throws IOException {
        String offerId = in.readString();
        String verbatimId = in.readString();
        Instant occurredAt = Instant.ofEpochMilli(in.readLong());
        Instant heardAt = Instant.ofEpochMilli(in.readLong());
        long customer = in.readLong();
        int count = in.readInt();
        var themes = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            themes.add(in.readString());
        }
        String channel = in.readString();
        String source = in.readString();
        String text = in.readString();
        return new Mention(
                verbatimId, offerId, occurredAt, heardAt, customer, themes, channel, source, text, in.readBoolean());
    }
}
