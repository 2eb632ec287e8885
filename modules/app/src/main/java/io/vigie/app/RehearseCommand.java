package io.vigie.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vigie.app.demo.DemoEvent;
import io.vigie.app.demo.DemoStory;
import io.vigie.app.embedded.Ports;
import io.vigie.events.Offer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code vigie rehearse}: what the JVM watches when it learns how to start Vigie fast (JEP 483, 514 and 515). The launcher
 * runs it once after a build, with the option that keeps what was learned.
 *
 * <p>Everything runs as in {@code vigie up}, on data thrown away after it: events come in over HTTP as fast as they will
 * for some seconds, are searched, and pages are opened. What a rehearsal has not touched is loaded and compiled later, as
 * without it.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Runs everything for some seconds, so that the next starts are fast. The launcher calls it.")
final class RehearseCommand implements Callable<Integer> {
    private static final long SEED = 1;
    private static final int BATCH = 100;
    /** A thousand events a second, as the promise of freshness has it. */
    private static final Duration BATCH_EVERY = Duration.ofMillis(100);

    private static final int SEARCHES_IN_BATCH = 2;

    private static final List<String> SEARCHES = List.of(
            "?q=fibre&facets=offer,theme,intent,channel,lang&interval=auto&size=20",
            "?q=%22ne%20marche%22&sort=newest&stats=true",
            "?q=factur*%20OU%20panne~&size=20",
            "?size=20&facets=offer,theme&interval=day",
            "?q=theme:network.outage%20-box&from=2020-01-01");

    /** What people open first. */
    private static final List<String> PAGES =
            List.of("/", "/?q=fibre", "/signaux", "/questions", "/retours", "/themes", "/etat");

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "For how long events come in, 1 or more (default: 20).")
    private int seconds = 20;

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("vigie-rehearsal-");
        try {
            // An empty file and no environment: settings of the real thing must not reach into this one.
            Path none = Files.createFile(directory.resolve("vigie.properties"));
            Config config =
                    ConfigReader.read(Map.of(), Optional.of(none), Map.of(), settings(directory.resolve("data")));
            try (var _ = Application.rehearsal(config, Home.find());
                    var client = new VigieClient(config)) {
                var story = DemoStory.load();
                story.offers().forEach(offer -> declare(client, offer));
                var pages = new ArrayList<>(PAGES);
                pages.add("/offres/" + encoded(story.offers().getFirst()));
                tell(client, story.live(SEED, clock), new Visitor(config.http().url(), pages));
            }
        } finally {
            delete(directory);
        }
        return 0;
    }

    private static Map<String, String> settings(Path data) {
        return Map.of(
                ConfigKey.DATA_DIR.key(), data.toString(),
                ConfigKey.HTTP_PORT.key(), Integer.toString(Ports.free()),
                ConfigKey.EMBEDDED_KAFKA_PORT.key(), Integer.toString(Ports.free()),
                ConfigKey.EMBEDDED_REGISTRY_PORT.key(), Integer.toString(Ports.free()));
    }

    private void declare(VigieClient client, Offer offer) {
        ObjectNode body = json.createObjectNode().put("name", offer.getName());
        offer.getAliases().forEach(body.putArray("aliases")::add);
        done(client.put("/api/v1/offers/" + encoded(offer), body));
    }

    private static String encoded(Offer offer) {
        return URLEncoder.encode(offer.getOfferId(), StandardCharsets.UTF_8);
    }

    private void tell(VigieClient client, Supplier<DemoEvent> story, Visitor visitor)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(Math.max(1, seconds)).toNanos();
        for (int batch = 0; System.nanoTime() < end; batch++) {
            long next = System.nanoTime() + BATCH_EVERY.toNanos();
            byte[] lines = Stream.generate(story)
                    .<String>mapMulti(RehearseCommand::ticket)
                    .limit(BATCH)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8);
            done(client.postLines("/api/v1/events/tickets", lines));
            for (int i = 0; i < SEARCHES_IN_BATCH; i++) {
                int search = (batch * SEARCHES_IN_BATCH + i) % SEARCHES.size();
                done(client.get("/api/v1/search" + SEARCHES.get(search)));
            }
            visitor.visit(batch);
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }

    /** Opens one page after the other, as a browser does first. */
    private record Visitor(String url, List<String> pages) {
        void visit(int visit) throws IOException {
            try (var page =
                    URI.create(url + pages.get(visit % pages.size())).toURL().openStream()) {
                page.readAllBytes();
            }
        }
    }

    private static void ticket(DemoEvent event, Consumer<String> lines) {
        if (event instanceof DemoEvent.Ticket(var ticket)) {
            lines.accept(ticket.toString());
        }
    }

    private static void done(VigieClient.Answer answer) {
        if (!answer.ok() || !answer.body().path("rejected").isEmpty()) {
            throw new CommandFailedException("the rehearsal stumbled: " + answer.detail());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
