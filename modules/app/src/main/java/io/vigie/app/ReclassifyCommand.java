package io.vigie.app;

import io.vigie.events.RevisionReason;
import io.vigie.events.Verbatim;
import io.vigie.sink.Source;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie reclassify}. */
@Command(
        name = "reclassify",
        description = {
            "Labels all verbatims anew: themes, intent, sentiment, severity, churn risk, ignored channel wishes.",
            "Without --yes it writes nothing and says what would change, theme by theme.",
            "With --yes the stream takes the new labels over while it goes on; counts, complaints and index follow,",
            "and the labels there were stay on the verbatim. Killed, it goes on where it was. See docs/reclassify.md."
        })
final class ReclassifyCommand implements Callable<Integer> {
    private static final int RATE_MAX = 20_000;
    private static final int SHOW_MAX = 1_000;
    /** Each pass takes what came during the one before; while the stream uses the old labels there is always something. */
    private static final int PASSES_MAX = 10;

    private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);

    @Option(
            names = "--taxonomy",
            paramLabel = "FILE",
            description = "The taxonomy to label by (default: classifier.taxonomy, or the one of Vigie).")
    private @Nullable Path taxonomy;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description = "The model to label by (default: classifier.model, or the one of Vigie).")
    private @Nullable Path model;

    @Option(
            names = "--show",
            paramLabel = "N",
            defaultValue = "3",
            description = "Examples for each theme, gained and lost (default: 3).")
    private int show;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Most verbatims a second, 1 to 20000 (default: 1000).")
    private int rate;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would be done, as without --yes.")
    private boolean dryRun;

    @Option(
            names = "--follow",
            description = "With --yes: go on with what the stream labels the old way, until it labels the new way.")
    private boolean follow;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    /** Standard output, whatever the encoding of the terminal; it stays the process's own to close. */
    private final PrintWriter out =
            new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));

    @Override
    public Integer call() throws InterruptedException {
        bounded("--rate", rate, 1, RATE_MAX);
        bounded("--show", show, 0, SHOW_MAX);
        Config config = options.read();
        var files = config.stream().classifier();
        var reclassifier = new Reclassifier(Engines.of(new Config.Classifier(
                Optional.ofNullable(taxonomy).or(files::taxonomy),
                Optional.ofNullable(model).or(files::model))));
        try {
            if (yes && !dryRun) {
                run(config, reclassifier);
            } else {
                tryOut(Connections.to(config), reclassifier);
            }
            return 0;
        } finally {
            out.flush();
        }
    }

    private void tryOut(Connections connections, Reclassifier reclassifier) {
        var difference = new LabelDifference(show);
        long unreadable;
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry();
                var consumer = connections.reader(new ByteArrayDeserializer(), "earliest")) {
            String topic = Source.of(admin, connections.topics().verbatims()).topic();
            unreadable = new NewestVerbatims(consumer, topic, schemas.decoder(Verbatim.class))
                    .forEach(verbatim -> difference.add(verbatim, reclassifier.anew(verbatim)));
        }
        difference.print(out);
        if (unreadable > 0) {
            out.printf(Locale.ROOT, "%,d could not be read and stay as they are%n", unreadable);
        }
        if (difference.sameName() > 0) {
            out.printf(
                    Locale.ROOT,
                    "warning: %,d of them are labelled by a classifier of the same name, and would stay as they are;"
                            + " give the taxonomy another version%n",
                    difference.sameName());
        }
        out.println("nothing was written; label them by " + reclassifier.classifier() + " with --yes");
    }

    private void run(Config config, Reclassifier reclassifier) throws InterruptedException {
        var connections = Connections.to(config);
        var topics = connections.topics();
        String name = topics.prefix() + "reclassify." + checksum(reclassifier.classifier());
        var labelling = new Labelling(reclassifier, show);
        try (var admin = connections.admin();
                var schemas = connections.schemaRegistry();
                var consumer = connections.member(name, Optional.empty());
                var producer = connections.transactionalProducer(topics.revisions() + ".reclassify")) {
            connections.provisioning(admin, schemas).requireRevisions();
            // First of all: another one is ended here, and its last transaction settled, before its offsets are read.
            producer.initTransactions();
            var walk = new HistoryWalk(
                    consumer,
                    producer,
                    HistoryWalk.Owner.of(admin, config.stream().insightsId()),
                    schemas,
                    topics,
                    RevisionReason.RECLASSIFIED,
                    rate);
            passes(walk, labelling);
        }
        if (Main.onTerminal()) {
            System.err.println();
        }
        labelling.difference.print(out);
        out.println(labelling.told());
    }

    private void passes(HistoryWalk walk, Labelling labelling) throws InterruptedException {
        for (int pass = 1; true; pass++) {
            long sent = walk.pass(labelling);
            boolean enough = sent == 0 || pass == PASSES_MAX;
            if (follow ? sent == 0 && labelling.streamAgrees() : enough) {
                return;
            }
            if (follow && sent == 0) {
                Thread.sleep(FOLLOW_EVERY);
            }
        }
    }

    /** What one run does with each verbatim. */
    static final class Labelling implements HistoryWalk.Reviser {
        private static final int TELL_EVERY = 1_000;

        private final boolean shown = Main.onTerminal();
        private final Reclassifier reclassifier;
        private final LabelDifference difference;
        private long read;
        private Instant newest = Instant.MIN;
        private String ofStream = "";

        Labelling(Reclassifier reclassifier, int show) {
            this.reclassifier = reclassifier;
            this.difference = new LabelDifference(show);
        }

        @Override
        public Optional<Verbatim> anew(Verbatim verbatim, boolean revised) {
            read++;
            if (shown && read % TELL_EVERY == 0) {
                System.err.printf(Locale.ROOT, "\r%,d read, %,d to be labelled anew ", read, difference.verbatims());
            }
            if (!revised && verbatim.getClassifiedAt().isAfter(newest)) {
                newest = verbatim.getClassifiedAt();
                ofStream = verbatim.getClassifier();
            }
            if (verbatim.getClassifier().equals(reclassifier.classifier())) {
                return Optional.empty();
            }
            var after = reclassifier.anew(verbatim);
            difference.add(verbatim, after);
            return Optional.of(after);
        }

        /** Whether the newest verbatim was labelled by the stream as this run does. */
        boolean streamAgrees() {
            return ofStream.equals(reclassifier.classifier());
        }

        String told() {
            String done = String.format(
                    Locale.ROOT, "%,d asked to be labelled by %s", difference.verbatims(), reclassifier.classifier());
            if (ofStream.isEmpty() || streamAgrees()) {
                return done;
            }
            return done + "\nthe stream itself still labels by " + ofStream
                    + ": let it use the new one (classifier.taxonomy, classifier.model, or its new version), restart it,"
                    + " and run the same again for what came meanwhile";
        }
    }

    private static String checksum(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", checksum.getValue());
    }

    private static void bounded(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw new CommandFailedException(option + " is " + value + "; it is " + min + " to " + max);
        }
    }
}
