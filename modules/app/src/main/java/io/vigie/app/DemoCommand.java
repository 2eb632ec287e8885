package io.vigie.app;

import io.vigie.app.demo.DemoEvent;
import io.vigie.app.demo.DemoStory;
import io.vigie.events.Author;
import io.vigie.events.EventProducer;
import io.vigie.events.Offer;
import io.vigie.events.Speaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vigie demo}. */
@Command(
        name = "demo",
        description = {
            "Everything in one process, with a French telecom story that streams in.",
            "Eight weeks of an operator's customers: an outage, a price rise, the end of copper, questions that nobody",
            "answers; and it goes on streaming. Data is kept in data/demo."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(DemoCommand.class);

    private static final long SEED = 1;
    private static final Duration PAST_MAX = Duration.ofMinutes(2);
    private static final Duration OFFERS_MAX = Duration.ofSeconds(30);

    @Option(
            names = "--every",
            paramLabel = "MS",
            defaultValue = "1500",
            description = "Milliseconds between two live events, 10 or more (default: 1500).")
    private int everyMillis = 1_500;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Mixin
    private ResetOption reset = new ResetOption();

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() throws Exception {
        Config config = options.read(Map.of(ConfigKey.DATA_DIR.key(), "data/demo"));
        System.out.println("Vigie starts Kafka, registry, stream, index and search page; some seconds...");
        try (var application = Application.up(config, Home.find(), reset.parts())) {
            UpCommand.endWith(application);
            var story = DemoStory.load();
            tellPast(story, application, lastDay(config));
            System.out.println(DemoStory.tour(config.http().url()));
            var teller = Thread.ofVirtual().name("demo-live").start(() -> tellOn(story, application.producer()));
            application.closeFirst(teller::interrupt);
            application.await();
        }
        return 0;
    }

    private void tellPast(DemoStory story, Application application, LocalDate lastDay) throws Exception {
        var producer = application.producer();
        CompletableFuture<RecordMetadata> declared = null;
        for (Offer offer : story.offers()) {
            declared = producer.send(offer);
        }
        if (declared != null) {
            long offset = declared.get(OFFERS_MAX.toSeconds(), TimeUnit.SECONDS).offset();
            application.awaitOffers(offset, OFFERS_MAX);
        }
        try (var past = story.past(SEED, lastDay, clock.instant())) {
            var events = past.toList();
            var sent = events.stream().map(event -> send(producer, event)).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(sent).get(PAST_MAX.toSeconds(), TimeUnit.SECONDS);
            application.awaitDocuments(
                    events.stream().mapToInt(DemoCommand::verbatims).sum(), PAST_MAX);
        }
    }

    /** How many verbatims an event of the story gives: it has no empty texts. */
    private static int verbatims(DemoEvent event) {
        return switch (event) {
            case DemoEvent.Ticket(var ticket) -> ticket.getAuthor() == Author.CUSTOMER ? 1 : 0;
            case DemoEvent.Call(var call) ->
                call.getTurns().stream().anyMatch(turn -> turn.getSpeaker() == Speaker.CUSTOMER) ? 1 : 0;
            case DemoEvent.Survey(var survey) -> survey.getAnswers().size();
        };
    }

    private void tellOn(DemoStory story, EventProducer producer) {
        var live = story.live(SEED, clock);
        try {
            while (true) {
                Thread.sleep(Math.max(10, everyMillis));
                var _ = send(producer, live.get()).exceptionally(failure -> {
                    log.warn("a live event of the story was not sent", failure);
                    return null;
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static CompletableFuture<RecordMetadata> send(EventProducer producer, DemoEvent event) {
        return switch (event) {
            case DemoEvent.Ticket ticket -> producer.send(ticket.event());
            case DemoEvent.Call call -> producer.send(call.event());
            case DemoEvent.Survey survey -> producer.send(survey.event());
        };
    }

    /** The story's last day is that of the first run on this data: told again, it must not move with the calendar. */
    private LocalDate lastDay(Config config) throws IOException {
        Path file = config.dataDirectory().resolve("demo.day");
        if (!Files.exists(file)) {
            Files.writeString(
                    file, LocalDate.ofInstant(clock.instant(), config.zone()).toString());
        }
        return LocalDate.parse(Files.readString(file).strip());
    }
}
