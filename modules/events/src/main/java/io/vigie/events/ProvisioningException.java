package io.vigie.events;

import org.jspecify.annotations.NullMarked;

/** The Kafka cluster did not answer an administrative call, or refused it, or has topics that cannot be worked with. */
@NullMarked
public final class ProvisioningException extends RuntimeException {
    ProvisioningException(String what) {
        super(what);
    }

    ProvisioningException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
