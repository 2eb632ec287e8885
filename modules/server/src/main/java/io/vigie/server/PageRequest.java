package io.vigie.server;

import io.vigie.server.access.User;
import io.vigie.server.page.Appearance;
import io.vigie.server.page.Wording;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser asks of a page.
 *
 * @param path of the address
 * @param places values of the path's parameters, by name
 * @param query what follows the question mark, as it was sent, without language and appearance; empty when nothing does
 * @param swap what a script of the page asks for instead of a whole page; empty for a plain request
 * @param user who asks, when he is known
 * @param upload the body of a form
 */
record PageRequest(
        String path,
        Map<String, String> places,
        String query,
        Wording wording,
        Appearance appearance,
        Optional<Swap> swap,
        Optional<User> user,
        Upload upload) {
    PageRequest {
        places = Map.copyOf(places);
    }

    /**
     * A request for a part of a page.
     *
     * @param target id of the element that is to be replaced; empty when it has none
     * @param trigger name of the field that was typed in; empty when it was none
     * @param current address that the browser shows
     */
    record Swap(String target, String trigger, String current) {}

    /** A parameter of the path; it must be one of the route. */
    String place(String name) {
        return Optional.ofNullable(places.get(name)).orElseThrow();
    }

    /**
     * Who signs what is sent here.
     *
     * @param typed the name in the form, which counts where nobody is asked who he is
     */
    String signed(String typed) {
        return user.flatMap(User::login).orElse(typed);
    }

    /** Of this page, but for language and appearance. */
    String address() {
        return query.isEmpty() ? path : path + "?" + query;
    }
}
