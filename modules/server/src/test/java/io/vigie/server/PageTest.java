package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final List<String> SCRIPTS = List.of("search.js", "verbatim.js", "say.js", "texts.js");
    /** Far above what any of them takes; so that a hanging tool does not hang the build. */
    private static final long TOOL_SECONDS_MAX = 60;

    @TempDir
    Path directory;

    private RunningServer running;

    @BeforeEach
    void start() throws IOException, ServerException {
        running = new RunningServer(directory.resolve("index"));
    }

    @AfterEach
    void stop() throws IOException {
        running.close();
    }

    @Test
    void thePageIsServedWithAPolicyThatItKeeps() {
        var page = running.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'")
                .contains("style-src 'self'")
                .contains("require-trusted-types-for 'script'");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* src=)|<style|\\sstyle=|\\son[a-z]+=");
    }

    @Test
    void everyFileThePageAsksForIsThere() {
        var files = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"")
                .matcher(running.get("/").body());

        int found = 0;
        while (files.find()) {
            assertThat(running.get(files.group(1)).statusCode())
                    .as(files.group(1))
                    .isEqualTo(200);
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(4);
        for (String script : SCRIPTS) {
            assertThat(running.get("/page/" + script).headers().firstValue("Content-Type"))
                    .contains("text/javascript;charset=utf-8");
        }
    }

    @Test
    void noScriptPutsMarkupTogether() {
        for (String script : SCRIPTS) {
            assertThat(running.get("/page/" + script).body())
                    .doesNotContainPattern(
                            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"search.js", "verbatim.js", "say.js", "texts.js"})
    void theScriptsAreWellFormed(String script) throws IOException, InterruptedException {
        Path module = directory.resolve(script.replace(".js", ".mjs"));
        Files.writeString(module, running.get("/page/" + script).body());

        assertThat(node("--check", module.toString())).isEmpty();
    }

    @Test
    void frenchAndEnglishSayTheSameThings() throws IOException, InterruptedException {
        Path module = directory.resolve("texts.mjs");
        Files.writeString(module, running.get("/page/texts.js").body());

        String differing = node(
                "--input-type=module",
                "-e",
                "import {texts} from '" + module.toUri() + "';"
                        + "const keys = (of) => [...Object.keys(texts[of]), ...Object.keys(texts[of].values)];"
                        + "console.log([...keys('fr').filter((k) => !keys('en').includes(k)),"
                        + "...keys('en').filter((k) => !keys('fr').includes(k))].join())");

        assertThat(differing).isEmpty();
    }

    @Test
    void everyTextThePageNamesExists() {
        String texts = running.get("/page/texts.js").body();
        var named = Pattern.compile("data-(?:text|placeholder)=\"([a-zA-Z]+)\"")
                .matcher(running.get("/").body());

        while (named.find()) {
            assertThat(texts).contains(" " + named.group(1) + ": ");
        }
    }

    /** What node prints; skips the test where there is no node. */
    private static String node(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addFirst("node");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("node is not installed: the scripts are not checked");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(TOOL_SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }
}
