package io.vigie.index;

import io.vigie.index.Comparison.Compared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;

/** The pairs of words of a comparison. */
final class PairComparison {
    /** How many of the likeliest pairs are counted for each that may be listed. */
    private static final int COUNTED_FOR_EACH = 5;
    /** Most verbatims that are looked at to count pairs, in some 0.1 seconds; pairs of two frequent words cost the most. */
    private static final long LOOKED_AT_MAX = 1_000_000;

    private final ComparisonSearch.Side first;
    private final ComparisonSearch.Side second;
    private final IndexSearcher searcher;
    private final int pairsMax;
    private final Deadline deadline;

    /** A pair that chance does not explain. */
    private record Sure(PairCounts.Counted pair, Contrast contrast, double q) {}

    /** @param pairsMax most pairs on each list */
    PairComparison(ComparisonSearch.Side first, ComparisonSearch.Side second, int pairsMax, Deadline deadline) {
        this.first = first;
        this.second = second;
        this.searcher = first.searcher;
        this.pairsMax = pairsMax;
        this.deadline = deadline;
    }

    /** Whatever time is left is theirs; when it is not enough, the rest of the comparison is told without them. */
    Comparison.Pairs answer() throws IOException {
        if (pairsMax == 0 || first.total == 0 || second.total == 0) {
            return Comparison.Pairs.NONE;
        }
        return Attempt.answered(this::pairs, _ -> Comparison.Pairs.TOO_SLOW);
    }

    private Comparison.Pairs pairs() throws IOException, QueryRefused {
        var sample = PairSample.of(
                searcher.storedFields(), first.verbatims, second.verbatims, COUNTED_FOR_EACH * pairsMax, deadline);
        var sure = sure(sample);
        return new Comparison.Pairs(true, sample.tested(), list(sure, true), list(sure, false));
    }

    private List<Sure> sure(PairSample.Likely sample) throws IOException, QueryRefused {
        var counted = new ArrayList<PairCounts.Counted>();
        long looksLeft = LOOKED_AT_MAX;
        for (var pair : sample.likely()) {
            int looks = PairCounts.looks(searcher.getIndexReader(), pair);
            if (looks > looksLeft) {
                continue;
            }
            looksLeft -= looks;
            if (deadline.shouldExit()) {
                throw new QueryRefused(Search.tooSlow());
            }
            var count = PairCounts.count(searcher, pair, first.verbatims, second.verbatims);
            if (count.first() + count.second() >= Comparison.WORD_COUNT_MIN) {
                counted.add(count);
            }
        }
        // They were chosen of all that the sample has; those not counted count as tested and found to be alike.
        double[] p = new double[sample.tested()];
        Arrays.fill(p, 1);
        for (int i = 0; i < counted.size(); i++) {
            p[i] = contrast(counted.get(i)).p();
        }
        double[] q = Significance.adjusted(p);
        var sure = new ArrayList<Sure>();
        for (int i = 0; i < counted.size(); i++) {
            if (q[i] <= Comparison.FALSE_DISCOVERIES_MAX) {
                sure.add(new Sure(counted.get(i), contrast(counted.get(i)), q[i]));
            }
        }
        sure.sort(Comparator.comparingDouble((Sure each) -> each.contrast.g2())
                .reversed()
                .thenComparing(each -> each.pair.pair().plain()));
        return sure;
    }

    private Contrast contrast(PairCounts.Counted pair) {
        return new Contrast(pair.first(), first.total, pair.second(), second.total);
    }

    /** The surest of which one side has more, written as that side mostly does. */
    private List<Compared> list(List<Sure> sure, boolean isRising) throws IOException, QueryRefused {
        var written = new WrittenForm(searcher);
        var list = new ArrayList<Compared>();
        for (var each : sure) {
            if (deadline.shouldExit()) {
                throw new QueryRefused(Search.tooSlow());
            }
            if (list.size() == pairsMax) {
                break;
            }
            var pair = each.pair.pair();
            double difference = each.contrast.difference();
            if (pair.isAskedBy(pair.plain()) && (isRising ? difference > 0 : difference < 0)) {
                String form = written.of(pair, isRising ? each.pair.someOfFirst() : each.pair.someOfSecond());
                String condition = '"' + (pair.isAskedBy(form) ? form : pair.plain()) + '"';
                list.add(new Compared(
                        form,
                        each.contrast,
                        each.q,
                        Narrowing.by(first.request, condition),
                        Narrowing.by(second.request, condition)));
            }
        }
        return list;
    }
}
