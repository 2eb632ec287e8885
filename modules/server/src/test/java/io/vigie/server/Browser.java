package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ScreenshotType;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The system's Chromium, headless, driven by Playwright; one for all tests of this JVM. Where none is installed, tests are
 * skipped, but in CI that is a failure. Tests of the whole program look at its pages with it too.
 */
public final class Browser {
    /** Where each test run leaves what it saw. */
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Without the parts of a browser that nobody sees here it takes half of the time. */
    private static final List<String> NAMES = List.of("chromium-headless-shell", "chromium");

    private static final int HEIGHT = 900;
    private static final int SHOT_QUALITY = 80;
    private static final double WAIT_MAX_MS = 10_000;
    private static final String AXE = script();

    private static Optional<com.microsoft.playwright.Browser> running = Optional.empty();

    private Browser() {}

    /** What a person has before them. */
    public enum Screen {
        /** As narrow as WCAG 1.4.10 has it. */
        NARROW(320),
        PHONE(360),
        DESK(1280);

        final int width;

        Screen(int width) {
            this.width = width;
        }
    }

    /** A window of its own on a server; close it. */
    public static final class Window implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final String base;
        private Screen screen;
        private ColorScheme scheme;
        private final List<String> complaints = new ArrayList<>();

        private Window(BrowserContext context, String base, Screen screen, ColorScheme scheme) {
            this.context = context;
            this.base = base;
            this.screen = screen;
            this.scheme = scheme;
            this.page = context.newPage();
            page.setDefaultTimeout(WAIT_MAX_MS);
            page.onConsoleMessage(this::heard);
            page.onPageError(complaints::add);
        }

        private void heard(ConsoleMessage message) {
            // The browser itself tells of every refused request; the page says what it makes of it.
            if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        }

        public Page page() {
            return page;
        }

        public Page open(String address) {
            page.navigate(base + address);
            return page;
        }

        /** As {@link #open}, without waiting for what the page loads besides. */
        void begin(String address) {
            page.navigate(base + address, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        }

        /** Opens a page and {@link #check checks} it. */
        void look(String address, String name) {
            open(address);
            check(name);
        }

        /**
         * Keeps what is seen; it is as wide as the screen, no script complains, and on a phone it keeps nobody out: the
         * elements are the same on a wide screen, and in the dark all but their contrast is; to look at them takes most of
         * the time of these tests.
         */
        public void check(String name) {
            shoot(name);
            assertThat(overflows()).as(name + " is wider than the screen").isFalse();
            assertThat(complaints()).as(name).isEmpty();
            if (screen == Screen.PHONE) {
                assertThat(barriers()).as(name).isEmpty();
            }
        }

        /**
         * As {@link #check}, on a phone and on a desk, in the light and in the dark; and nothing is wider than the smallest
         * screen. What was done on the page stays done.
         */
        public void checkForAll(String name) {
            for (Screen each : List.of(Screen.PHONE, Screen.DESK)) {
                for (ColorScheme light : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    turn(each, light);
                    check(name + ("-" + each + "-" + light).toLowerCase(Locale.ROOT));
                }
            }
            turn(Screen.NARROW, ColorScheme.LIGHT);
            assertThat(overflows())
                    .as(name + " is wider than the smallest screen")
                    .isFalse();
            turn(Screen.DESK, ColorScheme.LIGHT);
        }

        private void turn(Screen next, ColorScheme light) {
            screen = next;
            scheme = light;
            page.setViewportSize(screen.width, HEIGHT);
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(light));
        }

        /** What can be used but is not reached with the key Tab, or is reached and cannot be seen to be. */
        List<String> unreached() {
            page.evaluate("""
                () => {
                  const all = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
                  window.toReach = [...document.querySelectorAll(all)].filter((each) =>
                    each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0
                    && !(each.type === 'radio' && !each.checked));
                  window.unseen = new Set();
                  window.reached = new Set();
                  document.addEventListener('focusin', (event) => {
                    window.reached.add(event.target);
                    const style = getComputedStyle(event.target);
                    if (style.outlineStyle === 'none' && !event.target.closest('svg')) window.unseen.add(event.target);
                  });
                  document.activeElement?.blur();
                }\
                """);
            Object count = page.evaluate("() => window.toReach.length");
            // Parts that scroll are stopped at too, and a page may begin in its middle.
            int presses = 2 * ((Number) count).intValue() + 20;
            for (int i = 1; i <= presses && !isAllReached(i); i++) {
                page.keyboard().press("Tab");
            }
            Object missed = page.evaluate("""
                () => [
                  ...window.toReach.filter((each) => !window.reached.has(each)).map((each) => 'unreached ' + each.outerHTML),
                  ...[...window.unseen].map((each) => 'without a mark ' + each.outerHTML),
                ].map((each) => each.slice(0, 200))\
                """);
            return missed instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        private boolean isAllReached(int presses) {
            return presses % 20 == 0
                    && Boolean.TRUE.equals(
                            page.evaluate("() => window.toReach.every((each) => window.reached.has(each))"));
        }

        /** Errors of scripts, and what the security policy has stopped. */
        public List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** Keeps what is seen, the whole page. */
        void shoot(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".jpg"))
                    .setType(ScreenshotType.JPEG)
                    .setQuality(SHOT_QUALITY)
                    .setFullPage(true));
        }

        /** What axe-core finds wrong, of grave or serious impact: rule, what it is, and where; in the dark, of contrast only. */
        List<String> barriers() {
            if (!Boolean.TRUE.equals(page.evaluate("() => 'axe' in window"))) {
                page.evaluate(AXE);
            }
            Object found = page.evaluate("""
                async (dark) => {
                  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
                  const only = dark ? { type: 'rule', values: ['color-contrast'] } : { type: 'tag', values: tags };
                  const result = await axe.run(document, { runOnly: only, resultTypes: ['violations'] });
                  return result.violations
                    .filter((each) => ['serious', 'critical'].includes(each.impact))
                    .flatMap((each) => each.nodes.map((node) =>
                      `${each.id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`));
                }\
                """, scheme == ColorScheme.DARK);
            return found instanceof List<?> list
                    ? list.stream().map(String::valueOf).toList()
                    : List.of();
        }

        /** Whether the page is wider than the screen. */
        boolean overflows() {
            return Boolean.TRUE.equals(
                    page.evaluate("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** At a desk, by day, on what listens at this port. */
    public static Window window(int port) {
        return window(port, Screen.DESK, ColorScheme.LIGHT, true);
    }

    static Window window(RunningServer server, Screen screen, ColorScheme scheme) {
        return window(server.server.port(), screen, scheme, true);
    }

    static Window withoutScripts(RunningServer server) {
        return window(server.server.port(), Screen.DESK, ColorScheme.LIGHT, false);
    }

    private static synchronized Window window(int port, Screen screen, ColorScheme scheme, boolean scripts) {
        var options = new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width, HEIGHT)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setJavaScriptEnabled(scripts);
        return new Window(chromium().newContext(options), "http://127.0.0.1:" + port, screen, scheme);
    }

    private static com.microsoft.playwright.Browser chromium() {
        if (running.isEmpty()) {
            Path found = executable();
            // It downloads nothing: its driver is in a jar, the browser is the system's.
            var driver = Playwright.create(
                    new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
            running = Optional.of(driver.chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(found)
                            .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-quic"))));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(driver::close));
        }
        return running.orElseThrow();
    }

    private static Path executable() {
        Optional<Path> found = NAMES.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(":")).map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("no chromium on PATH; CI must have one to test the pages");
        }
        Assumptions.assumeTrue(
                found.isPresent(), "skipped: no chromium on PATH; install it to test the pages in a real browser");
        return found.orElseThrow();
    }

    private static String script() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            if (in == null) {
                throw new IllegalStateException("axe-core is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read axe-core", e);
        }
    }
}
