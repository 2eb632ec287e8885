package io.vigie.server;

import io.vigie.server.page.ThemeEntry;
import java.time.ZoneId;
import java.util.List;

/**
 * What the pages know besides what is indexed.
 *
 * @param themes of the taxonomy, in its order
 * @param zone whose clocks the pages show, and whose calendar their dates follow
 */
public record Presentation(List<ThemeEntry> themes, ZoneId zone) {
    public Presentation {
        themes = List.copyOf(themes);
    }
}
