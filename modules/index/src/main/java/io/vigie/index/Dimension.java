package io.vigie.index;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What verbatims can be filtered and counted by. */
public enum Dimension {
    /** Offer id, or {@code unassigned}. */
    OFFER("offer"),
    /** Id of a leaf of the taxonomy; a verbatim has none, one or several. */
    THEME("theme"),
    /** Symbol of {@link io.vigie.events.Intent}. */
    INTENT("intent"),
    /** Symbol of {@link io.vigie.events.Kind}. */
    KIND("kind"),
    /** {@code fr}, {@code en} or {@code und}. */
    LANGUAGE("lang"),
    /** Symbol of {@link io.vigie.events.Channel}. */
    CHANNEL("channel");

    private static final Map<String, Dimension> BY_PARAMETER =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Dimension::parameter, Function.identity()));

    private final String parameter;

    Dimension(String parameter) {
        this.parameter = parameter;
    }

    /** Its name in the query language and in the HTTP API. */
    public String parameter() {
        return parameter;
    }

    /** The dimension of a name of the HTTP API, empty when there is none. */
    public static Optional<Dimension> ofParameter(String name) {
        return Optional.ofNullable(BY_PARAMETER.get(name));
    }
}
