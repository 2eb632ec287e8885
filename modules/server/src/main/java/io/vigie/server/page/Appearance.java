package io.vigie.server.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Light or dark; the first one leaves it to the system. */
public enum Appearance {
    AUTO,
    LIGHT,
    DARK;

    /** As cookies and addresses name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Appearance> of(String code) {
        return Arrays.stream(values())
                .filter(appearance -> appearance.code().equals(code))
                .findFirst();
    }
}
