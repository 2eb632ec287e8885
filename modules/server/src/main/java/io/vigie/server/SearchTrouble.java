package io.vigie.server;

import io.vigie.index.Refused;
import io.vigie.server.page.SearchView.Trouble;
import io.vigie.server.page.SearchView.Way;
import io.vigie.server.page.Wording;
import java.util.Optional;

/**
 * What is wrong with a search, where, and what was likely meant.
 *
 * @param status of the answer
 * @param told in the words of the page
 */
record SearchTrouble(int status, Trouble told) {
    private static final int AROUND = 60;

    /**
     * Of the index.
     *
     * @param q what was typed
     * @param meant what was probably meant, and how many it finds
     */
    static SearchTrouble of(Refused refused, String q, Optional<Way> meant, Wording in) {
        Fault fault = switch (refused.reason()) {
            case SYNTAX -> Fault.QUERY_SYNTAX;
            case TOO_COMPLEX, TOO_SLOW -> Fault.QUERY_TOO_COSTLY;
            case TOO_LONG, BAD_CURSOR, BAD_PARAMETER -> Fault.BAD_PARAMETER;
            case CURSOR_EXPIRED -> Fault.CURSOR_EXPIRED;
        };
        String title = Pages.title(fault, in);
        if (refused.column().isEmpty()) {
            return new SearchTrouble(fault.status, plain(title, refused.detail(), in));
        }
        int column = refused.column().getAsInt();
        int at = Math.clamp(column - 1, 0, q.length());
        int from = Math.max(0, at - AROUND);
        String sign = at < q.length() ? q.substring(at, at + 1) : "";
        String rest = at < q.length() ? q.substring(at + 1, Math.min(q.length(), at + AROUND)) : "";
        Trouble told = new Trouble(
                in.say("trouble.place", title, column),
                Refusals.said(refused.detail(), in),
                Refusals.isEnglish(refused.detail(), in),
                true,
                (from > 0 ? "…" : "") + q.substring(from, at),
                sign.isBlank() ? "␣" : sign,
                rest,
                meant);
        return new SearchTrouble(fault.status, told);
    }

    /** Of its address. */
    static SearchTrouble of(Problem problem, Wording in) {
        return new SearchTrouble(problem.status(), plain(Pages.title(problem.fault(), in), problem.detail(), in));
    }

    private static Trouble plain(String title, String detail, Wording in) {
        return new Trouble(
                title, Refusals.said(detail, in), Refusals.isEnglish(detail, in), false, "", "", "", Optional.empty());
    }
}
