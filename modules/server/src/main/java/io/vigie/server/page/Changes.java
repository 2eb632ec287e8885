package io.vigie.server.page;

import java.util.List;

/**
 * What of several things there is now and was before.
 *
 * @param head over the names
 * @param note below, for example how many more there are; may be empty
 */
public record Changes(String id, String title, String head, List<Row> rows, String note) {
    public Changes {
        rows = List.copyOf(rows);
    }

    /**
     * One of them.
     *
     * @param width how long its bar is, as an attribute of SVG
     * @param share of all, now
     * @param change of that share
     * @param verdict what that says, when it says something
     * @param kind how the verdict looks: {@code bad}, {@code good} or nothing
     */
    public record Row(
            String name,
            Linked now,
            Linked before,
            String width,
            String share,
            String change,
            String verdict,
            String kind) {}
}
