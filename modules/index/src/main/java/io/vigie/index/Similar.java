package io.vigie.index;

import io.vigie.events.Verbatim;
import java.util.List;

/**
 * Verbatims like one of them, all from one state of the index. Looked at are the {@value #CANDIDATES_MAX} that share most;
 * where more than that are copies of the same text, there may be others.
 *
 * @param words of the verbatim that was asked for, as it writes them: those that were searched, most significant first
 * @param nearDuplicates the same text but for a few words, most similar first
 * @param hits others, most similar first, near-duplicates of each other as one
 */
public record Similar(List<String> words, List<NearDuplicate> nearDuplicates, List<SimilarHit> hits) {
    /** Most hits of an answer. */
    public static final int SIZE_MAX = 50;
    /** Most verbatims compared. */
    public static final int CANDIDATES_MAX = 200;

    public Similar {
        words = List.copyOf(words);
        nearDuplicates = List.copyOf(nearDuplicates);
        hits = List.copyOf(hits);
    }

    /**
     * The same text but for a few words.
     *
     * @param resemblance the part of all pairs of neighbouring words that both have, from 0.6 to 1
     */
    public record NearDuplicate(Verbatim verbatim, double resemblance) {}

    /**
     * A similar verbatim.
     *
     * @param score how much it shares, above 0; comparable only within one answer
     * @param words that make it similar, as the verbatim that was asked for writes them, most significant first
     * @param highlights where its own text has them, ascending and not overlapping
     * @param duplicates ids of its near-duplicates
     */
    public record SimilarHit(
            Verbatim verbatim, double score, List<String> words, List<Highlight> highlights, List<String> duplicates) {
        public SimilarHit {
            words = List.copyOf(words);
            highlights = List.copyOf(highlights);
            duplicates = List.copyOf(duplicates);
        }
    }
}
