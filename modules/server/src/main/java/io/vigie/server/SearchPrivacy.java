package io.vigie.server;

import java.util.regex.Pattern;

/**
 * Keeps personal data that somebody searches for out of the addresses that a browser keeps and people share. Only what was
 * typed is looked at; ids of verbatims, which lists name, are no words.
 */
final class SearchPrivacy {
    private static final Pattern ID = Pattern.compile("(?<![\\p{L}\\p{N}])id:\"[^\"]*\"");

    private final PersonalData personal;

    SearchPrivacy(PersonalData personal) {
        this.personal = personal;
    }

    boolean isPersonal(SearchState state) {
        // A number of which each part is in quotes is that number.
        return personal.isIn(ID.matcher(state.q()).replaceAll(" ").replace("\"", ""));
    }

    /** The search whose address may be kept: the same, or without its words. */
    SearchState kept(SearchState state) {
        return isPersonal(state) ? state.asking("") : state;
    }

    /** The request with the address that may be kept. */
    PageRequest kept(PageRequest request, SearchState state) {
        if (!isPersonal(state)) {
            return request;
        }
        String address = kept(state).address();
        int question = address.indexOf('?');
        return new PageRequest(
                request.path(),
                request.places(),
                question < 0 ? "" : address.substring(question + 1),
                request.wording(),
                request.appearance(),
                request.swap(),
                request.user(),
                request.upload());
    }
}
