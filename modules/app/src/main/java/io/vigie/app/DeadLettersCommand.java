package io.vigie.app;

import io.vigie.events.CallEvent;
import io.vigie.events.DeadLetter;
import io.vigie.events.Revision;
import io.vigie.events.SurveyEvent;
import io.vigie.events.TicketEvent;
import io.vigie.events.Topics;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.events.serde.RegistryException;
import io.vigie.events.serde.SchemaRegistry;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie dead-letters}. */
@Command(
        name = "dead-letters",
        description = "The records that could not be used, on an existing Kafka.",
        synopsisSubcommandLabel = "COMMAND")
final class DeadLettersCommand {
    private static final int LIST_DEFAULT = 50;
    private static final int LIST_MAX = 10_000;
    private static final int RATE_MAX = 10_000;

    private final Clock clock = Clock.systemUTC();

    /** Which dead letters are meant: the same for every command that takes several. */
    static final class Filters {
        @Option(names = "--reason", paramLabel = "REASON", description = "Only those that give this reason.")
        private @Nullable String reason;

        @Option(
                names = "--topic",
                paramLabel = "TOPIC",
                description = "Only those whose record was read from this topic; tickets is enough for voc.tickets.")
        private @Nullable String topic;

        @Option(
                names = "--since",
                paramLabel = "TIME",
                description = "Only those whose record was produced since then, " + Since.FORMS + ".")
        private @Nullable String since;

        DeadLetterFilter filter(Topics topics, Clock clock, ZoneId zone) {
            return new DeadLetterFilter(
                    Optional.ofNullable(reason),
                    Optional.ofNullable(topic)
                            .map(name -> name.startsWith(topics.prefix()) ? name : topics.prefix() + name),
                    Optional.ofNullable(since).map(time -> Since.parse(time, clock.instant(), zone)));
        }
    }

    @Command(
            name = "list",
            description = {
                "Counts them by reason, stage and topic, the most first.",
                "With --single, lists the last of them one by one."
            })
    int list(
            @Mixin ConfigOptions options,
            @Mixin Filters filters,
            @Option(names = "--single", description = "List the last of them one by one.") boolean single,
            @Option(names = "--limit", paramLabel = "N", description = "Most lines to print (default: 50).") @Nullable
                    Integer limit) {
        int lines = bounded("--limit", limit == null ? LIST_DEFAULT : limit, LIST_MAX);
        var config = options.read();
        var connections = Connections.to(config);
        var filter = filters.filter(connections.topics(), clock, config.zone());
        try (var consumer = Replays.reader(connections)) {
            var scan = new TopicScan(consumer, connections.topics().deadLetters());
            var sentBack = Replays.sentBack(connections, consumer, scan);
            var list = new DeadLetterList(filter, sentBack, lines, System.out);
            if (single) {
                list.single(scan);
            } else {
                list.groups(scan);
            }
        }
        return 0;
    }

    @Command(
            name = "show",
            description = {
                "Shows one: why, where its record was, and what the record says as far as it can be read.",
                "What could be personal data is left out unless --raw is given."
            })
    int show(
            @Mixin ConfigOptions options,
            @Option(names = "--raw", description = "Show everything, what the customer said and who he is too.")
                    boolean raw,
            @Parameters(paramLabel = "DEAD-LETTER", description = "Its partition-offset, such as 3-120.")
                    String position) {
        var wanted = Position.parse(position);
        var connections = Connections.to(options.read());
        try (var consumer = Replays.reader(connections);
                var schemas = connections.schemaRegistry()) {
            var scan = new TopicScan(consumer, connections.topics().deadLetters());
            var sentBack = Replays.sentBack(connections, consumer, scan);
            var copy = scan.at(wanted)
                    .orElseThrow(() -> new CommandFailedException("there is no dead letter " + wanted + " in "
                            + connections.topics().deadLetters() + ", or not any more: vigie dead-letters list"));
            System.out.print(new DeadLetterText(raw)
                    .of(copy, sentBack.contains(wanted), decoded(connections.topics(), schemas, copy)));
        }
        return 0;
    }

    @Command(
            name = "replay",
            description = {
                "Sends the records of dead letters back to the topics they were read from, byte for byte, the oldest"
                        + " first.",
                "Each is sent once, however often the command is run and wherever it is killed.",
                "Mend the cause first: a record that still cannot be used becomes a dead letter again."
            })
    int replay(
            @Mixin ConfigOptions options,
            @Mixin Filters filters,
            @Option(names = "--limit", paramLabel = "N", description = "Send back at most so many.") @Nullable
                    Integer limit,
            @Option(names = "--rate", defaultValue = "200", description = "Most a second, 1 to 10000 (default: 200).")
                    int rate,
            @Option(names = "--yes", description = "Do it; without it the command only says what it would do.")
                    boolean yes,
            @Option(names = "--dry-run", description = "Only say what would be done.") boolean dryRun) {
        bounded("--rate", rate, RATE_MAX);
        long most = limit == null ? Long.MAX_VALUE : bounded("--limit", limit, Integer.MAX_VALUE);
        var config = options.read();
        var connections = Connections.to(config);
        var filter = filters.filter(connections.topics(), clock, config.zone());
        if (dryRun || !yes) {
            return tryOut(connections, filter, most, dryRun);
        }
        sendBack(connections, filter, most, rate);
        return 0;
    }

    private int tryOut(Connections connections, DeadLetterFilter filter, long most, boolean dryRun) {
        var replay = new Replays(connections, clock).tryOut(filter, most);
        System.out.println(replay.told(dryRun ? "would be sent back" : "would be sent back; do it with --yes"));
        return dryRun ? 0 : 1;
    }

    private void sendBack(Connections connections, DeadLetterFilter filter, long most, int rate) {
        var replay = new Replays(connections, clock).send(filter, most, told(ReplayTransactions.perSecond(rate)));
        if (Main.onTerminal() && replay.count() > 0) {
            System.err.println();
        }
        System.out.println(replay.told("sent back"));
    }

    private static ReplayTransactions.Pace told(ReplayTransactions.Pace pace) {
        boolean shown = Main.onTerminal();
        return new ReplayTransactions.Pace() {
            @Override
            public int atOnce() {
                return pace.atOnce();
            }

            @Override
            public void sent(long total) throws InterruptedException {
                if (shown) {
                    System.err.printf(Locale.ROOT, "\r%,d sent back ", total);
                }
                pace.sent(total);
            }
        };
    }

    private static Decoding<? extends IndexedRecord> decoded(
            Topics topics, SchemaRegistry schemas, ConsumerRecord<byte[], byte[]> copy) {
        String topic = DeadLetter.of(copy).topic();
        Map<String, Class<? extends SpecificRecord>> types = Map.of(
                topics.tickets(), TicketEvent.class,
                topics.calls(), CallEvent.class,
                topics.surveys(), SurveyEvent.class,
                topics.verbatims(), Verbatim.class,
                topics.revisions(), Revision.class);
        var type = types.get(topic);
        if (type == null || copy.value() == null) {
            return new Decoding.Undecodable<>("unknown-topic", "no type is known for what is in " + topic);
        }
        try {
            return schemas.decoder(type).decode(copy.value());
        } catch (RegistryException e) {
            return new Decoding.Undecodable<>("no-registry", "the schema registry does not answer");
        }
    }

    private static int bounded(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw new CommandFailedException(option + " is " + value + "; it is 1 to " + max);
        }
        return value;
    }
}
