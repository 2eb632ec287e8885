package io.vigie.topology;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what makes a verbatim searchable go first where processors are short. On Linux a thread has a nice value of its own
 * (setpriority(2)), which the priorities of Java do not reach; elsewhere nothing happens.
 */
public final class Courtesy {
    /** About a third of the weight of a thread that does nothing of the sort: slower when others want to work, never starved. */
    private static final int NICE = 5;

    private static final int OF_A_THREAD = 0;
    private static final int THE_CALLING_ONE = 0;
    /** Those of this process, each a directory named by its id. */
    private static final Path THREADS = Path.of("/proc/self/task");
    /** How HotSpot calls the threads of its optimising compiler; those that it adds later inherit from these. */
    private static final String OPTIMISING_COMPILER = "C2 CompilerThre";

    private static final Logger log = LoggerFactory.getLogger(Courtesy.class);

    private Courtesy() {}

    /** From now on the calling thread yields to others. Does nothing where that cannot be had. */
    static void begin() {
        goAfterOthers(THE_CALLING_ONE);
    }

    /**
     * From now on the optimising compiler of this JVM yields to others. After a start it wants most of a processor for a minute, and
     * what it makes faster must not wait for it meanwhile. Does nothing where that cannot be had.
     */
    public static void compilers() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (var threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (isOptimisingCompiler(thread)) {
                    goAfterOthers(Integer.parseInt(thread.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            log.debug("the threads cannot be listed", e);
        }
    }

    private static boolean isOptimisingCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).startsWith(OPTIMISING_COMPILER);
        } catch (IOException e) {
            log.debug("thread {} has ended", thread, e);
            return false;
        }
    }

    private static void goAfterOthers(int thread) {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        setPriority().ifPresent(call -> {
            try {
                int failed = (int) call.invokeExact(OF_A_THREAD, thread, NICE);
                log.debug("thread {} is nice; failed={}", thread, failed);
            } catch (Throwable e) {
                log.warn("thread {} cannot be nice to others", thread, e);
            }
        });
    }

    @SuppressWarnings("restricted") // Vigie starts with native access for all of its class path.
    private static Optional<MethodHandle> setPriority() {
        var linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("setpriority")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT)));
    }
}
