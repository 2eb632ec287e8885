package io.vigie.app;

import io.vigie.events.DeadLetter;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints the dead letters of a topic: how many of each group, or the last of them one by one. */
final class DeadLetterList {
    private static final String NONE = "no dead letters";

    private final DeadLetterFilter filter;
    private final SentBack sentBack;
    private final int lines;
    private final PrintStream out;

    /** @param lines most that are printed */
    DeadLetterList(DeadLetterFilter filter, SentBack sentBack, int lines, PrintStream out) {
        this.filter = filter;
        this.sentBack = sentBack;
        this.lines = lines;
        this.out = out;
    }

    void groups(TopicScan topic) {
        var groups = new DeadLetterGroups();
        topic.read(filter.since(), copy -> {
            var letter = DeadLetter.of(copy);
            if (filter.takes(letter, copy.timestamp())) {
                groups.add(letter, copy.timestamp(), position(copy), sentBack.contains(position(copy)));
            }
            return true;
        });
        if (groups.size() == 0) {
            out.println(NONE);
            return;
        }
        String form = "%9s %9s  %-22s %-8s %-16s %-20s %-20s %s%n";
        out.printf(Locale.ROOT, form, "count", "sent back", "reason", "stage", "topic", "first", "last", "newest");
        for (var group : groups.largest(lines)) {
            out.printf(
                    Locale.ROOT,
                    form,
                    group.count(),
                    group.sentBack(),
                    group.reason(),
                    group.stage(),
                    group.topic(),
                    seconds(group.first()),
                    seconds(group.last()),
                    group.newest());
        }
        if (groups.size() > lines) {
            out.println("and " + (groups.size() - lines) + " more groups: --limit");
        }
    }

    void single(TopicScan topic) {
        var last = new PriorityQueue<Line>(
                Comparator.comparingLong(Line::timestamp).thenComparing(Line::text));
        topic.read(filter.since(), copy -> {
            var letter = DeadLetter.of(copy);
            if (filter.takes(letter, copy.timestamp())) {
                last.add(new Line(copy.timestamp(), line(letter, copy)));
                if (last.size() > lines) {
                    last.remove();
                }
            }
            return true;
        });
        if (last.isEmpty()) {
            out.println(NONE);
        }
        while (!last.isEmpty()) {
            out.println(last.remove().text());
        }
    }

    private record Line(long timestamp, String text) {}

    private String line(DeadLetter letter, ConsumerRecord<byte[], byte[]> copy) {
        return String.format(
                Locale.ROOT,
                "%-12s %s  %-22s %s-%d@%d%s",
                position(copy),
                seconds(Instant.ofEpochMilli(copy.timestamp())),
                letter.reason(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                sentBack.contains(position(copy)) ? "  sent back" : "");
    }

    private static Position position(ConsumerRecord<byte[], byte[]> copy) {
        return new Position(copy.partition(), copy.offset());
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }
}
