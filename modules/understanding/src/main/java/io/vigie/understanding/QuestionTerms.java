package io.vigie.understanding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The technical terms of questions and the words that say what is asked, as a file lists them. Immutable. */
final class QuestionTerms {
    private static final QuestionTerms STANDARD = of(Resources.lines("question-terms.txt"));
    private static final char ASKED = '@';
    private static final String COMMON = "~";
    private static final String QUANTITY = "=";

    private final Concepts expressions;
    private final Map<Integer, Term> terms;

    private QuestionTerms(Concepts expressions, Map<Integer, Term> terms) {
        this.expressions = expressions;
        this.terms = terms;
    }

    static QuestionTerms standard() {
        return STANDARD;
    }

    /** @param lines {@code name: expression, expression*}, with the marks that the file explains */
    static QuestionTerms of(List<String> lines) {
        Map<Integer, Term> terms = new HashMap<>();
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(':')).strip();
            terms.put(name.hashCode(), Term.of(name));
        }
        return new QuestionTerms(Concepts.of(lines), Map.copyOf(terms));
    }

    /** What a term is good for. */
    enum Weight {
        /** Tells questions apart. */
        RARE,
        /** Rare, and the name of a quantity. */
        QUANTITY,
        /** Too common to tell questions apart. */
        COMMON,
        /** No term: says what is asked. */
        ASKED
    }

    /** @param implied names of terms that go without saying beside this one */
    record Term(String name, Weight weight, List<String> implied) {
        private static Term of(String written) {
            List<String> names = List.of(written.split(">", -1));
            String name = names.getFirst();
            List<String> implied = names.subList(1, names.size());
            if (name.charAt(0) == ASKED) {
                return new Term(name.substring(1), Weight.ASKED, implied);
            }
            if (name.endsWith(COMMON)) {
                return new Term(name.substring(0, name.length() - 1), Weight.COMMON, implied);
            }
            return name.endsWith(QUANTITY)
                    ? new Term(name.substring(0, name.length() - 1), Weight.QUANTITY, implied)
                    : new Term(name, Weight.RARE, implied);
        }
    }

    /** A term in a text, with its first and last word. */
    record Found(Term term, int first, int last) {}

    /** Every term of a sentence, those within a longer one left out: in "trunk SIP" there is no SIP. */
    List<Found> in(Tokens tokens, int from, int until) {
        var found = new ArrayList<Found>();
        int covered = from;
        for (int token = from; token < until; token++) {
            var here = longest(tokens, token, until);
            int end = covered;
            for (Found each : here) {
                if (each.term().weight() == Weight.ASKED || each.first() >= end) {
                    found.add(each);
                    covered = each.term().weight() == Weight.ASKED ? covered : each.last() + 1;
                }
            }
        }
        return found;
    }

    /** What begins at a word: its longest term, and everything that says what is asked. */
    private List<Found> longest(Tokens tokens, int token, int until) {
        var all = new ArrayList<Found>();
        var start = expressions.start(tokens.chars(), tokens.from(token, true), tokens.until(token));
        for (int concept : start.concepts()) {
            all.add(new Found(term(concept), token, token));
        }
        expressions.goOn(
                start, tokens, token, until, (concept, first, last) -> all.add(new Found(term(concept), first, last)));
        Optional<Found> term = all.stream()
                .filter(found -> found.term().weight() != Weight.ASKED)
                .reduce((a, b) -> b.last() > a.last() ? b : a);
        var kept = new ArrayList<Found>();
        term.ifPresent(kept::add);
        all.stream().filter(found -> found.term().weight() == Weight.ASKED).forEach(kept::add);
        return kept;
    }

    private Term term(int concept) {
        Term term = terms.get(concept);
        if (term == null) {
            throw new IllegalStateException("a concept without a term: " + concept);
        }
        return term;
    }
}
