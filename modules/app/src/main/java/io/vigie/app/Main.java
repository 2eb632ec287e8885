package io.vigie.app;

import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ScopeType;

/** The command {@code vigie}. Exit codes: 0 done, 1 the work failed, 2 the command line or the configuration is wrong. */
@Command(
        name = "vigie",
        description = "What customers say, understood, counted and searchable as it is said.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Main.Version.class,
        sortOptions = false,
        footerHeading = "%n",
        footer = {
            "To look around:  vigie demo, then http://127.0.0.1:8080/",
            "For real:        vigie up, then vigie offers apply FILE, vigie import FILE...",
            "",
            "Every command explains itself: vigie COMMAND --help",
            "Exit codes: 0 done, 1 the work failed, 2 the command line or a setting is wrong."
        })
public final class Main {
    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            DemoCommand.class,
            UpCommand.class,
            StreamCommand.class,
            ServeCommand.class,
            ImportCommand.class,
            SearchCommand.class,
            ClassifyCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            TaxonomyCommand.class,
            TopicsCommand.class,
            OffersCommand.class,
            QuestionsCommand.class,
            AnswerCommand.class,
            DeadLettersCommand.class,
            EraseCommand.class,
            SignalsCommand.class,
            IndexCommand.class,
            TokenCommand.class,
            VerifyCommand.class,
            ReclassifyCommand.class,
            DoctorCommand.class,
            RehearseCommand.class);

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explain this command.")
    @SuppressWarnings("UnusedVariable") // Read by picocli.
    private boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Tell the version.")
    @SuppressWarnings("UnusedVariable") // Read by picocli.
    private boolean version;

    @CommandLine.Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the whole stack trace of an error.")
    private boolean debug;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The broker's threads would keep alive a process whose main thread died of an error.
        Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {
            error.printStackTrace();
            System.exit(ExitCode.SOFTWARE);
        });
        System.exit(run(args));
    }

    static int run(String... args) {
        var main = new Main();
        var line = new CommandLine(main);
        commands(args).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, failed, parsed) -> main.told(failure, failed.getErr()))
                .execute(args);
    }

    /** The one that is asked for, else all: to get them all ready takes longer than many a command does. */
    private static List<Class<?>> commands(String... args) {
        var asked = Arrays.stream(args).filter(word -> !word.startsWith("-")).findFirst();
        return COMMANDS.stream()
                .filter(command -> asked.equals(
                        Optional.of(command.getAnnotation(Command.class).name())))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private int told(Exception failure, PrintWriter err) {
        if (debug) {
            failure.printStackTrace(err);
        } else {
            sentence(failure).lines().forEach(line -> err.println("vigie: " + line));
        }
        err.flush();
        return failure instanceof ConfigException ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    /** Of a file Java only tells the path. */
    private static String sentence(Exception failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "cannot read " + missing.getFile() + ": there is no such file";
            case FileSystemException file -> "cannot use " + file.getFile() + ": " + file;
            default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
        };
    }

    /** Whether a person looks at what is printed. */
    @SuppressWarnings("SystemConsoleNull") // It may be null again since JDK 25, depending on jdk.console.
    static boolean onTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    /** Tells the version that the build gave. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"vigie " + (version == null ? "(not packaged)" : version)};
        }
    }

    static Map<String, String> environment() {
        return System.getenv();
    }
}
