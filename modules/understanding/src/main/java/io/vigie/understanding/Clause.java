package io.vigie.understanding;

import java.util.List;

/** A compiled cue, evaluated over the hits of one sentence. */
sealed interface Clause {

    /** Receives the words that made a clause true, from the first token to the last. */
    interface Evidence {
        void words(int first, int last);
    }

    boolean matches(Hits hits);

    /** Names the words; only called when the clause matches. */
    void explain(Hits hits, Evidence evidence);

    /** One word, or one beginning. */
    record Atom(int atom) implements Clause {
        @Override
        public boolean matches(Hits hits) {
            return hits.has(atom);
        }

        @Override
        public void explain(Hits hits, Evidence evidence) {
            for (int hit = hits.newest(atom); hit != Trie.NONE; hit = hits.previous(hit)) {
                evidence.words(hits.position(hit), hits.position(hit));
            }
        }
    }

    /** Words in a row. */
    record Row(List<Integer> atoms) implements Clause {
        public Row {
            atoms = List.copyOf(atoms);
        }

        @Override
        public boolean matches(Hits hits) {
            for (int hit = hits.newest(atoms.getFirst()); hit != Trie.NONE; hit = hits.previous(hit)) {
                if (startsAt(hits, hits.position(hit))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void explain(Hits hits, Evidence evidence) {
            for (int hit = hits.newest(atoms.getFirst()); hit != Trie.NONE; hit = hits.previous(hit)) {
                int first = hits.position(hit);
                if (startsAt(hits, first)) {
                    evidence.words(first, first + atoms.size() - 1);
                }
            }
        }

        private boolean startsAt(Hits hits, int first) {
            for (int i = 1; i < atoms.size(); i++) {
                if (!hits.isAt(atoms.get(i), first + i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Words nearly in a row. */
    record Near(SloppyPhrase phrase) implements Clause {
        @Override
        public boolean matches(Hits hits) {
            return phrase.find(hits, (first, last) -> {});
        }

        @Override
        public void explain(Hits hits, Evidence evidence) {
            phrase.find(hits, evidence);
        }
    }

    /** All of them, and none of the prohibited. */
    record Both(List<Clause> required, List<Clause> prohibited) implements Clause {
        public Both {
            required = List.copyOf(required);
            prohibited = List.copyOf(prohibited);
        }

        @Override
        public boolean matches(Hits hits) {
            for (Clause clause : required) {
                if (!clause.matches(hits)) {
                    return false;
                }
            }
            return none(prohibited, hits);
        }

        @Override
        public void explain(Hits hits, Evidence evidence) {
            required.forEach(clause -> clause.explain(hits, evidence));
        }
    }

    /** At least one of them, and none of the prohibited. */
    record Either(List<Clause> options, List<Clause> prohibited) implements Clause {
        public Either {
            options = List.copyOf(options);
            prohibited = List.copyOf(prohibited);
        }

        @Override
        public boolean matches(Hits hits) {
            return !none(options, hits) && none(prohibited, hits);
        }

        @Override
        public void explain(Hits hits, Evidence evidence) {
            for (Clause clause : options) {
                if (clause.matches(hits)) {
                    clause.explain(hits, evidence);
                }
            }
        }
    }

    private static boolean none(List<Clause> clauses, Hits hits) {
        for (Clause clause : clauses) {
            if (clause.matches(hits)) {
                return false;
            }
        }
        return true;
    }
}
