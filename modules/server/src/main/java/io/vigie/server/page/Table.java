package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * Rows under heads.
 *
 * @param caption what the table is about; shown to those who cannot see where it stands too
 */
public record Table(String caption, List<Head> heads, List<List<Cell>> rows) {
    public Table {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /**
     * What is over a column.
     *
     * @param isNumber whether what is below is a number, and stands to the right
     */
    public record Head(String text, boolean isNumber) {}

    /**
     * What is in one place.
     *
     * @param address of what it counts or names, if any
     * @param note below it, small
     */
    public record Cell(String text, Optional<String> address, Optional<String> note) {
        public Cell noting(String remark) {
            return new Cell(text, address, Optional.of(remark));
        }
    }

    public static Cell cell(String text) {
        return new Cell(text, Optional.empty(), Optional.empty());
    }

    public static Cell cell(String text, String address) {
        return new Cell(text, Optional.of(address), Optional.empty());
    }
}
