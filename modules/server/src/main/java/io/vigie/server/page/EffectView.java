package io.vigie.server.page;

import java.util.Optional;

/**
 * Whether what was decided has helped.
 *
 * @param verdict in a word or two
 * @param look class of the badge
 * @param because in a sentence
 * @param change of the share, with its interval
 * @param until when the window is over, while it is not
 */
public record EffectView(
        String verdict,
        String look,
        String because,
        Optional<String> change,
        Optional<String> until,
        Bar before,
        Bar after) {
    /**
     * One window.
     *
     * @param share as it is written
     * @param width of the bar, such as {@code 12.5%}
     * @param cases in words, with how many
     * @param of in words, with how many
     */
    public record Bar(
            String name,
            String days,
            String share,
            String width,
            String cases,
            String casesAddress,
            String of,
            String ofAddress) {}
}
