package io.vigie.server.page;

import io.vigie.events.Verbatim;

/**
 * The beginning of what a customer said, in a line.
 *
 * @param language of the text, as HTML names it; empty when it is not known
 * @param origin from where and when
 * @param address of the whole
 */
public record Quote(String verbatimId, String text, String language, String origin, String address) {
    private static final int LENGTH_MAX = 240;

    /**
     * The beginning of a verbatim.
     *
     * @param origin before the time
     */
    public static Quote of(Verbatim verbatim, String origin, Wording in) {
        String language = verbatim.getLanguage();
        return new Quote(
                verbatim.getVerbatimId(),
                cut(verbatim.getText().strip().replaceAll("\\s+", " ")),
                language.equals("und") ? "" : language,
                origin + " · " + in.moment(verbatim.getOccurredAt()),
                "/verbatims/" + Addresses.encoded(verbatim.getVerbatimId()));
    }

    private static String cut(String text) {
        if (text.length() <= LENGTH_MAX) {
            return text;
        }
        int end = text.lastIndexOf(' ', LENGTH_MAX);
        return text.substring(0, end > LENGTH_MAX / 2 ? end : LENGTH_MAX) + " …";
    }
}
