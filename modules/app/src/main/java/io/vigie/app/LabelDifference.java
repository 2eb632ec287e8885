package io.vigie.app;

import io.vigie.events.Evidence;
import io.vigie.events.Theme;
import io.vigie.events.Verbatim;
import io.vigie.understanding.Span;
import io.vigie.understanding.TaxonomyDiff;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What changes when verbatims are labelled anew: by theme, and of intents and severities. One thread only. */
final class LabelDifference {
    /** Beyond, further kinds are not told apart: somebody else's labels may be anything. */
    private static final int KINDS_MAX = 10_000;

    private static final String OTHERS = "others";

    private final int shown;
    private final Map<String, Tally> themes = new TreeMap<>();
    private final Map<String, Long> intents = new TreeMap<>();
    private final Map<String, Long> severities = new TreeMap<>();
    private final Map<String, Long> classifiers = new TreeMap<>();
    private long verbatims;
    private long changed;
    private long sameName;

    /** @param shown how many examples to keep of each theme, of those gained and of those lost */
    LabelDifference(int shown) {
        this.shown = shown;
    }

    /** Both are of the same verbatim. */
    void add(Verbatim before, Verbatim after) {
        Map<String, Theme> old = byId(before);
        Map<String, Theme> now = byId(after);
        old.keySet().forEach(theme -> tally(theme).before++);
        now.keySet().forEach(theme -> tally(theme).after++);
        boolean same = old.keySet().equals(now.keySet());
        now.forEach((theme, found) -> {
            if (!old.containsKey(theme)) {
                tally(theme).gained.add(before, found, shown);
            }
        });
        old.forEach((theme, found) -> {
            if (!now.containsKey(theme)) {
                tally(theme).lost.add(before, found, shown);
            }
        });
        same &= moved(intents, before.getIntent().name(), after.getIntent().name());
        same &= moved(severities, "" + before.getSeverity(), "" + after.getSeverity());
        verbatims++;
        changed += same ? 0 : 1;
        sameName += !same && before.getClassifier().equals(after.getClassifier()) ? 1 : 0;
        classifiers.merge(kind(classifiers, before.getClassifier()), 1L, Long::sum);
    }

    long verbatims() {
        return verbatims;
    }

    long changed() {
        return changed;
    }

    /** How many would be labelled otherwise by a classifier of the same name: it ought to have another one. */
    long sameName() {
        return sameName;
    }

    /** The themes that changed, and what moved. */
    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "%-40s %11s %11s %11s %11s%n", "theme", "before", "after", "gained", "lost");
        themes.forEach((theme, tally) -> {
            if (tally.gained.count + tally.lost.count > 0) {
                out.printf(
                        Locale.ROOT,
                        "%-40s %,11d %,11d %,11d %,11d%n",
                        theme,
                        tally.before,
                        tally.after,
                        tally.gained.count,
                        tally.lost.count);
                tally.gained.examples.forEach(example -> out.println("  + " + example));
                tally.lost.examples.forEach(example -> out.println("  - " + example));
            }
        });
        print("intent", intents, out);
        print("severity", severities, out);
        classifiers.forEach((name, count) -> out.printf(Locale.ROOT, "%,d labelled by %s%n", count, name));
        out.printf(
                Locale.ROOT, "%,d verbatims, of which %,d get another theme, intent or severity%n", verbatims, changed);
    }

    private static void print(String what, Map<String, Long> moves, PrintWriter out) {
        moves.forEach((move, count) -> out.printf(Locale.ROOT, "%s %s: %,d%n", what, move, count));
    }

    private static boolean moved(Map<String, Long> moves, String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        moves.merge(kind(moves, from + " -> " + to), 1L, Long::sum);
        return false;
    }

    private Tally tally(String theme) {
        return themes.computeIfAbsent(kind(themes, theme), _ -> new Tally());
    }

    private static String kind(Map<String, ?> known, String name) {
        return known.containsKey(name) || known.size() < KINDS_MAX ? name : OTHERS;
    }

    private static Map<String, Theme> byId(Verbatim verbatim) {
        return verbatim.getThemes().stream()
                .collect(Collectors.toMap(Theme::getTheme, Function.identity(), (first, _) -> first, TreeMap::new));
    }

    private static final class Tally {
        private final Side gained = new Side();
        private final Side lost = new Side();
        private long before;
        private long after;
    }

    private static final class Side {
        private final List<String> examples = new ArrayList<>();
        private long count;

        void add(Verbatim verbatim, Theme theme, int shown) {
            count++;
            if (examples.size() < shown) {
                examples.add(verbatim.getVerbatimId() + ": " + excerpt(verbatim.getText(), theme));
            }
        }
    }

    /** Whoever wrote the evidence may have written it wrongly. */
    private static String excerpt(String text, Theme theme) {
        if (text.isEmpty()) {
            return "";
        }
        int end = text.length();
        Evidence first = theme.getEvidence().isEmpty()
                ? new Evidence(0, 1)
                : theme.getEvidence().getFirst();
        int from = Math.clamp(first.getStart(), 0, end - 1);
        return TaxonomyDiff.excerpt(text, new Span(from, Math.clamp(first.getEnd(), from + 1, end)));
    }
}
