package io.vigie.app;

import io.vigie.events.Verbatim;
import io.vigie.events.serde.AvroDecoder;
import io.vigie.events.serde.Decoding;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What became of the verbatims that are to be written under an offer, as far as their topic tells. */
final class Reassigned {
    private final AvroDecoder<Verbatim> decoder;
    private final Map<String, String> wanted = new HashMap<>();
    private final Map<String, Fate> fates = new HashMap<>();

    Reassigned(AvroDecoder<Verbatim> decoder) {
        this.decoder = decoder;
    }

    private enum Fate {
        REASSIGNED,
        ERASED,
        CHANGED
    }

    /** It was asked for. */
    void await(Verbatim verbatim) {
        wanted.put(verbatim.getVerbatimId(), verbatim.getOfferId());
    }

    /** Reads one record of the topic of verbatims that came later than what was found. */
    void read(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String id = new String(record.key(), StandardCharsets.UTF_8);
        String offerId = wanted.get(id);
        if (offerId != null) {
            fates.put(id, fate(record.value(), offerId));
        }
    }

    private Fate fate(byte @Nullable [] value, String offerId) {
        if (value == null) {
            return Fate.ERASED;
        }
        return decoder.decode(value) instanceof Decoding.Decoded<Verbatim>(Verbatim verbatim)
                        && verbatim.getOfferId().equals(offerId)
                ? Fate.REASSIGNED
                : Fate.CHANGED;
    }

    /** Of how many nothing is known yet. */
    int missing() {
        return wanted.size() - fates.size();
    }

    /** For people. */
    String told() {
        var text = new StringBuilder().append(count(Fate.REASSIGNED)).append(" verbatims reassigned");
        add(text, count(Fate.ERASED), "left alone: erased meanwhile");
        add(text, count(Fate.CHANGED), "left alone: changed meanwhile; run the same again");
        add(
                text,
                missing(),
                "asked for and not there yet: the stream does it as it goes on; run the same again to see");
        return text.toString();
    }

    private static void add(StringBuilder text, long count, String what) {
        if (count > 0) {
            text.append("\n  ").append(count).append(' ').append(what);
        }
    }

    private long count(Fate fate) {
        return fates.values().stream().filter(fate::equals).count();
    }
}
