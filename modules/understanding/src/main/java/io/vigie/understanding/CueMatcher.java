package io.vigie.understanding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All cues of one language, compiled into one walk over the words of a sentence.
 *
 * <p>The words and beginnings that cues are made of (atoms) lie in one trie. Each cue waits for the few atoms without
 * which it cannot match, the rarest it has; only cues whose atom was seen are evaluated. The walk therefore costs the
 * same for ten cues and for ten thousand; what it finds, costs. Immutable.
 */
final class CueMatcher {
    /** Told of each cue that matches a sentence; its hits may be asked for as long as the call lasts. */
    interface Sink {
        void matched(int cue);
    }

    /** Short words stand in many sentences whatever the cues are; waiting for them would wake too many cues. */
    private static final int SHORT_WORD = 3;

    private static final int SHORT_WORD_COST = 50;

    private final Language language;
    private final Trie trie;
    private final Clause[] clauses;
    private final int[][] waiting;

    private CueMatcher(Builder builder) {
        language = builder.language;
        trie = builder.trie.build();
        clauses = builder.clauses.toArray(Clause[]::new);
        waiting = builder.waiting();
    }

    Language language() {
        return language;
    }

    Hits hits() {
        return new Hits(waiting.length, clauses.length);
    }

    /** Holds all cues against the words of one sentence; each that matches is told once. */
    void match(Tokens tokens, Tokens.Sentence sentence, Hits hits, Sink sink) {
        hits.beginSentence();
        for (int token = sentence.from(); token < sentence.until(); token++) {
            walk(tokens, token, hits);
        }
        for (int hit = hits.first(); hit < hits.count(); hit++) {
            if (hits.previous(hit) == Trie.NONE) {
                wake(waiting[hits.atom(hit)], hits, sink);
            }
        }
    }

    /** Names the words that made a cue match the sentence last walked. */
    void explain(int cue, Hits hits, Clause.Evidence evidence) {
        clauses[cue].explain(hits, evidence);
    }

    private void walk(Tokens tokens, int token, Hits hits) {
        char[] chars = tokens.chars();
        int until = tokens.until(token);
        int from = tokens.from(token, language.elides());
        if (!trie.mayBegin(chars, from, until)) {
            return;
        }
        int node = Trie.ROOT;
        for (int i = from; i < until; i++) {
            node = trie.next(node, chars[i]);
            if (node == Trie.NONE) {
                return;
            }
            if (trie.prefix(node) != Trie.NONE) {
                hits.add(trie.prefix(node), token);
            }
        }
        if (trie.word(node) != Trie.NONE) {
            hits.add(trie.word(node), token);
        }
    }

    private void wake(int[] cues, Hits hits, Sink sink) {
        for (int cue : cues) {
            if (hits.firstLookAt(cue) && clauses[cue].matches(hits)) {
                sink.matched(cue);
            }
        }
    }

    /** Collects cues; not thread-safe. */
    static final class Builder {
        private final Language language;
        private final Trie.Builder trie = new Trie.Builder();
        private final Map<Cue.Word, Integer> atoms = new HashMap<>();
        private final List<Integer> cost = new ArrayList<>();
        private final List<Clause> clauses = new ArrayList<>();

        Builder(Language language) {
            this.language = language;
        }

        /** Adds a cue and returns the number it will be known by: 0, 1, 2... */
        int add(Cue cue) {
            clauses.add(compiled(cue));
            return clauses.size() - 1;
        }

        CueMatcher build() {
            return new CueMatcher(this);
        }

        private Clause compiled(Cue cue) {
            return switch (cue) {
                case Cue.Word word -> new Clause.Atom(atom(word));
                case Cue.Phrase phrase -> compiled(phrase);
                case Cue.All all -> new Clause.Both(compiled(all.required()), compiled(all.prohibited()));
                case Cue.Any any -> new Clause.Either(compiled(any.options()), compiled(any.prohibited()));
            };
        }

        private List<Clause> compiled(List<Cue> cues) {
            return cues.stream().map(this::compiled).toList();
        }

        private Clause compiled(Cue.Phrase phrase) {
            List<Integer> row = phrase.words().stream().map(this::atom).toList();
            return phrase.slop() == 0 ? new Clause.Row(row) : new Clause.Near(new SloppyPhrase(row, phrase.slop()));
        }

        private int atom(Cue.Word word) {
            int atom = atoms.computeIfAbsent(word, this::newAtom);
            cost.set(atom, cost.get(atom) + 1);
            return atom;
        }

        private int newAtom(Cue.Word word) {
            int atom = cost.size();
            cost.add(word.letters().length() <= SHORT_WORD ? SHORT_WORD_COST : 0);
            if (word.beginning()) {
                trie.prefix(word.letters(), atom);
            } else {
                trie.word(word.letters(), atom);
            }
            return atom;
        }

        /** For each atom the cues that wait for it. */
        private int[][] waiting() {
            var waiting = new ArrayList<List<Integer>>();
            cost.forEach(c -> waiting.add(new ArrayList<>()));
            for (int cue = 0; cue < clauses.size(); cue++) {
                for (int atom : needed(clauses.get(cue))) {
                    waiting.get(atom).add(cue);
                }
            }
            return waiting.stream()
                    .map(cues -> cues.stream().mapToInt(Integer::intValue).toArray())
                    .toArray(int[][]::new);
        }

        /** Atoms of which at least one is there whenever the clause matches, the cheapest such set. */
        private Set<Integer> needed(Clause clause) {
            return switch (clause) {
                case Clause.Atom atom -> Set.of(atom.atom());
                case Clause.Row row ->
                    cheapest(row.atoms().stream().map(Set::of).toList());
                case Clause.Near near ->
                    cheapest(near.phrase().atoms().stream().map(Set::of).toList());
                case Clause.Both both ->
                    cheapest(both.required().stream().map(this::needed).toList());
                case Clause.Either either -> union(either.options());
            };
        }

        private Set<Integer> cheapest(List<Set<Integer>> sets) {
            return sets.stream()
                    .min(Comparator.comparingInt(
                            set -> set.stream().mapToInt(cost::get).sum()))
                    .orElseThrow();
        }

        private Set<Integer> union(List<Clause> clauses) {
            var union = new HashSet<Integer>();
            clauses.forEach(clause -> union.addAll(needed(clause)));
            return union;
        }
    }
}
