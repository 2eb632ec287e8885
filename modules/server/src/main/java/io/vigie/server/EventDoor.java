package io.vigie.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.vigie.events.Checked;
import io.vigie.events.EventTooLargeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Takes in events of one kind: reads them, holds them against the rules, sends them, waits for Kafka, and tells of each
 * that was not taken why. Nothing is sent before the whole request has been read.
 */
final class EventDoor<T extends SpecificRecord> {
    private static final int RETRY_SECONDS = 5;

    private final AvroJson<T> reader;
    private final Function<T, Checked> rules;
    private final Function<T, CompletableFuture<RecordMetadata>> send;
    private final ServerMetrics.Received received;
    private final ReadYourWrites writes;
    private final Duration acknowledgeMax;

    EventDoor(
            AvroJson<T> reader,
            Function<T, Checked> rules,
            Function<T, CompletableFuture<RecordMetadata>> send,
            ServerMetrics.Received received,
            ReadYourWrites writes,
            Duration acknowledgeMax) {
        this.reader = reader;
        this.rules = rules;
        this.send = send;
        this.received = received;
        this.writes = writes;
        this.acknowledgeMax = acknowledgeMax;
    }

    /** The report on the events in this body; refused when it holds no JSON object, or Kafka took none. */
    Document take(byte[] body, boolean lines, int eventsMax) throws Refusal {
        var request = new Request();
        JsonItems.read(body, lines, eventsMax, request);
        request.deliver();
        return request.report();
    }

    private record Item<T>(int index, OptionalInt line, T event) {}

    private record Sent(int index, OptionalInt line, CompletableFuture<RecordMetadata> acknowledged) {}

    private record Rejected(int index, OptionalInt line, String error) {
        void write(JsonGenerator out) throws IOException {
            out.writeStartObject();
            out.writeNumberField("index", index);
            if (line.isPresent()) {
                out.writeNumberField("line", line.getAsInt());
            }
            out.writeStringField("error", error);
            out.writeEndObject();
        }
    }

    /** One request under way. */
    private final class Request implements JsonItems.Sink {
        private final List<Item<T>> good = new ArrayList<>();
        private final List<Rejected> rejected = new ArrayList<>();
        private final Map<TopicPartition, Long> last = new HashMap<>();
        private int objects;
        private int accepted;
        private int failed;

        @Override
        public void value(int index, OptionalInt line, JsonNode json) {
            objects += json.isObject() ? 1 : 0;
            switch (reader.read(json)) {
                case AvroJson.Bad<T>(String error) -> broken(index, line, error);
                case AvroJson.Good<T>(T event) -> {
                    switch (rules.apply(event)) {
                        case Checked.Valid() -> good.add(new Item<>(index, line, event));
                        case Checked.Invalid invalid -> broken(index, line, invalid.detail());
                    }
                }
            }
        }

        @Override
        public void broken(int index, OptionalInt line, String error) {
            rejected.add(new Rejected(index, line, error));
        }

        void deliver() {
            long deadline = System.nanoTime() + acknowledgeMax.toNanos();
            List<Sent> sent = new ArrayList<>(good.size());
            for (Item<T> item : good) {
                // A producer without a broker blocks for seconds at each send: the deadline holds for those too.
                var acknowledged = System.nanoTime() - deadline < 0
                        ? send.apply(item.event())
                        : CompletableFuture.<RecordMetadata>failedFuture(new TimeoutException("not sent in time"));
                sent.add(new Sent(item.index(), item.line(), acknowledged));
            }
            sent.forEach(each -> settle(each, deadline));
            received.accepted().increment(accepted);
            received.failed().increment(failed);
            received.rejected().increment(rejected.size() - failed);
        }

        private void settle(Sent sent, long deadline) {
            try {
                var written = sent.acknowledged().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                last.merge(new TopicPartition(written.topic(), written.partition()), written.offset(), Math::max);
                accepted++;
            } catch (ExecutionException e) {
                settleFailure(sent, Objects.requireNonNullElse(e.getCause(), e));
            } catch (TimeoutException e) {
                fail(sent, "Kafka did not acknowledge it within " + acknowledgeMax.toSeconds() + " s");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(sent, "the server is stopping");
            }
        }

        private void settleFailure(Sent sent, Throwable cause) {
            if (cause instanceof EventTooLargeException || cause instanceof RecordTooLargeException) {
                broken(sent.index(), sent.line(), String.valueOf(cause.getMessage()));
            } else {
                fail(sent, "Kafka did not take it: " + cause.getMessage());
            }
        }

        /** It may still arrive: sending it again is safe, since an event is counted once however often it comes. */
        private void fail(Sent sent, String error) {
            failed++;
            broken(sent.index(), sent.line(), error + "; send it again");
        }

        /** What was read as events is reported on item by item, whether or not one of them is good. */
        Document report() throws Refusal {
            if (accepted > 0 || (failed == 0 && objects > 0)) {
                return Document.json(202, out -> {
                    out.writeStartObject();
                    members(out);
                    Optional<String> token = writes.token(last);
                    if (token.isPresent()) {
                        out.writeStringField("token", token.get());
                    }
                    out.writeEndObject();
                });
            }
            throw new Refusal(nothingTaken());
        }

        private Problem nothingTaken() {
            if (failed > 0) {
                return Problem.of(Fault.UNAVAILABLE, "Kafka took no event; send them again later")
                        .retryAfter(RETRY_SECONDS)
                        .with(this::members);
            }
            String detail = rejected.isEmpty()
                    ? "the request holds no event"
                    : "the request holds nothing that could be an event; the first: "
                            + rejected.getFirst().error();
            return Problem.of(Fault.NOTHING_ACCEPTED, detail).with(this::members);
        }

        private void members(JsonGenerator out) throws IOException {
            out.writeNumberField("accepted", accepted);
            out.writeArrayFieldStart("rejected");
            rejected.sort((a, b) -> Integer.compare(a.index(), b.index()));
            for (Rejected each : rejected) {
                each.write(out);
            }
            out.writeEndArray();
        }
    }
}
