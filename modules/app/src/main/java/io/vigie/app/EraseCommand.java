package io.vigie.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vigie erase}. */
@Command(
        name = "erase",
        description = {
            "Erases a customer from a running Vigie: all he said until now, in topics, counts and index.",
            "It cannot be undone. What he says from now on is new, and stays."
        })
final class EraseCommand implements Callable<Integer> {
    private static final Duration ASK_EVERY = Duration.ofMillis(250);
    private static final Duration WAIT_MAX = Duration.ofHours(2);

    @Parameters(paramLabel = "CUSTOMER_ID", description = "His id, as the source systems send it in customerId.")
    private String customerId = "";

    @Option(names = "--dry-run", description = "Only say how many verbatims of him there are, by offer.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            description = {
                "Wait until nothing gives his words any more and the index has them on no disk,",
                "which takes index.purge.minutes, and print the receipt."
            })
    private boolean wait;

    @Mixin
    private ConfigOptions options = new ConfigOptions();

    @Override
    public Integer call() throws InterruptedException {
        String path = "/api/v1/customers/"
                + URLEncoder.encode(customerId, StandardCharsets.UTF_8).replace("+", "%20");
        try (var client = new VigieClient(options.read())) {
            var answer = client.delete(dryRun ? path + "?dryRun=true" : path);
            if (!answer.ok()) {
                throw new CommandFailedException(answer.detail());
            }
            if (dryRun) {
                tellTried(answer.body(), System.out);
                return 0;
            }
            String receipt = answer.body().path("receipt").asText();
            System.out.println("requested; its receipt is at " + receipt);
            if (wait) {
                await(client, receipt);
            }
        }
        return 0;
    }

    private static void tellTried(JsonNode found, PrintStream out) {
        out.println(found.path("verbatims").asLong() + " verbatims would be erased");
        found.path("offers")
                .forEach(offer -> out.println("  " + offer.path("verbatims").asLong() + " of "
                        + offer.path("offer").asText()));
    }

    private static void await(VigieClient client, String path) throws InterruptedException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (true) {
            var answer = client.get(path);
            if (answer.ok() && settled(answer.body())) {
                tell(answer.body(), System.out);
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException("not all of it is erased after " + WAIT_MAX.toHours() + " h: "
                        + answer.detail() + "; see /health/ready and the log");
            }
            Thread.sleep(ASK_EVERY);
        }
    }

    /** Nobody is given it, and no file of the index has it; what retention takes is told with its date. */
    static boolean settled(JsonNode receipt) {
        boolean index = false;
        for (JsonNode place : receipt.path("places")) {
            index |= place.path("place").asText().startsWith("index:")
                    && place.path("state").asText().equals("physically-gone");
        }
        return index && !receipt.path("state").asText().equals("requested");
    }

    static void tell(JsonNode receipt, PrintStream out) {
        out.println("erasure " + receipt.path("requestId").asText() + " of "
                + receipt.path("requestedAt").asText() + ": "
                + receipt.path("state").asText());
        for (JsonNode place : receipt.path("places")) {
            out.printf(Locale.ROOT, "  %-24s %s%n", place.path("place").asText(), words(place));
        }
    }

    private static String words(JsonNode place) {
        String count = place.has("count")
                ? place.path("count").asLong() + " "
                        + things(place.path("place").asText()) + ", "
                : "";
        String goneBy = place.path("goneBy").asText();
        return count
                + switch (place.path("state").asText()) {
                    case "physically-gone" -> "gone from the disk since " + goneBy;
                    case "logically-gone" ->
                        "gone since " + place.path("doneAt").asText()
                                + (goneBy.isEmpty() ? "" : ", from the disk by " + goneBy);
                    default -> "kept by retention until " + goneBy + " at the latest";
                };
    }

    private static String things(String place) {
        return switch (place) {
            case "contacts", "contact-history" -> "contacts";
            case "promises", "breaches" -> place;
            default -> "verbatims";
        };
    }
}
