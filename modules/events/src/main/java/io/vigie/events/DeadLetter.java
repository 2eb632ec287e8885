package io.vigie.events;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;

/**
 * Why a record could not be used, as headers of its copy on the dead letter topic; key and value of the copy are the
 * record's own bytes.
 *
 * @param stage the step that gave up: {@code stream}, {@code insights} or {@code sink}
 * @param reason one of a small fixed set of labels, fit for a metric
 * @param detail what was found and what was expected; no text of the customer
 * @param topic the topic the record was read from
 * @param partition its partition
 * @param offset its offset
 */
@NullMarked
public record DeadLetter(String stage, String reason, String detail, String topic, int partition, long offset) {
    public static final String STAGE = "vigie.stage";
    public static final String REASON = "vigie.reason";
    public static final String DETAIL = "vigie.detail";
    public static final String TOPIC = "vigie.topic";
    public static final String PARTITION = "vigie.partition";
    public static final String OFFSET = "vigie.offset";

    private static final int DETAIL_LENGTH_MAX = 1_000;

    /** The headers of the copy; those of the record itself are not carried over. */
    public Headers headers() {
        var headers = new RecordHeaders();
        add(headers, STAGE, stage);
        add(headers, REASON, reason);
        add(headers, DETAIL, detail.substring(0, Math.min(detail.length(), DETAIL_LENGTH_MAX)));
        add(headers, TOPIC, topic);
        add(headers, PARTITION, Integer.toString(partition));
        add(headers, OFFSET, Long.toString(offset));
        return headers;
    }

    /** Reads the headers back; what is missing or no number is told as {@code ?} or -1. */
    public static DeadLetter of(ConsumerRecord<?, ?> copy) {
        return new DeadLetter(
                text(copy, STAGE),
                text(copy, REASON),
                text(copy, DETAIL),
                text(copy, TOPIC),
                (int) number(copy, PARTITION, 9),
                number(copy, OFFSET, 18));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ConsumerRecord<?, ?> copy, String name) {
        var header = copy.headers().lastHeader(name);
        return header == null || header.value() == null ? "?" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static long number(ConsumerRecord<?, ?> copy, String name, int digitsMax) {
        String text = text(copy, name);
        return text.matches("[0-9]{1," + digitsMax + "}") ? Long.parseLong(text) : -1;
    }
}
