package io.vigie.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Named checks that say whether this process is ready for work. They are asked at every request: keep them quick. */
public final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);

    private final Map<String, Supplier<State>> checks;
    private volatile boolean ending;

    /**
     * Checks that are asked anew for every request.
     *
     * @param checks by name, in the order in which they are to be shown
     */
    public Health(Map<String, Supplier<State>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    /** How one check stands. */
    public sealed interface State {}

    /** All is well. */
    public record Up() implements State {}

    /**
     * Ready, and at work on something an operator may want to follow.
     *
     * @param detail what it is, and how far
     */
    public record Busy(String detail) implements State {}

    /**
     * Not ready.
     *
     * @param detail what is wrong and what to do, for an operator
     */
    public record Down(String detail) implements State {}

    /** The state of one check. */
    public record Finding(String name, State state) {}

    /** From now on the process is not ready, whatever its checks say. */
    public void end() {
        ending = true;
    }

    /** All checks, asked now. */
    public List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        if (ending) {
            findings.add(new Finding("process", new Down("this process ends")));
        }
        checks.forEach((name, check) -> findings.add(new Finding(name, ask(name, check))));
        return findings;
    }

    private static State ask(String name, Supplier<State> check) {
        try {
            return check.get();
        } catch (RuntimeException e) {
            log.warn("health check failed itself, see its component; check={}", name, e);
            return new Down("the check itself failed: " + e.getMessage());
        }
    }
}
