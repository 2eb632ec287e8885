package io.vigie.topology.signals;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * One theme of one offer. At most some 5 kB: 192 hours, {@value #CUSTOMERS_MAX} customers, {@value #RECENT_MAX} mentions and
 * the bounded shares of {@link Usual}.
 */
final class Series {
    /** A customer counts once within seven days, as long as not more than this many others came in between. */
    private static final int CUSTOMERS_MAX = 128;

    private static final int RECENT_MAX = 32;

    private final Counts counts;
    private final Dispersion byDay;
    private final Dispersion byWeek;
    private final Usual usual;
    /** Customers and the hour in which they were counted, in the order of their coming. */
    private final Map<Long, Long> customers = new LinkedHashMap<>();
    /** Oldest first. */
    private final Deque<Recent> recent = new ArrayDeque<>();

    /** Of the last signal: its first hour, and the first one after its cool-down. */
    private long toldFrom = Long.MIN_VALUE;

    private long quietUntil = Long.MIN_VALUE;

    private Series(Counts counts, Dispersion byDay, Dispersion byWeek, Usual usual) {
        this.counts = counts;
        this.byDay = byDay;
        this.byWeek = byWeek;
        this.usual = usual;
    }

    /** A mention that may be evidence. */
    record Recent(long hour, String verbatimId, List<String> values) {}

    static Series startingAt(long hour) {
        return new Series(new Counts(hour), new Dispersion(), new Dispersion(), new Usual(hour));
    }

    /** False when this customer was counted within the last week. */
    boolean add(long hour, Mention mention, String theme) {
        forgetCustomersBefore(hour - Season.HOURS);
        if (customers.putIfAbsent(mention.customer(), hour) != null) {
            return false;
        }
        if (customers.size() > CUSTOMERS_MAX) {
            customers.remove(customers.keySet().iterator().next());
        }
        var values = Usual.values(mention, theme);
        counts.add(hour);
        usual.add(hour, values);
        recent.addLast(new Recent(hour, mention.verbatimId(), values));
        if (recent.size() > RECENT_MAX) {
            recent.removeFirst();
        }
        return true;
    }

    private void forgetCustomersBefore(long hour) {
        for (Iterator<Long> hours = customers.values().iterator(); hours.hasNext() && hours.next() < hour; ) {
            hours.remove();
        }
    }

    Counts counts() {
        return counts;
    }

    Dispersion byDay() {
        return byDay;
    }

    Dispersion byWeek() {
        return byWeek;
    }

    Usual usual() {
        return usual;
    }

    /** The newest mentions since an hour, newest first. */
    List<Recent> since(long hour) {
        var since = new ArrayList<Recent>();
        recent.descendingIterator().forEachRemaining(mention -> {
            if (mention.hour() >= hour) {
                since.add(mention);
            }
        });
        return since;
    }

    boolean quietAt(long hour) {
        return hour < quietUntil;
    }

    /** Whether some of these hours are in the last signal or in its cool-down. */
    boolean isTold(long from, int hours) {
        return from < quietUntil && from + hours > toldFrom;
    }

    void tell(long from, long until) {
        toldFrom = from;
        quietUntil = until;
    }

    void write(Encoder out) throws IOException {
        out.writeLong(toldFrom);
        out.writeLong(quietUntil);
        counts.write(out);
        byDay.write(out);
        byWeek.write(out);
        usual.write(out);
        out.writeInt(customers.size());
        for (Map.Entry<Long, Long> customer : customers.entrySet()) {
            out.writeLong(customer.getKey());
            out.writeInt(customer.getValue().intValue());
        }
        out.writeInt(recent.size());
        for (Recent mention : recent) {
            out.writeInt((int) mention.hour());
            out.writeString(mention.verbatimId());
            out.writeInt(mention.values().size());
            for (String value : mention.values()) {
                out.writeString(value);
            }
        }
    }

    static Series read(Decoder in) throws IOException {
        long toldFrom = in.readLong();
        long quietUntil = in.readLong();
        var series = new Series(Counts.read(in), Dispersion.read(in), Dispersion.read(in), Usual.read(in));
        series.tell(toldFrom, quietUntil);
        int customers = in.readInt();
        for (int i = 0; i < customers; i++) {
            long customer = in.readLong();
            series.customers.put(customer, (long) in.readInt());
        }
        int recents = in.readInt();
        for (int i = 0; i < recents; i++) {
            series.recent.addLast(readRecent(in));
        }
        return series;
    }

    private static Recent readRecent(Decoder in) throws IOException {
        long hour = in.readInt();
        String verbatimId = in.readString();
        int size = in.readInt();
        var values = new ArrayList<String>(size);
        for (int i = 0; i < size; i++) {
            values.add(in.readString());
        }
        return new Recent(hour, verbatimId, values);
    }
}
