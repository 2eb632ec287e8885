package io.vigie.understanding;

import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is wrong with a taxonomy before anybody is understood by it.
 *
 * @param problems what must be mended, in the order of the file, each with its line: what cannot be read, or, when all of
 *     it can, examples that the cues alone miss or find against their author's word, cues that can never match or never
 *     count, and cues that their own list has already
 * @param warnings what may be meant so, in the order of the file, each with its line: leaves without cues in a language,
 *     leaves without examples
 */
public record TaxonomyCheck(List<String> problems, List<String> warnings) {
    public TaxonomyCheck {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /** Checks a taxonomy file; the reader stays open. */
    public static TaxonomyCheck of(Reader in) {
        try {
            return of(Taxonomy.parse(in));
        } catch (TaxonomyException e) {
            return new TaxonomyCheck(e.problems(), List.of());
        }
    }

    static TaxonomyCheck of(Taxonomy taxonomy) {
        var inspection = new Inspection(taxonomy);
        inspection.inspect();
        return new TaxonomyCheck(told(inspection.problems), told(inspection.warnings));
    }

    private static List<String> told(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::line))
                .map(finding -> "line " + finding.line() + ": " + finding.message())
                .toList();
    }

    private record Finding(int line, String message) {}

    private static final class Inspection {
        private final Taxonomy.Contents taxonomy;
        private final CueReader reader;
        private final List<Finding> problems = new ArrayList<>();
        private final List<Finding> warnings = new ArrayList<>();

        Inspection(Taxonomy taxonomy) {
            this.taxonomy = taxonomy.contents();
            this.reader = new CueReader(taxonomy);
        }

        void inspect() {
            taxonomy.leaves().forEach(this::leaf);
            taxonomy.severities().forEach(severity -> cues(severity.cues()));
            cues(taxonomy.intensity().cues());
            taxonomy.churn().forEach(churn -> cues(churn.cues()));
            taxonomy.channels().forEach(channel -> cues(channel.cues()));
            cues(taxonomy.question());
            cues(taxonomy.promise());
        }

        private void leaf(Taxonomy.LeafCues leaf) {
            cues(leaf.cues());
            cues(leaf.unless());
            for (Language language : Language.values()) {
                silenced(leaf.cues().in(language), leaf.unless().in(language));
                if (leaf.cues().in(language).isEmpty()) {
                    warn(leaf, "has no cues in '" + language.tag() + "'");
                }
            }
            leaf.examples().forEach(example -> example(leaf, example));
            if (leaf.examples().isEmpty()) {
                warn(leaf, "has no examples");
            }
        }

        private void cues(Taxonomy.Cues cues) {
            for (Language language : Language.values()) {
                list(cues.in(language));
            }
        }

        private void list(List<Taxonomy.WrittenCue> cues) {
            Map<Cue, Integer> lines = new HashMap<>();
            for (Taxonomy.WrittenCue cue : cues) {
                Integer line = lines.putIfAbsent(cue.cue(), cue.line());
                if (line != null) {
                    problem(cue, "says what line " + line + " says");
                } else if (CueLogic.isImpossible(cue.cue())) {
                    problem(cue, "can never match: it forbids what it asks for");
                }
            }
        }

        /** A cue never counts when whatever it matches also matches what silences its leaf. */
        private void silenced(List<Taxonomy.WrittenCue> cues, List<Taxonomy.WrittenCue> unless) {
            for (Taxonomy.WrittenCue cue : cues) {
                unless.stream()
                        .filter(silence -> CueLogic.implies(cue.cue(), silence.cue()))
                        .findFirst()
                        .ifPresent(silence -> problem(
                                cue,
                                "can never count: <" + silence.text() + "> in line " + silence.line()
                                        + " silences it"));
            }
        }

        private void example(Taxonomy.LeafCues leaf, Taxonomy.Example example) {
            Tokens tokens = Tokenizer.tokenize(example.text());
            boolean found = reader.listen(tokens, example.language().tag()).themes().stream()
                    .anyMatch(theme -> theme.leaf().equals(leaf.leaf()));
            if (found != example.matches()) {
                String what = found ? " matches what it should not: " : " misses its example: ";
                problems.add(new Finding(example.line(), "leaf '" + leaf.leaf().id() + "'" + what + example.text()));
            }
        }

        private void problem(Taxonomy.WrittenCue cue, String message) {
            problems.add(new Finding(cue.line(), "cue <" + cue.text() + "> " + message));
        }

        private void warn(Taxonomy.LeafCues leaf, String message) {
            warnings.add(new Finding(leaf.line(), "leaf '" + leaf.leaf().id() + "' " + message));
        }
    }
}
