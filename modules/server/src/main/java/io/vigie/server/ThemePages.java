package io.vigie.server;

import io.vigie.server.page.Section;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The pages of the taxonomy: its themes, one theme with its cues, and what a proposed taxonomy would change. */
final class ThemePages {
    /** Verbatims that one trial reads: a second or two of work. */
    static final int SAMPLE_MAX = 2_000;

    /** Each takes a core. */
    private static final int TRIALS_AT_ONCE_MAX = 1;

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final int RETRY_SECONDS = 5;

    private final Map<String, PageDoor.Page> pages;
    private final Map<String, PageDoor.Page> forms;

    private ThemePages(Map<String, PageDoor.Page> pages, Map<String, PageDoor.Page> forms) {
        this.pages = Map.copyOf(pages);
        this.forms = Map.copyOf(forms);
    }

    /** @param trial without it themes have no cues, and nothing can be tried */
    static ThemePages of(Pages pages, SearchEndpoint search, Optional<TaxonomyTrial> trial) {
        var places = new Admission(TRIALS_AT_ONCE_MAX, WAIT_MAX);
        Map<String, PageDoor.Page> all = new HashMap<>();
        all.put(Section.THEMES.address(), new ThemesPage(pages, search, trial.isPresent())::page);
        all.put(Section.THEMES.address() + "/{id}", new ThemePage(pages, search, trial, places)::page);
        if (trial.isEmpty()) {
            return new ThemePages(all, Map.of());
        }
        var tries = new TrialPage(pages, search, trial.get(), places);
        all.put(TrialPage.PATH, tries::page);
        return new ThemePages(all, Map.of(TrialPage.PATH, tries::tried));
    }

    static Admission.Permit place(Admission places) throws Refusal {
        return places.enter(1)
                .orElseThrow(() -> new Refusal(
                        Problem.of(Fault.BUSY, "another taxonomy is tried right now; try again when that has ended")
                                .retryAfter(RETRY_SECONDS)));
    }

    /** Each by its path. */
    Map<String, PageDoor.Page> pages() {
        return pages;
    }

    Map<String, PageDoor.Page> forms() {
        return forms;
    }
}
