package io.vigie.understanding;

import java.util.List;

/** Says everything that is wrong with a taxonomy file, so that one round of mending is enough. */
public final class TaxonomyException extends Exception {
    private static final long serialVersionUID = 1;

    private final List<String> problems;

    TaxonomyException(List<String> problems) {
        super("the taxonomy has " + problems.size() + " problem(s): " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order of the file, each with its line. */
    public List<String> problems() {
        return problems;
    }
}
