package io.vigie.topology;

import io.vigie.topology.signals.Term;
import io.vigie.understanding.Span;
import io.vigie.understanding.TechnicalQuestion;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What reads texts for the second stream; as code of ours, it may fail on one.
 *
 * @param questions the technical questions of a text, by what in it is known to be technical
 * @param terms what signals listen for in a text
 */
record TextReaders(
        BiFunction<String, List<Span>, List<TechnicalQuestion>> questions, Function<String, List<Term>> terms) {
    static TextReaders standard() {
        return new TextReaders(TechnicalQuestion::in, Term::of);
    }
}
