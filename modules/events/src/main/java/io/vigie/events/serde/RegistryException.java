package io.vigie.events.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The schema registry refused a call, or stayed away longer than {@link SchemaRegistry#PATIENCE}. */
public final class RegistryException extends SerializationException {
    private final int code;

    RegistryException(String message, int code, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
        this.code = code;
    }

    /** Confluent's error code, such as 40403 for an unknown schema id; 0 when there was no answer. */
    public int code() {
        return code;
    }
}
