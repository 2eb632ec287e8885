package io.vigie.server.page;

import java.util.List;
import java.util.Optional;

/**
 * What became of what was reported.
 *
 * @param agent whose reports they are; empty when nobody is named
 * @param figures what came of them, summed up
 * @param news what became of them, the newest first
 * @param title of the list
 * @param notice instead of a list, when it is empty
 * @param before the page before, if there is one
 * @param after the page after
 */
public record ReturnsView(
        Frame frame,
        String agent,
        List<Figure> figures,
        List<Chip> chips,
        String none,
        String title,
        List<News> news,
        Optional<Notice> notice,
        Optional<String> before,
        Optional<String> after) {
    public ReturnsView {
        figures = List.copyOf(figures);
        chips = List.copyOf(chips);
        news = List.copyOf(news);
    }

    /**
     * One thing that was done.
     *
     * @param kind in a word
     * @param text more of it; may be empty
     * @param by who did it, and when
     * @param about what it is about: a theme or a question
     * @param reportedTitle over the verbatims that it goes back to
     * @param more how many of them are left out, if any
     */
    public record News(
            String id,
            String kind,
            String title,
            String text,
            String by,
            String offer,
            String offerAddress,
            Optional<Fact> about,
            String reportedTitle,
            List<Quote> reported,
            Optional<String> more,
            Optional<EffectView> effect) {
        public News {
            reported = List.copyOf(reported);
        }
    }
}
