package io.vigie.index;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.automaton.CompiledAutomaton;

/** Counts the words that the stars of one query stand for before they are searched, because Lucene would search all. */
final class Expansion {
    /** Most words of the index that the prefixes and wildcards of one query may stand for. */
    static final int WORDS_MAX = 50_000;

    private final IndexReader reader;
    private int words;

    Expansion(IndexReader reader) {
        this.reader = reader;
    }

    /** Adds the words of a field that start so. */
    void count(String field, BytesRef start, String typed, int column) throws IOException, QueryRefused {
        for (var leaf : reader.leaves()) {
            var terms = leaf.reader().terms(field);
            if (terms == null) {
                continue;
            }
            var each = terms.iterator();
            var word = each.seekCeil(start) == TermsEnum.SeekStatus.END ? null : each.term();
            for (; word != null && StringHelper.startsWith(word, start); word = each.next()) {
                add(typed, column);
            }
        }
    }

    /** Adds the words of a field that an automaton accepts. */
    void count(String field, CompiledAutomaton accepted, String typed, int column) throws IOException, QueryRefused {
        for (var leaf : reader.leaves()) {
            var terms = leaf.reader().terms(field);
            if (terms == null) {
                continue;
            }
            var each = accepted.getTermsEnum(terms);
            while (each.next() != null) {
                add(typed, column);
            }
        }
    }

    private void add(String typed, int column) throws QueryRefused {
        if (++words > WORDS_MAX) {
            throw QueryRefused.tooComplex(
                    column,
                    typed + " at column " + column + " stands for more than " + WORDS_MAX
                            + " words; write more letters before *");
        }
    }
}
