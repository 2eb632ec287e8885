package io.vigie.server;

import java.util.Map;
import java.util.Optional;

/**
 * What a page answers.
 *
 * @param count how many verbatims were found, for the journal
 * @param headers besides those of every page
 */
record PageAnswer(int status, String html, Map<String, String> headers, Optional<Long> count) {
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;

    PageAnswer {
        headers = Map.copyOf(headers);
    }

    static PageAnswer page(String html) {
        return page(OK, html);
    }

    static PageAnswer page(int status, String html) {
        return new PageAnswer(status, html, Map.of(), Optional.empty());
    }

    /** @param address of this server, with its path first */
    static PageAnswer seeOther(String address) {
        return new PageAnswer(SEE_OTHER, "", Map.of("Location", address), Optional.empty());
    }

    PageAnswer counting(long verbatims) {
        return new PageAnswer(status, html, headers, Optional.of(verbatims));
    }

    PageAnswer with(Map<String, String> more) {
        return new PageAnswer(status, html, more, count);
    }
}
