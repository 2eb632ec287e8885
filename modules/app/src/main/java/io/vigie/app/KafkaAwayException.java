package io.vigie.app;

/** Kafka does not answer now; it may be asked again. */
final class KafkaAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KafkaAwayException(String what, Throwable cause) {
        super(what + ": Kafka does not answer", cause);
    }
}
