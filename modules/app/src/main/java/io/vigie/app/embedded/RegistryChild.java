package io.vigie.app.embedded;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of the registry's process: ends the process as soon as its parent has ended, however that came, and
 * hands over to the registry's own main class. Uses nothing but the JDK: the rest
 * of its class path is the registry's.
 */
public final class RegistryChild {
    private static final int PARENT_GONE = 3;

    private RegistryChild() {}

    /** Arguments: the parent's process id, the main class to run, and that class's arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        var parent = ProcessHandle.of(Long.parseLong(args[0]));
        if (parent.isEmpty()) {
            Runtime.getRuntime().halt(PARENT_GONE);
        }
        var _ = parent.orElseThrow().onExit().thenRun(() -> Runtime.getRuntime().halt(PARENT_GONE));
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the registry ended", e.getCause());
        }
    }
}
