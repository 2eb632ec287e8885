package io.vigie.app;

import io.vigie.events.OfferTheme;
import io.vigie.events.Verbatim;
import io.vigie.events.serde.Decoding;
import io.vigie.sink.Source;
import io.vigie.topology.Recount;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie verify}. */
@Command(
        name = "verify",
        description = {
            "Counts all verbatims anew and compares with the counts that the stream keeps.",
            "Counts must be equal; distinct customers may be off by 8 percent, as estimates are.",
            "Reads both topics from beginning to end and writes nothing; the stream may go on meanwhile.",
            "Exit code 1 when a row is not as it should be."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int WAIT_SECONDS_MAX = 3_600;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "How long to wait for a stream that is behind (default: ${DEFAULT-VALUE}).")
    private int waitSeconds;

    @Option(
            names = "--show",
            paramLabel = "ROWS",
            defaultValue = "20",
            description = "How many wrong rows to print at most (default: ${DEFAULT-VALUE}).")
    private int show;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    private final Clock clock = Clock.systemUTC();
    private final Map<String, OfferTheme> rows = new HashMap<>();

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.read();
        if (waitSeconds < 0 || waitSeconds > WAIT_SECONDS_MAX) {
            throw new CommandFailedException("--wait takes 0 to " + WAIT_SECONDS_MAX + " seconds");
        }
        var connections = Connections.to(config);
        var topics = connections.topics();
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry();
                var verbatims = following(connections, admin, topics.verbatims());
                var counts = following(connections, admin, topics.offerThemes())) {
            var recount = new Recount(config.zone(), schemas.decoder(Verbatim.class));
            var decoder = schemas.decoder(OfferTheme.class);
            Instant deadline = clock.instant().plusSeconds(waitSeconds);
            while (true) {
                counts.readToEnd(record -> put(record, decoder::decode));
                // Last, so that every verbatim that the rows hold is among them.
                verbatims.readToEnd(
                        record -> recount.put(record.key(), record.value(), Instant.ofEpochMilli(record.timestamp())));
                var found = recount.compare(rows, clock.instant());
                boolean settled = found.differences().isEmpty() && found.moving() == 0;
                if (settled || clock.instant().isAfter(deadline)) {
                    report(System.out, recount.verbatims(), found);
                    return found.differences().isEmpty() ? 0 : 1;
                }
                Thread.sleep(LOOK_EVERY);
            }
        }
    }

    private static WholeTopic following(Connections connections, Admin admin, String topic) {
        int partitions = Source.of(admin, topic).partitions();
        return new WholeTopic(connections.reader(new ByteArrayDeserializer(), "earliest"), topic, partitions);
    }

    private interface Decoder {
        Decoding<OfferTheme> decode(byte[] bytes);
    }

    /** A row that cannot be read is one that is missing. */
    private void put(ConsumerRecord<byte[], byte[]> row, Decoder decoder) {
        String key = row.key() == null ? "" : new String(row.key(), StandardCharsets.UTF_8);
        if (row.value() != null && decoder.decode(row.value()) instanceof Decoding.Decoded<OfferTheme>(var count)) {
            rows.put(key, count);
        } else {
            rows.remove(key);
        }
    }

    private void report(PrintStream out, int verbatims, Recount.Comparison found) {
        int wrong = found.differences().size();
        found.differences().stream()
                .limit(show)
                .forEach(difference -> out.println(difference.key() + ": " + difference.what()));
        if (wrong > show && show > 0) {
            out.println("... and " + (wrong - show) + " more");
        }
        if (found.customersTooHigh() > 0) {
            out.println(found.customersTooHigh() + " rows tell of more customers than there are: an estimate cannot"
                    + " forget one who was erased or reclassified");
        }
        if (found.moving() > 0) {
            out.println(found.moving() + " rows were left out: verbatims of the last " + Recount.MOVING.toSeconds()
                    + " s belong to them");
        }
        String of = String.format(Locale.ROOT, "%,d rows of %,d verbatims", found.rows(), verbatims);
        out.println(
                wrong == 0
                        ? of + ": all as they should be"
                        : String.format(Locale.ROOT, "%s: %,d are not as they should be", of, wrong));
    }
}
