package io.vigie.app;

import io.vigie.index.IndexSnapshot;
import io.vigie.index.IndexUnusableException;
import io.vigie.understanding.TaxonomyCheck;
import io.vigie.understanding.TaxonomyDiff;
import io.vigie.understanding.Utterance;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie taxonomy}. */
@Command(
        name = "taxonomy",
        description = "Taxonomies as files: see what a change does before it is published.",
        synopsisSubcommandLabel = "COMMAND")
final class TaxonomyCommand {
    /** Instead of a file. */
    private static final String INDEX = "index";

    @Command(
            name = "check",
            description = {
                "Says what is wrong with a taxonomy, one line each; exit code 1 when anything is.",
                "It must be readable, its cues must find what its examples say, and every cue must be able to count.",
                "Leaves without cues in a language or without examples are warned of."
            })
    int check(@Parameters(paramLabel = "FILE", description = "The taxonomy.") Path file) throws IOException {
        TaxonomyCheck check;
        try (var in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            check = TaxonomyCheck.of(in);
        }
        // Texts of the file are in it, which standard output's own encoding may not have.
        var out = utf8Out();
        check.problems().forEach(out::println);
        check.warnings().forEach(warning -> out.println("warning: " + warning));
        if (check.problems().isEmpty()) {
            out.println(file + " is fine");
        }
        out.flush();
        return check.problems().isEmpty() ? 0 : 1;
    }

    @Command(
            name = "diff",
            description = {
                "Says for each leaf how many texts gain it and lose it when NEW takes the place of OLD.",
                "The whole engine reads the texts, by each of the two."
            })
    int diff(
            @Parameters(paramLabel = "OLD", description = "The taxonomy as it is.") Path before,
            @Parameters(paramLabel = "NEW", description = "The taxonomy as it may become.") Path after,
            @Option(
                            names = "--on",
                            paramLabel = "FILE|index",
                            required = true,
                            description = {
                                "The texts: one a line, or JSON Lines with text; also compressed (.gz).",
                                "Or the word index: the verbatims that the index in the data directory has committed;",
                                "whoever writes it may run meanwhile."
                            })
                    String texts,
            @Option(
                            names = "--show",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "How many texts to show for each leaf, gained and lost (default: 3).")
                    int shown,
            @Mixin ConfigOptions options)
            throws IOException {
        var diff = TaxonomyDiff.between(Engines.taxonomy(before), Engines.taxonomy(after), shown);
        int refused = texts.equals(INDEX)
                ? addIndexed(diff, options.read().dataDirectory().resolve("index"))
                : addLines(diff, texts);
        var out = utf8Out();
        diff.changes().forEach(change -> print(change, out));
        print(diff.totals(), out);
        out.flush();
        return refused == 0 ? 0 : 1;
    }

    private static int addLines(TaxonomyDiff diff, String file) throws IOException {
        try (var lines = UtteranceLines.open(file)) {
            Utterance utterance;
            while ((utterance = lines.next()) != null) {
                diff.add(utterance);
            }
            return lines.refused();
        }
    }

    private static int addIndexed(TaxonomyDiff diff, Path directory) throws IOException {
        try (var index = IndexSnapshot.open(directory)) {
            index.forEach(verbatim -> diff.add(new Utterance(
                    verbatim.getText(),
                    verbatim.getLanguage(),
                    verbatim.getChannel().name(),
                    verbatim.getPreferredChannel().map(Enum::name).orElse(null))));
            return 0;
        } catch (IndexUnusableException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(TaxonomyDiff.Change change, PrintWriter out) {
        String presence = switch (change.presence()) {
            case BOTH -> "";
            case ONLY_BEFORE -> " (only in the old one)";
            case ONLY_AFTER -> " (only in the new one)";
        };
        out.println(change.leaf() + " +" + change.gained() + " -" + change.lost() + presence);
        print("  + ", change.gainedTexts(), out);
        print("  - ", change.lostTexts(), out);
    }

    private static void print(String sign, List<String> texts, PrintWriter out) {
        texts.forEach(text -> out.println(sign + text));
    }

    private static void print(TaxonomyDiff.Totals totals, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d texts, %d changed: %d leaves gained, %d lost; without any leaf %d before, %d after%n",
                totals.texts(),
                totals.changed(),
                totals.gained(),
                totals.lost(),
                totals.silentBefore(),
                totals.silentAfter());
    }

    /** Standard output, whatever the encoding of the terminal; it stays the process's own to close. */
    private static PrintWriter utf8Out() {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
    }
}
