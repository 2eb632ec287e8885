package io.vigie.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.jspecify.annotations.Nullable;

/**
 * Purges segments piece by piece: Lucene's own way starts the merges of all segments with deletions at once, and a writer
 * with more than a few merges under way makes the thread wait that writes. All other merges are as they were.
 */
final class PurgeMerges extends FilterMergePolicy {
    /** Small segments up to this size together are merged into one; a larger one is rewritten alone. */
    private static final long TOGETHER_BYTES_MAX = 64L << 20;

    private volatile Set<String> targets = Set.of();

    PurgeMerges(MergePolicy in) {
        super(in);
    }

    /** Which segments are to be rewritten without what is deleted in them. */
    void aimAt(Set<String> segments) {
        targets = Set.copyOf(segments);
    }

    @Override
    public @Nullable MergeSpecification findForcedDeletesMerges(SegmentInfos infos, MergeContext context)
            throws IOException {
        var merging = context.getMergingSegments();
        if (merging.stream().anyMatch(this::isTarget)) {
            return null;
        }
        var next = new ArrayList<SegmentCommitInfo>();
        long bytes = 0;
        for (var segment : smallestFirst(infos)) {
            bytes += segment.sizeInBytes();
            if (next.isEmpty() || bytes <= TOGETHER_BYTES_MAX) {
                next.add(segment);
            }
        }
        if (next.isEmpty()) {
            return null;
        }
        var merges = new MergeSpecification();
        merges.add(new OneMerge(next));
        return merges;
    }

    private List<SegmentCommitInfo> smallestFirst(SegmentInfos infos) throws IOException {
        record Sized(SegmentCommitInfo segment, long bytes) {}
        var sized = new ArrayList<Sized>();
        for (var segment : infos) {
            if (isTarget(segment)) {
                sized.add(new Sized(segment, segment.sizeInBytes()));
            }
        }
        sized.sort(Comparator.comparingLong(Sized::bytes));
        return sized.stream().map(Sized::segment).toList();
    }

    private boolean isTarget(SegmentCommitInfo segment) {
        return targets.contains(segment.info.name);
    }
}
