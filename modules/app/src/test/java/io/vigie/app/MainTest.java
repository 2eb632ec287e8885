package io.vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    private static final int WIDTH_MAX = 120;

    @TempDir
    private Path directory;

    @Test
    void theHelpNamesEveryCommandAndTheExitCodes() {
        var ran = SystemStreams.run("", "--help");

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("What customers say, understood, counted and searchable as it is said.")
                .contains("demo", "up", "stream", "serve", "import", "search", "classify", "topics", "offers", "doctor")
                .contains("taxonomy", "index", "questions", "answer")
                .contains("Exit codes: 0 done, 1 the work failed, 2 the command line or a setting is wrong.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "stream",
                "serve",
                "import",
                "search",
                "classify",
                "taxonomy",
                "taxonomy check",
                "taxonomy diff",
                "topics",
                "topics check",
                "topics apply",
                "offers",
                "offers list",
                "offers apply",
                "erase",
                "dead-letters",
                "dead-letters list",
                "dead-letters show",
                "dead-letters replay",
                "questions",
                "answer",
                "index",
                "index check",
                "index stats",
                "index backup",
                "index restore",
                "index rebuild",
                "verify",
                "doctor"
            })
    void everyCommandExplainsItself(String command) {
        var ran = SystemStreams.run("", (command + " --help").split(" "));

        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: vigie " + command).contains("-h, --help");
        assertThat(ran.out().lines()).hasSizeGreaterThan(4).allMatch(line -> line.length() <= WIDTH_MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "topics apply, --dry-run",
        "offers apply, --dry-run",
        "dead-letters replay, --dry-run",
        "erase, --dry-run",
        "index restore, --dry-run",
        "index rebuild, --dry-run",
        "up, --data",
        "up, --set",
        "up, --config"
    })
    void whatChangesThingsCanBeTriedAndSet(String command, String option) {
        assertThat(SystemStreams.run("", (command + " --help").split(" ")).out())
                .contains(option);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fly",
                "up --fast",
                "import",
                "search",
                "offers apply",
                "index backup",
                "index restore",
                "topics fly",
                "dead-letters show",
                "dead-letters replay --limit many",
                "erase",
                "up --set",
                "up --set http.port",
                "search --size many x"
            })
    void aWrongCommandLineIsExitCode2AndSaysWhy(String line) {
        var ran = SystemStreams.run("", line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void aWrongSettingIsExitCode2InOneSentenceWithoutAStackTrace() {
        var ran = SystemStreams.run("", "search", "--set", "http.port=x", "q");

        assertThat(ran)
                .isEqualTo(new Program.Ran(2, "", "vigie: http.port is \"x\"; it is a whole number from 0 to 65535\n"));
    }

    @Test
    void aFailureIsExitCode1InOneSentenceAndDebugShowsItsTrace() {
        String missing = directory.resolve("missing.jsonl").toString();

        var ran = SystemStreams.run("", "import", missing);
        var debugged = SystemStreams.run("", "--debug", "import", missing);

        assertThat(ran).isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + missing + "\n"));
        assertThat(debugged.exit()).isEqualTo(1);
        assertThat(debugged.err()).contains("cannot read " + missing, "\tat io.vigie.app.");
    }

    @Test
    void aMissingOfferFileIsNamedInOneSentence() {
        String missing = directory.resolve("missing.jsonl").toString();

        var ran = SystemStreams.run("", "offers", "apply", "--dry-run", missing);

        assertThat(ran)
                .isEqualTo(new Program.Ran(1, "", "vigie: cannot read " + missing + ": there is no such file\n"));
    }

    @Test
    void theVersionIsTold() {
        var ran = SystemStreams.run("", "--version");

        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).startsWith("vigie ");
    }
}
