package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.events.Verbatim;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts deliveries. Any thread, each for as long as a delivery takes at most. */
final class Webhook implements AutoCloseable {
    /** Longest time for a receiver to answer, its body included. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(15);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    /** How long after its alert a verbatim may still be on its way into the index; later it is erased. */
    private static final Duration INDEXED_WITHIN = Duration.ofSeconds(10);

    private final HttpClient client;
    private final WebhookRule rule;
    private final Finder index;
    private final String page;
    private final InstantSource clock;

    /** @param page address of the search page, without a slash at its end */
    Webhook(WebhookRule rule, Finder index, String page, InstantSource clock) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                // A receiver could send us anywhere.
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.rule = rule;
        this.index = index;
        this.page = page;
        this.clock = clock;
    }

    /** Finds a verbatim by its id. */
    interface Finder {
        Optional<Verbatim> find(String id) throws IOException;
    }

    /** What became of a try. */
    sealed interface Tried {
        /** Answered with a 2xx. */
        record Acknowledged() implements Tried {}

        /** Not delivered, as far as is known. */
        record Failed(String why) implements Tried {}

        /** Not tried: a verbatim is not indexed yet. */
        record TooEarly() implements Tried {}
    }

    /** Tries a delivery once; whatever happens is told as data. */
    Tried post(Outbox.Due delivery) {
        try {
            var verbatims = verbatims(delivery.parcel().shown());
            if (verbatims.isEmpty()) {
                return new Tried.TooEarly();
            }
            String url = delivery.search().getWebhook().orElse("");
            Optional<String> refused = rule.refuses(url);
            if (refused.isPresent()) {
                return new Tried.Failed("the webhook is refused: " + refused.get());
            }
            return post(delivery, URI.create(url), DeliveryJson.body(delivery, verbatims.get(), page));
        } catch (IOException e) {
            return new Tried.Failed("the index cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // So the client refuses an address that only it does not like.
            return new Tried.Failed("the webhook cannot be posted to: " + e.getMessage());
        }
    }

    private Tried post(Outbox.Due delivery, URI url, byte[] body) {
        SavedSearch search = delivery.search();
        var request = HttpRequest.newBuilder(url)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Vigie")
                .header("Vigie-Delivery", delivery.id())
                .header("Vigie-Search", search.getSearchId())
                .header("Vigie-Attempt", Integer.toString(delivery.tries() + 1))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        // The time out of the request ends with the headers of its answer; this one also covers a body without end.
        CompletableFuture<HttpResponse<Void>> sent = client.sendAsync(request, BodyHandlers.discarding());
        try {
            int status = sent.get(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status >= 200 && status < 300
                    ? new Tried.Acknowledged()
                    : new Tried.Failed("the receiver answered " + status);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new Tried.Failed("the receiver cannot be reached: " + cause);
        } catch (TimeoutException e) {
            return new Tried.Failed("the receiver did not answer within " + ANSWER_MAX.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Tried.Failed("interrupted");
        } finally {
            sent.cancel(true);
        }
    }

    /** Empty when one that is young is not there yet. */
    private Optional<List<DeliveryJson.Shown>> verbatims(List<Alert> alerts) throws IOException {
        Instant now = clock.instant();
        var shown = new ArrayList<DeliveryJson.Shown>();
        for (Alert alert : alerts) {
            var verbatim = index.find(alert.getVerbatimId());
            if (verbatim.isEmpty() && now.isBefore(alert.getMatchedAt().plus(INDEXED_WITHIN))) {
                return Optional.empty();
            }
            shown.add(new DeliveryJson.Shown(alert, verbatim));
        }
        return Optional.of(shown);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
