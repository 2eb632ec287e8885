package io.vigie.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The fields of a form as a browser sends them. */
final class Form {
    private static final int BODY_BYTES_MAX = 256 * 1024;

    private final Parameters fields;

    private Form(Parameters fields) {
        this.fields = fields;
    }

    /**
     * Refuses what has other fields.
     *
     * @param unbounded the one that may be long; its reader limits it
     */
    static Form of(PageRequest request, Set<String> known, String unbounded) throws Refusal, IOException {
        String body = new String(request.upload().read(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        return new Form(Parameters.of(body, known, unbounded));
    }

    /** Without the space around it, and with line ends as they are everywhere else; empty when nothing was written. */
    String text(String name) throws Refusal {
        return fields.one(name).orElse("").replace("\r\n", "\n").strip();
    }

    Optional<String> find(String name) throws Refusal {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    /** All that were ticked. */
    List<String> ticked(String name) {
        return fields.each(name);
    }
}
