package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * A period held against the one before it.
 *
 * @param difference of the totals, in words
 * @param lists what has become more and less frequent
 * @param sentiment how the tone has changed, in words
 * @param close this page without the comparison
 */
public record ComparisonView(
        Figure now, Figure before, String difference, Optional<String> sentiment, List<Lists> lists, String close) {
    public ComparisonView {
        lists = List.copyOf(lists);
    }

    /** What differs of one kind. */
    public record Lists(String title, List<Row> rows) {
        public Lists {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Something of which there is more or less.
     *
     * @param isRising whether there is more of it now
     */
    public record Row(
            String name,
            boolean isRising,
            String change,
            String now,
            String nowAddress,
            String before,
            String beforeAddress) {}
}
