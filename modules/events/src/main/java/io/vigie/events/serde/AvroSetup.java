package io.vigie.events.serde;

import io.vigie.events.EventLimits;
import io.vigie.events.Verbatim;
import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;

/** What Avro must be told once per process, before it reads the first record. */
final class AvroSetup {
    /** A record is at most Kafka's 2 MiB here; a length beyond is damage or an attack, not data. */
    private static final int BYTES_MAX = 2 * 1024 * 1024;

    static {
        limit(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, BYTES_MAX);
        limit(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, BYTES_MAX);
        limit(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, EventLimits.PARTS_MAX * 20);
        trustGeneratedClasses();
    }

    private AvroSetup() {}

    static void once() {
        // Running the static initialiser is all there is to do.
    }

    /** Avro reads these properties when its limits class is loaded; what the operator set stays. */
    private static void limit(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }

    /** Since 1.12.2 Avro refuses to resolve classes by schema name until their package is trusted (AVRO-4189). */
    private static void trustGeneratedClasses() {
        String generated = Verbatim.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                type -> type.getPackageName().equals(generated), ClassSecurityValidator.getGlobal()));
    }
}
