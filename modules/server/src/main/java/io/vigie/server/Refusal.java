package io.vigie.server;

/** Leaves the handling of a request with a problem; caught where the response is written. */
final class Refusal extends Exception {
    private final transient Problem problem;

    Refusal(Problem problem) {
        // Without a stack trace: a refusal is an ordinary answer, and costs nothing to give.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    Refusal(Fault fault, String detail) {
        this(Problem.of(fault, detail));
    }

    Problem problem() {
        return problem;
    }
}
