package io.vigie.app;

import io.vigie.events.Verbatim;
import io.vigie.events.serde.SchemaRegistry;
import io.vigie.server.KafkaOffsets;
import io.vigie.sink.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie offers reassign}. */
@Command(
        name = "reassign",
        description = {
            "Gives verbatims without an offer the one that they name, when it was declared or got that name after them.",
            "Complaints, counts, questions and searches follow. Without --yes it only says what it would do.",
            "Each verbatim is reassigned once, however often the command is run and wherever it is killed."
        })
final class ReassignCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int RATE_MAX = 10_000;
    private static final int SAMPLES_MAX = 100;
    private static final int WAIT_SECONDS_MAX = 3_600;

    @Option(names = "--offer", paramLabel = "ID", description = "Only those that name this offer.")
    private @Nullable String offer;

    @Option(names = "--samples", paramLabel = "N", description = "How many of each offer to show (default: 3).")
    private int samples = 3;

    @Option(names = "--rate", paramLabel = "N", description = "Most a second, 1 to 10000 (default: 500).")
    private int rate = 500;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "How long to wait for a stream that does not go on (default: 60).")
    private int waitSeconds = 60;

    @Option(names = "--yes", description = "Do it; without it the command only says what it would do.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private final Map<TopicPartition, Long> nexts = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        var config = options.read();
        require("--samples", samples, 0, SAMPLES_MAX);
        require("--rate", rate, 1, RATE_MAX);
        require("--wait", waitSeconds, 0, WAIT_SECONDS_MAX);
        var connections = Connections.to(config);
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry();
                var topic = verbatims(connections, admin)) {
            var unassigned = new UnassignedVerbatims(
                    offers(connections, schemas), Optional.ofNullable(offer), schemas.decoder(Verbatim.class), samples);
            topic.readToEnd(record -> {
                nexts.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                unassigned.read(record);
            });
            if (dryRun || !yes || unassigned.count() == 0) {
                boolean asked = dryRun || yes || unassigned.count() == 0;
                System.out.println(
                        unassigned.told(asked ? "would be reassigned" : "would be reassigned; do it with --yes"));
                return asked ? 0 : 1;
            }
            System.out.println(unassigned.told("are to be reassigned"));
            awaitStream(new KafkaOffsets(admin, config.stream().insightsId()));
            var reassigned = send(connections, schemas, unassigned);
            await(topic, reassigned);
            System.out.println(reassigned.told());
            return reassigned.missing() == 0 ? 0 : 1;
        }
    }

    /** Requests lie in the partition of their verbatim, where the task reads them that has its state. */
    private static WholeTopic verbatims(Connections connections, Admin admin) {
        var topics = connections.topics();
        int partitions = Source.of(admin, topics.verbatims()).partitions();
        int ofRequests = Source.of(admin, topics.revisions()).partitions();
        if (partitions != ofRequests) {
            throw new CommandFailedException(topics.revisions() + " has " + ofRequests + " partitions and "
                    + topics.verbatims() + " has " + partitions
                    + "; stop the streams, delete the first, run vigie topics apply, and start them");
        }
        return new WholeTopic(
                connections.reader(new ByteArrayDeserializer(), "earliest"), topics.verbatims(), partitions);
    }

    private DeclaredOffers offers(Connections connections, SchemaRegistry schemas) {
        var offers = DeclaredOffers.in(connections, schemas);
        if (offer != null && !offers.byId().containsKey(offer)) {
            throw new CommandFailedException("no offer has the id " + offer + "; vigie offers list lists them");
        }
        return offers;
    }

    /** A request that is read before the verbatim that it is about would be refused. */
    private void awaitStream(KafkaOffsets stream) throws InterruptedException {
        long deadline = deadline();
        while (true) {
            var read = stream.committed();
            long behind = nexts.entrySet().stream()
                    .mapToLong(next -> Math.max(0, next.getValue() - read.getOrDefault(next.getKey(), 0L)))
                    .sum();
            if (behind == 0) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException("the stream of insights has " + behind
                        + " records of verbatims still to read, and nothing was asked of it; is it running?"
                        + " Wait longer with --wait SECONDS");
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Reads the words again rather than hold those of all that were found. */
    private Reassigned send(Connections connections, SchemaRegistry schemas, UnassignedVerbatims unassigned) {
        var reassigned = new Reassigned(schemas.decoder(Verbatim.class));
        var topics = connections.topics();
        try (var consumer = connections.reader(new ByteArrayDeserializer(), "earliest");
                var producer = connections.requestProducer()) {
            var sender = new ReassignmentSender(producer, schemas, topics, ReplayTransactions.perSecond(rate));
            new TopicScan(consumer, topics.verbatims()).read(Optional.empty(), record -> {
                send(record, unassigned, sender, reassigned);
                return true;
            });
            sender.end();
        }
        return reassigned;
    }

    private static void send(
            ConsumerRecord<byte[], byte[]> record,
            UnassignedVerbatims unassigned,
            ReassignmentSender sender,
            Reassigned reassigned) {
        unassigned.wanted(record).ifPresent(wanted -> {
            sender.send(record, wanted);
            reassigned.await(wanted);
        });
    }

    /** As long as there is progress, however slow. */
    private void await(WholeTopic topic, Reassigned reassigned) throws InterruptedException {
        long deadline = deadline();
        int missing = Integer.MAX_VALUE;
        while (reassigned.missing() > 0 && System.nanoTime() < deadline) {
            topic.readToEnd(reassigned::read);
            if (reassigned.missing() < missing) {
                missing = reassigned.missing();
                deadline = deadline();
                tell(missing);
            } else {
                Thread.sleep(LOOK_EVERY);
            }
        }
        if (Main.onTerminal()) {
            System.err.print("\r");
        }
    }

    private static void tell(int missing) {
        if (Main.onTerminal()) {
            System.err.printf(Locale.ROOT, "\r%,d to come   ", missing);
        }
    }

    private long deadline() {
        return System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    }

    private static void require(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new CommandFailedException(option + " is " + value + "; it is " + min + " to " + max);
        }
    }
}
