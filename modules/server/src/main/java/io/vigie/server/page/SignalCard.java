package io.vigie.server.page;

import java.util.Optional;

/**
 * A signal in a list.
 *
 * @param title what has risen
 * @param badge what kind of signal it is
 * @param address of its own page
 * @param observed customers, and what they said
 * @param expected customers, and what was said before
 * @param ratio how much more that is, in words
 * @param told since when, and how sure it is
 * @param said what the last of them said, shortened
 * @param muted until when it is not to be seen, in words
 */
public record SignalCard(
        String id,
        String title,
        String badge,
        String address,
        Linked offer,
        Linked observed,
        Linked expected,
        String ratio,
        String told,
        Optional<Quote> said,
        Optional<String> muted) {

    /**
     * What a customer said.
     *
     * @param language as HTML names it; empty when it is not known
     */
    public record Quote(String text, String language) {}
}
