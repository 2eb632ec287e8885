package io.vigie.events;

import org.jspecify.annotations.NullMarked;

/** The Kafka cluster did not answer an administrative call, or refused it. */
@NullMarked
public final class ProvisioningException extends RuntimeException {
    ProvisioningException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
