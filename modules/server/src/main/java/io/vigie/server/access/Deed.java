package io.vigie.server.access;

import java.util.Arrays;
import java.util.Optional;

/** What a request does, as the journal names it. */
public enum Deed {
    /** Nothing worth a line: files, health, metrics, events that machines send. */
    NONE,
    /** Verbatims were searched for, or counted. */
    SEARCH,
    /** One verbatim, or what is around it, was opened. */
    OPEN,
    /** Two sets of verbatims were held against each other. */
    COMPARE,
    /** The result of a search was taken away. */
    EXPORT,
    /** Verbatims were followed as they came. */
    LIVE,
    /** Pages and lists that quote or count verbatims: offers, signals, questions, feeds. */
    LOOK,
    /** Something was written: an offer, a saved search, an action. */
    CHANGE,
    /** The erasure of a customer was asked for, or tried. */
    ERASE,
    /** The journal was read. */
    AUDIT,
    LOGIN,
    LOGIN_REFUSED,
    LOGOUT,
    /** Somebody known asked for what his roles do not allow. */
    DENIED;

    public static Optional<Deed> of(String name) {
        return Arrays.stream(values()).filter(deed -> deed.name().equals(name)).findFirst();
    }
}
