package io.vigie.app;

import io.vigie.events.Verbatim;
import io.vigie.server.TaxonomyTrial;
import io.vigie.server.page.ThemeEntry;
import io.vigie.understanding.Engine;
import io.vigie.understanding.Explanation;
import io.vigie.understanding.Taxonomy;
import io.vigie.understanding.TaxonomyCheck;
import io.vigie.understanding.TaxonomyException;
import io.vigie.understanding.Theme;
import io.vigie.understanding.Understood;
import io.vigie.understanding.Utterance;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries taxonomies with the engine. What a verbatim has now is understood anew by the present taxonomy, and not taken from
 * its labels, so that only what the file changes is told, and not what has changed since the verbatim was labelled.
 */
final class TaxonomyTrials implements TaxonomyTrial {
    private final Supplier<Engine> made;
    private @Nullable Engine present;

    /** @param made the engine that is in use; asked once, when somebody wants to know, since few ever do */
    TaxonomyTrials(Supplier<Engine> made) {
        this.made = made;
    }

    private synchronized Engine present() {
        if (present == null) {
            present = made.get();
        }
        return present;
    }

    @Override
    public Outcome tried(String proposed, List<Verbatim> verbatims) {
        try {
            TaxonomyCheck check = TaxonomyCheck.of(new StringReader(proposed));
            if (!check.problems().isEmpty()) {
                return new Wrong(check.problems());
            }
            return difference(Taxonomy.parse(new StringReader(proposed)), check.warnings(), verbatims);
        } catch (TaxonomyException e) {
            return new Wrong(e.problems());
        }
    }

    private Difference difference(Taxonomy proposed, List<String> warnings, List<Verbatim> verbatims) {
        Engine now = present();
        Engine then = Engine.of(proposed);
        var changes = new Changes(now.taxonomy(), proposed);
        verbatims.forEach(verbatim -> {
            Utterance utterance = utterance(verbatim);
            changes.add(
                    verbatim.getVerbatimId(),
                    leaves(now.understandRedacted(utterance)),
                    leaves(then.understandRedacted(utterance)));
        });
        return changes.told(now.taxonomy().version(), proposed.version(), warnings);
    }

    @Override
    public Optional<Rules> rules(String theme, List<Verbatim> verbatims) {
        Engine engine = present();
        return engine.taxonomy().written(theme).map(written -> rules(engine, written, verbatims));
    }

    private static Rules rules(Engine engine, Taxonomy.Written written, List<Verbatim> verbatims) {
        Map<String, List<String>> hits = new LinkedHashMap<>();
        written.cues().forEach(cue -> hits.put(cue, new ArrayList<>()));
        var found = new ArrayList<String>();
        var learned = new ArrayList<String>();
        for (Verbatim verbatim : verbatims) {
            for (Explanation.OfTheme why : engine.explain(utterance(verbatim)).themes()) {
                if (why.id().equals(written.leaf().id())) {
                    found.add(verbatim.getVerbatimId());
                    Set.copyOf(why.cues())
                            .forEach(cue -> hits.computeIfAbsent(cue, _ -> new ArrayList<>())
                                    .add(verbatim.getVerbatimId()));
                    if (why.cues().isEmpty()) {
                        learned.add(verbatim.getVerbatimId());
                    }
                }
            }
        }
        return new Rules(
                written.leaf().severity(),
                hits.entrySet().stream()
                        .map(each -> new Cue(each.getKey(), each.getValue()))
                        .toList(),
                written.unless(),
                written.examples(),
                written.counterExamples(),
                found,
                learned);
    }

    private static Utterance utterance(Verbatim verbatim) {
        return new Utterance(
                verbatim.getText(),
                verbatim.getLanguage(),
                verbatim.getChannel().name(),
                verbatim.getPreferredChannel().map(Enum::name).orElse(null));
    }

    private static Set<String> leaves(Understood understood) {
        return understood.themes().stream().map(Theme::id).collect(Collectors.toSet());
    }

    /** What is counted while verbatims are read. */
    private static final class Changes {
        private final Map<String, Tally> tallies = new LinkedHashMap<>();
        private long changed;
        private long silentBefore;
        private long silentAfter;

        Changes(Taxonomy before, Taxonomy after) {
            ThemeList.of(after).forEach(theme -> tallies.put(theme.id(), new Tally(theme, Presence.ONLY_PROPOSED)));
            for (ThemeEntry theme : ThemeList.of(before)) {
                Tally known = tallies.get(theme.id());
                tallies.put(
                        theme.id(),
                        known == null
                                ? new Tally(theme, Presence.ONLY_PRESENT)
                                : new Tally(known.theme, Presence.BOTH));
            }
        }

        void add(String verbatim, Set<String> before, Set<String> after) {
            changed += before.equals(after) ? 0 : 1;
            silentBefore += before.isEmpty() ? 1 : 0;
            silentAfter += after.isEmpty() ? 1 : 0;
            var either = new HashSet<>(before);
            either.addAll(after);
            either.forEach(theme -> {
                Tally tally = tallies.get(theme);
                if (tally != null) {
                    tally.add(verbatim, before.contains(theme), after.contains(theme));
                }
            });
        }

        Difference told(String present, String proposed, List<String> warnings) {
            return new Difference(
                    present,
                    proposed,
                    warnings,
                    tallies.values().stream().map(Tally::change).toList(),
                    changed,
                    silentBefore,
                    silentAfter);
        }
    }

    private static final class Tally {
        private final ThemeEntry theme;
        private final Presence presence;
        private final List<String> before = new ArrayList<>();
        private final List<String> after = new ArrayList<>();
        private final List<String> gained = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();

        Tally(ThemeEntry theme, Presence presence) {
            this.theme = theme;
            this.presence = presence;
        }

        void add(String verbatim, boolean isBefore, boolean isAfter) {
            if (isBefore) {
                before.add(verbatim);
            }
            if (isAfter) {
                after.add(verbatim);
            }
            if (isBefore != isAfter) {
                (isAfter ? gained : lost).add(verbatim);
            }
        }

        Change change() {
            return new Change(theme, presence, before, after, gained, lost);
        }
    }
}
