package io.vigie.index;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;

/**
 * Looks for what arrived between two positions. Positions are of the topic and not of the index, so that neither a merge
 * nor a restart nor a rollback makes anything come twice or not at all.
 *
 * @param since what is before it is known
 * @param searchable what is before it can be found
 * @param max most hits, 1 or more
 */
record ArrivalSearch(Checkpoint since, Checkpoint searchable, int max) {
    private static final Sort ORDER = new Sort(new SortField(VerbatimDocument.ARRIVAL, SortField.Type.LONG));

    private record Found(Arrival arrival, Hit hit) {}

    /** @param query rewritten */
    Arrivals find(IndexSearcher searcher, Query query) throws IOException {
        var restricted = new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(between(), Occur.FILTER)
                .build();
        var top = searcher.search(restricted, new TopFieldCollectorManager(ORDER, max, null, Integer.MAX_VALUE));
        var found = new ArrayList<Found>();
        var documents = searcher.storedFields();
        var highlighter = new Highlighter(searcher, query);
        for (var document : top.scoreDocs) {
            var verbatim = VerbatimDocument.verbatim(documents, document.doc);
            var arrival = Arrival.of((long) ((FieldDoc) document).fields[0]);
            var highlights = highlighter.highlights(document.doc, verbatim.getText());
            found.add(new Found(arrival, new Hit(verbatim, 1, highlights)));
        }
        return arrivals(found, top.totalHits.value());
    }

    /** Few points of few segments are in these ranges, however large the index is. */
    private Query between() {
        var ranges = new BooleanQuery.Builder();
        searchable.nextOffsets().forEach((partition, next) -> {
            long first = since.nextOffset(partition);
            if (first < next) {
                ranges.add(
                        LongPoint.newRangeQuery(
                                VerbatimDocument.ARRIVAL,
                                new Arrival(partition, first).position(),
                                new Arrival(partition, next - 1).position()),
                        Occur.SHOULD);
            }
        });
        return ranges.build();
    }

    private Arrivals arrivals(List<Found> found, long total) {
        var arrived = new ArrayList<Arrivals.Arrived>();
        var next = since;
        for (var one : byTime(found)) {
            next = next.advancedTo(one.arrival().partition(), one.arrival().offset() + 1);
            arrived.add(new Arrivals.Arrived(one.hit(), next));
        }
        var end = since;
        for (var partition : searchable.nextOffsets().entrySet()) {
            end = end.advancedTo(partition.getKey(), partition.getValue());
        }
        // Behind what does not match too, which spares looking at it again.
        return new Arrivals(arrived, total, arrived.size() == total ? end : next, end);
    }

    /** Merges the partitions: the order within one must stay, or a position would pass over what is before it. */
    private static List<Found> byTime(List<Found> found) {
        var partitions = new TreeMap<Integer, Deque<Found>>();
        found.forEach(one -> partitions
                .computeIfAbsent(one.arrival().partition(), _ -> new ArrayDeque<>())
                .add(one));
        var merged = new ArrayList<Found>();
        while (merged.size() < found.size()) {
            partitions.values().stream()
                    .filter(waiting -> !waiting.isEmpty())
                    .min(Comparator.comparing(
                            waiting -> waiting.getFirst().hit().verbatim().getClassifiedAt()))
                    .ifPresent(waiting -> merged.add(waiting.removeFirst()));
        }
        return merged;
    }
}
