package io.vigie.topology;

import io.vigie.events.Verbatim;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What the counts have to know of a change: what was counted of one verbatim about one offer, and what is to be counted now.
 *
 * @param before null when nothing was counted about this offer
 * @param after null when nothing is to be counted any more; at least one of the two is there
 */
record FactsChange(@Nullable Facts before, @Nullable Facts after) {
    static final int VERSION = 1;

    /** One for each offer that is concerned; none when all stays as it was. */
    static List<FactsChange> of(VerbatimChange change) {
        Facts before = counted(change.before());
        Facts after = counted(change.after());
        if (Objects.equals(before, after)) {
            return List.of();
        }
        if (before != null && after != null && !before.offerId().equals(after.offerId())) {
            return List.of(new FactsChange(before, null), new FactsChange(null, after));
        }
        return List.of(new FactsChange(before, after));
    }

    /** A verbatim without a theme is in no row. */
    private static @Nullable Facts counted(@Nullable Verbatim verbatim) {
        return verbatim == null || verbatim.getThemes().isEmpty() ? null : Facts.of(verbatim);
    }

    String offerId() {
        return Objects.requireNonNull(after == null ? before : after).offerId();
    }

    /** What changes in each row; rows in which nothing does are left out. */
    Map<Row, Contribution> contributions(Windows windows, Instant now) {
        var net = new LinkedHashMap<Row, Contribution>();
        if (after != null) {
            windows.rows(after, now).forEach(row -> net.merge(row, after.one(), Contribution::plus));
        }
        if (before != null) {
            var taken = before.one().negated();
            windows.rows(before, now).forEach(row -> net.merge(row, taken, Contribution::plus));
        }
        net.values().removeIf(Contribution::changesNothing);
        return net;
    }

    void write(Encoder to) throws IOException {
        to.writeInt(VERSION);
        write(before, to);
        write(after, to);
    }

    private static void write(@Nullable Facts facts, Encoder to) throws IOException {
        to.writeBoolean(facts != null);
        if (facts != null) {
            facts.write(to);
        }
    }

    static FactsChange read(Decoder from) throws IOException {
        StoredForm.require(VERSION, from.readInt());
        return new FactsChange(readFacts(from), readFacts(from));
    }

    private static @Nullable Facts readFacts(Decoder from) throws IOException {
        return from.readBoolean() ? Facts.read(from) : null;
    }
}
