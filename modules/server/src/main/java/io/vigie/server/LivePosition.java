package io.vigie.server;

import io.vigie.index.Checkpoint;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The id of a live event: the topic's sign and, for each partition, how far its records were sent, such as
 * {@code 1k2f9x.0-15.1-22}. It means the same to every server of one installation, before a restart and after it.
 */
final class LivePosition {
    private static final int RADIX = 36;
    /** A topic that was deleted and made again is another one, and positions of the old mean nothing in it. */
    private static final String OF_ANOTHER_TOPIC = "of another topic";

    private LivePosition() {}

    static String encode(Checkpoint passed) {
        return sign(passed)
                + new TreeMap<>(passed.nextOffsets())
                        .entrySet().stream()
                                .map(each -> "." + text(each.getKey()) + "-" + text(each.getValue()))
                                .collect(Collectors.joining());
    }

    /** With the topic of now when it is of that; empty for what is no position at all. */
    static Optional<Checkpoint> decode(String position, Checkpoint now) {
        String[] parts = position.split("\\.", -1);
        var next = new TreeMap<Integer, Long>();
        try {
            boolean same = Long.parseLong(parts[0], RADIX) == number(now);
            for (int i = 1; i < parts.length; i++) {
                String[] pair = parts[i].split("-", -1);
                int partition = Integer.parseInt(pair[0], RADIX);
                long offset = pair.length == 2 ? Long.parseLong(pair[1], RADIX) : -1;
                if (partition < 0 || offset < 0 || next.put(partition, offset) != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Checkpoint(same ? now.topicId() : OF_ANOTHER_TOPIC, next));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String sign(Checkpoint of) {
        return text(number(of));
    }

    private static long number(Checkpoint of) {
        return Integer.toUnsignedLong(of.topicId().hashCode());
    }

    private static String text(long number) {
        return Long.toString(number, RADIX);
    }
}
