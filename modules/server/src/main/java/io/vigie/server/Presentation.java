package io.vigie.server;

import io.vigie.server.page.ThemeEntry;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the pages know, and can have done, besides what is indexed.
 *
 * @param themes of the taxonomy, in its order
 * @param zone whose clocks the pages show, and whose calendar their dates follow
 * @param trial tries taxonomies; without it the pages do not offer that
 * @param replay sends dead letters back; without it the pages only tell the command
 * @param personal finds personal data in what is typed; without it nothing is taken for that
 */
public record Presentation(
        List<ThemeEntry> themes,
        ZoneId zone,
        Optional<TaxonomyTrial> trial,
        Optional<DeadLetterReplay> replay,
        PersonalData personal) {
    public Presentation {
        themes = List.copyOf(themes);
    }

    /** Pages that know these and can have nothing done. */
    public Presentation(List<ThemeEntry> themes, ZoneId zone) {
        this(themes, zone, Optional.empty(), Optional.empty(), _ -> false);
    }

    public Presentation with(TaxonomyTrial other) {
        return new Presentation(themes, zone, Optional.of(other), replay, personal);
    }

    public Presentation with(DeadLetterReplay other) {
        return new Presentation(themes, zone, trial, Optional.of(other), personal);
    }

    public Presentation with(PersonalData other) {
        return new Presentation(themes, zone, trial, replay, other);
    }
}
