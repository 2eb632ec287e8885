package io.vigie.server.page;

import io.vigie.events.Verbatim;
import io.vigie.index.Highlight;
import io.vigie.server.page.Piece.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which parts of a long text are shown in a list: around the words that were searched, else around what it is about. */
final class Snippet {
    /** Up to this length a text is shown whole. */
    static final int WHOLE_MAX = 420;

    static final int PARTS_MAX = 2;
    private static final int AROUND = 130;
    private static final int WORD_MAX = 24;

    private Snippet() {}

    static List<Range> of(Verbatim verbatim, List<Highlight> found) {
        String text = verbatim.getText();
        if (text.length() <= WHOLE_MAX) {
            return List.of(new Range(0, text.length()));
        }
        var parts = new ArrayList<Range>();
        for (int at : found.isEmpty() ? evidence(verbatim) : starts(found)) {
            if (at < 0 || at >= text.length() || parts.stream().anyMatch(part -> part.covers(at))) {
                continue;
            }
            add(parts, around(text, at));
            if (parts.size() == PARTS_MAX) {
                break;
            }
        }
        if (parts.isEmpty()) {
            parts.add(around(text, AROUND));
        }
        return List.copyOf(parts);
    }

    private static List<Integer> starts(List<Highlight> found) {
        return found.stream().map(Highlight::start).toList();
    }

    private static List<Integer> evidence(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .flatMap(theme -> theme.getEvidence().stream())
                .flatMap(evidence -> Stream.of(evidence.getStart()))
                .sorted()
                .toList();
    }

    /** Parts that meet become one. */
    private static void add(List<Range> parts, Range next) {
        if (!parts.isEmpty() && next.start() <= parts.getLast().end()) {
            Range last = parts.removeLast();
            parts.add(new Range(last.start(), next.end()));
        } else {
            parts.add(next);
        }
    }

    private static Range around(String text, int at) {
        int start = at <= AROUND ? 0 : wordStart(text, at - AROUND);
        int end = at + AROUND >= text.length() ? text.length() : wordEnd(text, at + AROUND);
        return new Range(start, end);
    }

    /** At the space before, unless a word is very long. */
    private static int wordStart(String text, int at) {
        for (int i = at; i > Math.max(0, at - WORD_MAX); i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
    }

    private static int wordEnd(String text, int at) {
        for (int i = at; i < Math.min(text.length(), at + WORD_MAX); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }
}
