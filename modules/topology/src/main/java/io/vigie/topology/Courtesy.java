package io.vigie.topology;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets others go first where processors are short. On Linux a thread has a nice value of its own (setpriority(2)), which the
 * priorities of Java do not reach; elsewhere nothing happens.
 */
final class Courtesy {
    /** About a third of the weight of a thread that does nothing of the sort: slower when others want to work, never starved. */
    private static final int NICE = 5;

    private static final int OF_A_THREAD = 0;
    private static final int THE_CALLING_ONE = 0;
    private static final Logger log = LoggerFactory.getLogger(Courtesy.class);

    private Courtesy() {}

    /** From now on the calling thread yields to others. Does nothing where that cannot be had. */
    @SuppressWarnings("restricted") // Vigie starts with native access for all of its class path.
    static void begin() {
        if (!System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux")) {
            return;
        }
        var linker = Linker.nativeLinker();
        var setPriority = linker.defaultLookup()
                .find("setpriority")
                .map(address -> linker.downcallHandle(
                        address,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT)));
        if (setPriority.isEmpty()) {
            return;
        }
        try {
            int failed = (int) setPriority.get().invokeExact(OF_A_THREAD, THE_CALLING_ONE, NICE);
            log.debug("thread {} is nice; failed={}", Thread.currentThread().getName(), failed);
        } catch (Throwable e) {
            log.warn(
                    "thread {} cannot be nice to others", Thread.currentThread().getName(), e);
        }
    }
}
