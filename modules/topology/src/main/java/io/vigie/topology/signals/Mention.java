package io.vigie.topology.signals;

import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    private static List<String> themes(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .map(Theme::getTheme)
                .distinct()
                .limit(THEMES_MAX)
                .toList();
    }

    /** As bytes, without the offer: that is the key. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(verbatimId);
        out.writeLong(occurredAt.toEpochMilli());
        out.writeLong(heardAt.toEpochMilli());
        out.writeLong(customer);
        out.writeByte(themes.size());
        for (String theme : themes) {
            out.writeUTF(theme);
        }
        out.writeUTF(channel);
        out.writeUTF(source);
        byte[] words = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(words.length);
        out.write(words);
        out.writeBoolean(raises);
    }

    /** What {@link #write} wrote. */
    public static Mention read(String offerId, DataInput in) throws IOException {
        String verbatimId = in.readUTF();
        Instant occurredAt = Instant.ofEpochMilli(in.readLong());
        Instant heardAt = Instant.ofEpochMilli(in.readLong());
        long customer = in.readLong();
        int count = in.readUnsignedByte();
        var themes = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            themes.add(in.readUTF());
        }
        String channel = in.readUTF();
        String source = in.readUTF();
        var words = new byte[in.readInt()];
        in.readFully(words);
        return new Mention(
                verbatimId,
                offerId,
                occurredAt,
                heardAt,
                customer,
                themes,
                channel,
                source,
                new String(words, StandardCharsets.UTF_8),
                in.readBoolean());
    }
}
