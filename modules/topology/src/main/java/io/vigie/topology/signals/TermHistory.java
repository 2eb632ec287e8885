package io.vigie.topology.signals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** What is remembered of one term about one offer, or about all: mostly next to nothing, for most terms are rare. */
final class TermHistory {
    /** So many mentions before the last day make a term known: it is then neither counted nor told any more. */
    static final int KNOWN = 3;
    /** So many before the last day, over all offers, make it common. */
    static final int COMMON = 8;

    private static final int NEVER = Integer.MIN_VALUE;
    private static final int COUNT_MAX = 1_000_000;
    private static final int RECENT_MAX = 24;
    /** A term that was hardly heard is forgotten after a month, a known one after half a year. */
    static final long RARE_HOURS = 30L * Counts.DAY;

    private static final long KNOWN_HOURS = 180L * Counts.DAY;
    /** How often a known term is noted as heard. */
    private static final long NOTE_HOURS = 15L * Counts.DAY;

    private final List<Recent> recent = new ArrayList<>();
    private int before;
    private long born;
    private long lastHeard;
    private long told = NEVER;

    /** One customer of the last day. */
    record Recent(long hour, long customer, String verbatimId) {}

    TermHistory(long hour) {
        this.born = hour;
        this.lastHeard = hour;
    }

    /** Whether it has been silent for so long that it counts as never heard. */
    boolean forgottenAt(long now) {
        return now - lastHeard > (isKnown() ? KNOWN_HOURS : RARE_HOURS);
    }

    boolean isKnown() {
        return before >= KNOWN;
    }

    boolean isCommon() {
        return before >= COMMON;
    }

    /** It was told of: it is known from now on, and its words are no news in other company either. */
    void tell(long now) {
        told = now;
        before = Math.max(before, KNOWN);
        recent.clear();
    }

    boolean wasTold(long now) {
        return now - told < RARE_HOURS;
    }

    /** Counts mentions of the past that were not noted one by one. */
    void addBefore(long hour, int mentions) {
        born = Math.min(born, hour);
        lastHeard = Math.max(lastHeard, hour);
        before = Math.min(COUNT_MAX, before + mentions);
    }

    /** Notes that a known term was heard; true when that is worth writing down. */
    boolean note(long now) {
        if (now - lastHeard < NOTE_HOURS) {
            return false;
        }
        lastHeard = now;
        return true;
    }

    /** Lets mentions of more than a day ago become the past. */
    void advance(long now) {
        int past = 0;
        for (Recent mention : recent) {
            past += mention.hour() < now - Counts.DAY ? 1 : 0;
        }
        recent.removeIf(mention -> mention.hour() < now - Counts.DAY);
        before = Math.min(COUNT_MAX, before + past);
    }

    /** False when this customer has used it within the day. */
    boolean add(long now, long hour, long customer, String verbatimId) {
        for (Recent mention : recent) {
            if (mention.customer() == customer) {
                return false;
            }
        }
        born = Math.min(born, hour);
        lastHeard = Math.max(lastHeard, hour);
        if (hour < now - Counts.DAY) {
            before = Math.min(COUNT_MAX, before + 1);
        } else {
            recent.add(new Recent(hour, customer, verbatimId));
            if (recent.size() > RECENT_MAX) {
                recent.removeFirst();
                before = Math.min(COUNT_MAX, before + 1);
            }
        }
        return true;
    }

    int before() {
        return before;
    }

    long born() {
        return born;
    }

    /** Of the last day, oldest first. */
    List<Recent> recent() {
        return recent;
    }

    void write(Encoder out) throws IOException {
        out.writeInt(before);
        out.writeInt((int) born);
        out.writeInt((int) lastHeard);
        out.writeInt((int) told);
        out.writeInt(recent.size());
        for (Recent mention : recent) {
            out.writeInt((int) mention.hour());
            out.writeLong(mention.customer());
            out.writeString(mention.verbatimId());
        }
    }

    static TermHistory read(Decoder in) throws IOException {
        int before = in.readInt();
        var history = new TermHistory(in.readInt());
        history.before = before;
        history.lastHeard = in.readInt();
        history.told = in.readInt();
        int recents = in.readInt();
        for (int i = 0; i < recents; i++) {
            long hour = in.readInt();
            long customer = in.readLong();
            history.recent.add(new Recent(hour, customer, in.readString()));
        }
        return history;
    }
}
