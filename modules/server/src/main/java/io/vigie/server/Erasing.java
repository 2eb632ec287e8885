package io.vigie.server;

import io.vigie.events.Erasure;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * What the API of erasures needs.
 *
 * @param keyOf gives the key of a customer's id, as the stream does; empty when this process lacks the secret
 * @param directory the requests and their receipts
 * @param send where a request goes
 * @param indexPlace the name of this server's index on a receipt
 */
public record Erasing(
        Optional<UnaryOperator<String>> keyOf,
        ErasureDirectory directory,
        Function<Erasure, CompletableFuture<RecordMetadata>> send,
        String indexPlace) {}
