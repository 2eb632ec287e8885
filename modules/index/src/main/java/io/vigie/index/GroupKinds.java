package io.vigie.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.StringHelper;

/**
 * What verbatims of one segment are about and for: offer, themes and intent as one number. Texts of one pattern with another
 * of these ("my order of ... is late") are no copies of each other.
 */
final class GroupKinds {
    private static final List<Dimension> DIMENSIONS = List.of(Dimension.OFFER, Dimension.THEME, Dimension.INTENT);

    private final SortedSetDocValues[] values = new SortedSetDocValues[DIMENSIONS.size()];
    /** Hash of each value that was met. */
    private final long[][] hashes = new long[DIMENSIONS.size()][];

    GroupKinds(LeafReader segment) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = DocValues.getSortedSet(segment, VerbatimDocument.field(DIMENSIONS.get(i)));
            hashes[i] = new long[Math.toIntExact(values[i].getValueCount())];
        }
    }

    /** Of documents in their order. */
    long of(int document) throws IOException {
        long kind = 0;
        for (int i = 0; i < values.length; i++) {
            kind = TextSignature.mixed(kind + i);
            if (values[i].advanceExact(document)) {
                for (int each = 0; each < values[i].docValueCount(); each++) {
                    kind = TextSignature.mixed(kind + hash(i, values[i].nextOrd()));
                }
            }
        }
        return kind;
    }

    private long hash(int dimension, long ordinal) throws IOException {
        long[] known = hashes[dimension];
        int at = (int) ordinal;
        if (known[at] == 0) {
            known[at] = StringHelper.murmurhash3_x64_128(values[dimension].lookupOrd(ordinal))[0];
        }
        return known[at];
    }
}
