package io.vigie.server.page;

import io.vigie.events.Evidence;
import io.vigie.events.Theme;
import io.vigie.index.Highlight;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A stretch of a verbatim's text that is shown in one way.
 *
 * @param isFound whether it is part of a word that was searched
 * @param isMasked whether it stands for personal data
 * @param themes numbers of the themes that it is evidence of
 * @param isGap whether text is left out before it
 */
public record Piece(String text, boolean isFound, boolean isMasked, List<Integer> themes, boolean isGap) {
    private static final Pattern MASKED = Pattern.compile("\\[\\p{Lu}[\\p{Lu}_-]*]");

    public Piece {
        themes = List.copyOf(themes);
    }

    /** Numbers of the themes, as classes of a style. */
    public String classes() {
        var classes = new StringBuilder("evidence");
        themes.forEach(theme -> classes.append(" e").append(theme));
        return classes.toString();
    }

    /** A range of UTF-16 units. */
    record Range(int start, int end) {
        boolean covers(int from) {
            return start <= from && from < end;
        }
    }

    /**
     * Cuts a text wherever something begins or ends. A range that does not fit the text is left out: an older version of
     * the text may have had it.
     *
     * @param shown the parts to show, ascending and not overlapping
     */
    static List<Piece> of(String text, List<Highlight> found, List<Theme> themes, List<Range> shown) {
        var marks = found.stream()
                .map(each -> new Range(each.start(), each.end()))
                .filter(range -> fits(range, text))
                .toList();
        var masks = MASKED.matcher(text)
                .results()
                .map(match -> new Range(match.start(), match.end()))
                .toList();
        var evidence = themes.stream()
                .map(theme -> theme.getEvidence().stream()
                        .map(Piece::range)
                        .filter(range -> fits(range, text))
                        .toList())
                .toList();
        var pieces = new ArrayList<Piece>();
        int before = 0;
        for (Range part : shown) {
            boolean isGap = part.start() > before;
            var cuts = cuts(part, marks, masks, evidence);
            for (int i = 0; i + 1 < cuts.size(); i++) {
                int from = cuts.get(i);
                var of = IntStream.range(0, evidence.size())
                        .filter(theme -> any(evidence.get(theme), from))
                        .boxed()
                        .toList();
                pieces.add(new Piece(
                        text.substring(from, cuts.get(i + 1)),
                        any(marks, from),
                        any(masks, from),
                        of,
                        isGap && i == 0));
            }
            before = part.end();
        }
        return pieces;
    }

    private static Range range(Evidence evidence) {
        return new Range(evidence.getStart(), evidence.getEnd());
    }

    private static boolean fits(Range range, String text) {
        return 0 <= range.start() && range.start() < range.end() && range.end() <= text.length();
    }

    private static boolean any(List<Range> ranges, int at) {
        return ranges.stream().anyMatch(range -> range.covers(at));
    }

    private static List<Integer> cuts(Range part, List<Range> marks, List<Range> masks, List<List<Range>> evidence) {
        var cuts = new TreeSet<Integer>(List.of(part.start(), part.end()));
        var all = new ArrayList<Range>(marks);
        all.addAll(masks);
        evidence.forEach(all::addAll);
        for (Range range : all) {
            for (int cut : new int[] {range.start(), range.end()}) {
                if (part.start() < cut && cut < part.end()) {
                    cuts.add(cut);
                }
            }
        }
        return List.copyOf(cuts);
    }
}
