package io.vigie.server.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts over time, drawn on the server as SVG with the same numbers in a table beside it. Places and sizes are parts of
 * the drawing in percent, so that it fits any width without its letters being stretched. Each series has a colour and a
 * pattern of its own: colour alone tells nothing.
 *
 * @param id different from those of other charts of the page
 * @param title what is counted
 * @param description what is to be seen, in a sentence
 * @param head of the column of the table that names the columns of the chart
 * @param series from the bottom up, at most {@value #SERIES_MAX}
 * @param columns from left to right; each has one value for each series
 * @param markers what happened when
 */
public record Chart(
        String id,
        String title,
        String description,
        String head,
        List<String> series,
        List<Column> columns,
        List<Marker> markers,
        Wording wording) {
    /** More cannot be told apart. */
    public static final int SERIES_MAX = 4;

    private static final int LABELS_MAX = 6;
    private static final double GAP = 0.12;
    private static final double HEADROOM = 100;

    public Chart {
        series = List.copyOf(series);
        columns = List.copyOf(columns);
        markers = List.copyOf(markers);
        if (series.isEmpty() || series.size() > SERIES_MAX) {
            throw new IllegalArgumentException("a chart has 1 to " + SERIES_MAX + " series, not " + series.size());
        }
    }

    /**
     * What is counted at one place.
     *
     * @param label in full, for the table and whoever points at it
     * @param tick below the chart, short
     * @param address of what is counted there
     * @param from where it begins, as an address says it; empty where nothing can be chosen by drawing over it
     * @param to where it ends, as an address says it
     * @param parts what each series counts there
     */
    public record Column(
            String label, String tick, Optional<String> address, String from, String to, List<Count> parts) {
        public Column {
            parts = List.copyOf(parts);
        }

        public List<Long> values() {
            return parts.stream().map(Count::value).toList();
        }

        public long total() {
            return parts.stream().mapToLong(Count::value).sum();
        }
    }

    /**
     * A number of verbatims.
     *
     * @param address of exactly these; empty where there is no such list
     */
    public record Count(long value, Optional<String> address) {
        /** Nothing has no list. */
        public static Count of(long value, String address) {
            return new Count(value, value == 0 ? Optional.empty() : Optional.of(address));
        }
    }

    /**
     * Something that happened.
     *
     * @param column number of the column it belongs to, from 0
     */
    public record Marker(int column, String label, Optional<String> address) {}

    /**
     * A rule across the chart.
     *
     * @param y from the top, in percent
     */
    public record Line(String label, String y) {}

    /** A part of a bar; places in percent. */
    public record Part(int column, int series, String x, String y, String width, String height) {}

    /**
     * A name below the chart.
     *
     * @param x its middle, in percent
     */
    public record Label(String text, String x, boolean isFirst, boolean isLast) {}

    /** The round number at the top. */
    public long top() {
        long most = Math.max(1, columns.stream().mapToLong(Column::total).max().orElse(0));
        long power = 1;
        while (power * 10 <= most) {
            power *= 10;
        }
        for (long step : new long[] {1, 2, 3, 4, 5, 6, 8, 10}) {
            if (step * power >= most) {
                return step * power;
            }
        }
        return most;
    }

    /** From the top to the bottom. */
    public List<Line> lines() {
        long top = top();
        var lines = new ArrayList<Line>();
        lines.add(new Line(wording.number(top), percent(0)));
        if (top % 2 == 0) {
            lines.add(new Line(wording.number(top / 2), percent(HEADROOM / 2)));
        }
        lines.add(new Line(wording.number(0), percent(HEADROOM)));
        return lines;
    }

    /** Those of the bars, which stand on each other, from the bottom up. */
    public List<Part> parts() {
        var parts = new ArrayList<Part>();
        double width = 100.0 / columns.size();
        for (int column = 0; column < columns.size(); column++) {
            double bottom = HEADROOM;
            for (int one = 0; one < series.size(); one++) {
                long value = columns.get(column).values().get(one);
                if (value == 0) {
                    continue;
                }
                double height = HEADROOM * value / top();
                bottom -= height;
                parts.add(new Part(
                        column,
                        one,
                        percent(column * width + width * GAP / 2),
                        percent(bottom),
                        percent(width * (1 - GAP)),
                        percent(height)));
            }
        }
        return parts;
    }

    /** The middle of a column. */
    public String middle(int column) {
        return percent((column + 0.5) * 100.0 / columns.size());
    }

    /** The left end of a column. */
    public String left(int column) {
        return percent(column * 100.0 / columns.size());
    }

    public String width() {
        return percent(100.0 / columns.size());
    }

    /** Few enough to be read beside each other. */
    public List<Label> labels() {
        var labels = new ArrayList<Label>();
        int step = Math.max(1, (columns.size() + LABELS_MAX - 1) / LABELS_MAX);
        for (int column = 0; column < columns.size(); column += step) {
            labels.add(new Label(
                    columns.get(column).tick(), middle(column), column == 0, column + step >= columns.size()));
        }
        return labels;
    }

    /** What is said of a column when it is pointed at. */
    public String told(Column column) {
        var told = new StringBuilder(wording.pair(column.label(), wording.number(column.total())));
        if (series.size() > 1) {
            for (int one = 0; one < series.size(); one++) {
                told.append(one == 0 ? " (" : ", ")
                        .append(series.get(one))
                        .append(' ')
                        .append(wording.number(column.values().get(one)));
            }
            told.append(')');
        }
        return told.toString();
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.3f%%", part);
    }
}
