package io.vigie.server;

import io.vigie.server.page.Wording;

/** Says in the language of a page what the API says in English. */
final class Refusals {
    private Refusals() {}

    static String said(String detail, Wording in) {
        return in.name("refusal." + detail, detail);
    }
}
