package io.vigie.bench;

import io.vigie.events.Offer;
import io.vigie.events.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the stream costs for each event, beside the least that a stream can do; how large its state grows; and how long
 * it takes to be back when it is killed.
 */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Puts events into a broker, has an identity stream take them to as many topics as there are offers, then",
            "vigie stream; kills that, and waits until it is back. Processor time of stream and broker is told apart."
        })
public final class StreamBenchmark implements Callable<Integer> {
    private static final Topics TOPICS = new Topics("bench.");
    private static final List<String> SOURCES = List.of(TOPICS.tickets(), TOPICS.calls(), TOPICS.surveys());
    private static final String APPLICATION = "bench";
    private static final String INSIGHTS = "bench-insights";
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration DATED_OVER = Duration.ofDays(30);
    private static final double MIB = 1024 * 1024;
    private static final int LARGEST = 8;

    @Option(names = "--home", description = "What ./vigie build made (default: ${DEFAULT-VALUE}).")
    private Path home = Path.of("modules/app/target/vigie");

    @Option(names = "--warm-up-events", description = "Unmeasured, before (default: ${DEFAULT-VALUE}).")
    private int warmUpEvents = 50_000;

    @Option(names = "--events", description = "Measured (default: ${DEFAULT-VALUE}).")
    private int events = 200_000;

    @Option(names = "--offers", description = "Offers, each with its topic (default: ${DEFAULT-VALUE}).")
    private int offers = 200;

    @Option(names = "--commit-ms", description = "Of the identity stream (default: ${DEFAULT-VALUE}).")
    private int commitMillis = 100;

    @Option(names = "--seed", description = "Of all events (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "A setting of vigie stream; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--java-options", description = "Options of the virtual machine of vigie stream.")
    private String javaOptions = "";

    @Option(names = "--out", description = "A file to append the lines of JSON to.")
    private @Nullable Path out;

    /** Ends with 0, or 1 when something could not be measured. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StreamBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path work = Files.createTempDirectory("vigie-bench-stream-");
        // Its own topics, which the stream of the process that lends the broker does not read.
        try (var up = Vigie.start(home, Map.of("topics.partitions", "4"), "");
                var admin = Admin.create(Map.<String, Object>copyOf(up.kafka()))) {
            double idleCores = idle(up);
            Vigie.applyTopics(home, settings(), up);
            put(up);
            identity(up, admin, idleCores, work.resolve("identity"));
            Path data = work.resolve("stream");
            stream(up, admin, idleCores, data);
            print(state(admin, data));
            recovery(up, admin, data);
        } finally {
            Vigie.deleteAll(work);
        }
        return 0;
    }

    private double idle(Vigie up) throws IOException {
        Usage start = up.usage();
        Pause.of(IDLE);
        Usage used = up.usage().since(start);
        return used.vigie() / used.seconds();
    }

    private Map<String, String> settings() {
        var all = new LinkedHashMap<>(settings);
        all.put("topics.prefix", TOPICS.prefix());
        all.put("stream.application.id", APPLICATION);
        // Otherwise the group waits for a member that was killed until its session has run out.
        all.put("stream.instance.id", "bench");
        all.put("privacy.customer.secret", "sixteen bytes and more");
        return all;
    }

    private void put(Vigie up) throws IOException {
        try (var feed = new Feed(up, TOPICS)) {
            for (int i = 0; i < offers; i++) {
                feed.send(Offer.newBuilder()
                        .setOfferId("offer-" + i)
                        .setName(name(i))
                        .build());
            }
            var source = new Events("stream", seed);
            int count = warmUpEvents + events;
            Instant first = Instant.now().minus(DATED_OVER);
            for (int i = 0; i < count; i++) {
                Instant at = first.plusMillis(DATED_OVER.toMillis() * i / count);
                feed.send(source.event("stream-" + i, name(i % offers), at));
            }
            feed.settle();
        }
    }

    private static String name(int offer) {
        return "Formule " + offer;
    }

    private void identity(Vigie up, Admin admin, double idleCores, Path state) throws Exception {
        var outputs = IntStream.range(0, offers).mapToObj(i -> "identity." + i).toList();
        admin.createTopics(outputs.stream()
                        .map(name -> new NewTopic(name, 1, (short) 1))
                        .toList())
                .all()
                .get();
        var group = new StreamGroup(admin, "identity");
        try (var _ = new IdentityStream("identity", TOPICS, outputs, up.kafka(), commitMillis, state)) {
            long from = group.committed(SOURCES);
            while (from < warmUpEvents) {
                Pause.of(Duration.ofMillis(50));
                from = group.committed(SOURCES);
            }
            Usage start = up.usage();
            group.awaitCommitted(SOURCES, warmUpEvents + events);
            Usage used = up.usage().since(start);
            long count = warmUpEvents + events - from;
            print(new Figures("identity")
                    .add("events", count)
                    .add("events_per_s", count / used.seconds())
                    .add("stream_cpu_us_per_event", used.bench() * 1e6 / count)
                    .add("broker_cpu_us_per_event", brokerMicros(used, idleCores, count))
                    .add("others_percent", used.othersPercent()));
        }
        admin.deleteTopics(outputs).all().get();
    }

    private void stream(Vigie up, Admin admin, double idleCores, Path data) throws Exception {
        var stream = Vigie.stream(home, data, settings(), up, javaOptions);
        var group = new StreamGroup(admin, APPLICATION);
        var insights = new StreamGroup(admin, INSIGHTS);
        group.awaitCommitted(SOURCES, warmUpEvents);
        long from = group.committed(SOURCES);
        Usage broker = up.usage();
        Usage start = stream.usage();
        double classifying = classificationSeconds(stream);
        double compiling = stream.compilingSeconds();
        group.awaitCommitted(SOURCES, warmUpEvents + events);
        double verbatimSeconds = stream.usage().since(start).seconds();
        insights.awaitDrained();
        Usage used = stream.usage().since(start);
        Usage usedByBroker = up.usage().since(broker);
        long count = warmUpEvents + events - from;
        double classified = (classificationSeconds(stream) - classifying) * 1e6 / count;
        double compiled = (stream.compilingSeconds() - compiling) * 1e6 / count;
        double all = used.vigie() * 1e6 / count;
        print(new Figures("stream")
                .add("events", count)
                .add("verbatims_per_s", count / verbatimSeconds)
                .add("events_per_s", count / used.seconds())
                .add("stream_cpu_us_per_event", all)
                .add("of_it_classifying_us", classified)
                .add("of_it_compiling_us", compiled)
                .add("without_both_us", all - classified - compiled)
                .add("broker_cpu_us_per_event", brokerMicros(usedByBroker, idleCores, count))
                .add("others_percent", Math.max(0, used.othersPercent() - coresPercent(usedByBroker)))
                .add(stream.memory()));
        stream.kill();
    }

    private static double coresPercent(Usage used) {
        return used.vigie() / used.seconds() / Runtime.getRuntime().availableProcessors() * 100;
    }

    private static double brokerMicros(Usage used, double idleCores, long count) {
        return (used.vigie() - idleCores * used.seconds()) * 1e6 / count;
    }

    private static double classificationSeconds(Vigie stream) throws IOException {
        return Pattern.compile("(?m)^vigie_classification_seconds_sum(?:\\{[^}]*})? (\\S+)")
                .matcher(stream.http().metrics())
                .results()
                .mapToDouble(sample -> Double.parseDouble(sample.group(1)))
                .sum();
    }

    private Figures state(Admin admin, Path data) throws IOException {
        long count = (long) warmUpEvents + events;
        var topics = StreamGroup.bytes(admin, APPLICATION);
        long changelogs = topics.entrySet().stream()
                .filter(topic -> topic.getKey().endsWith("-changelog"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long files;
        try (var walk = Files.walk(data)) {
            files = walk.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
        var figures = new Figures("state")
                .add("events", count)
                .add("on_disk_mib", files / MIB)
                .add("on_disk_bytes_per_event", files / (double) count)
                .add("changelogs_mib", changelogs / MIB)
                .add("changelog_bytes_per_event", changelogs / (double) count);
        topics.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(LARGEST)
                .forEach(topic -> figures.add(topic.getKey() + "_mib", topic.getValue() / MIB));
        return figures;
    }

    /** From the start of a process after a kill until it has committed an event sent meanwhile, and all that follows. */
    private void recovery(Vigie up, Admin admin, Path data) throws IOException {
        long before = StreamGroup.written(admin, TOPICS);
        try (var feed = new Feed(up, TOPICS)) {
            var more = new Events("after", seed);
            for (String id : List.of("after-1", "after-2", "after-3", "after-4")) {
                feed.send(more.event(id, name(0), Instant.now()));
            }
            feed.settle();
        }
        long start = System.nanoTime();
        try (var stream = Vigie.stream(home, data, settings(), up, javaOptions)) {
            new StreamGroup(admin, APPLICATION).awaitCommitted(SOURCES, before + 4);
            double verbatim = (System.nanoTime() - start) / 1e9;
            new StreamGroup(admin, INSIGHTS).awaitDrained();
            print(new Figures("recovery")
                    .add("events_of_state", before)
                    .add("ready_ms", stream.readyMillis())
                    .add("verbatims_again_s", verbatim)
                    .add("insights_again_s", (System.nanoTime() - start) / 1e9));
        }
    }

    private void print(Figures figures) throws IOException {
        figures.print(System.out, Optional.ofNullable(out));
        System.out.println();
    }
}
