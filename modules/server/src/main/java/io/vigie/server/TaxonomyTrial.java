package io.vigie.server;

import io.vigie.events.Verbatim;
import io.vigie.server.page.ThemeEntry;
import java.util.List;
import java.util.Optional;

/** Tries taxonomies on verbatims and changes nothing: understanding is another module's. Any thread may ask. */
public interface TaxonomyTrial {
    /**
     * What would be understood otherwise if a proposed taxonomy took the place of the present one.
     *
     * @param proposed the text of the file
     */
    Outcome tried(String proposed, List<Verbatim> verbatims);

    /** How a theme of the present taxonomy is recognised, and which of its cues do so; empty when there is no such theme. */
    Optional<Rules> rules(String theme, List<Verbatim> verbatims);

    /** What a proposed taxonomy comes to. */
    sealed interface Outcome permits Wrong, Difference {}

    /**
     * It cannot be used.
     *
     * @param problems all of them, in English, each beginning with {@code line n: }
     */
    record Wrong(List<String> problems) implements Outcome {
        public Wrong {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What it would change, all else being the same.
     *
     * @param present version of the present taxonomy
     * @param proposed version of the other one
     * @param warnings what may be meant so, as {@link Wrong#problems}
     * @param changes each theme of either taxonomy, in the order of the proposed one
     * @param changed how many verbatims gain or lose a theme
     * @param silentBefore how many have no theme now
     * @param silentAfter how many would have none
     */
    record Difference(
            String present,
            String proposed,
            List<String> warnings,
            List<Change> changes,
            long changed,
            long silentBefore,
            long silentAfter)
            implements Outcome {
        public Difference {
            warnings = List.copyOf(warnings);
            changes = List.copyOf(changes);
        }
    }

    /** Which of the taxonomies have a theme. */
    enum Presence {
        BOTH,
        ONLY_PRESENT,
        ONLY_PROPOSED
    }

    /** What changes under one theme: ids of verbatims, in the order in which they were given. */
    record Change(
            ThemeEntry theme,
            Presence presence,
            List<String> before,
            List<String> after,
            List<String> gained,
            List<String> lost) {
        public Change {
            before = List.copyOf(before);
            after = List.copyOf(after);
            gained = List.copyOf(gained);
            lost = List.copyOf(lost);
        }
    }

    /**
     * How a theme is recognised.
     *
     * @param severity 0 to 4, by itself
     * @param cues as they are written, in the order of the file
     * @param unless what silences them
     * @param examples texts that must have the theme
     * @param counterExamples texts that must not
     * @param found verbatims that have it by the present taxonomy
     * @param learned those of them that no cue found: the model did
     */
    record Rules(
            int severity,
            List<Cue> cues,
            List<String> unless,
            List<String> examples,
            List<String> counterExamples,
            List<String> found,
            List<String> learned) {
        public Rules {
            cues = List.copyOf(cues);
            unless = List.copyOf(unless);
            examples = List.copyOf(examples);
            counterExamples = List.copyOf(counterExamples);
            found = List.copyOf(found);
            learned = List.copyOf(learned);
        }
    }

    /**
     * A cue.
     *
     * @param hits verbatims that it found
     */
    record Cue(String text, List<String> hits) {
        public Cue {
            hits = List.copyOf(hits);
        }
    }
}
