package io.vigie.sink;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Verbatim;
import io.vigie.index.ResultStream;
import io.vigie.index.SearchRequest;
import io.vigie.index.SearchResult;
import io.vigie.index.VerbatimIndex;
import io.vigie.sink.World.Buried;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** What a process holds; closing it is its sudden death, nothing is committed. */
final class SinkProcess implements AutoCloseable {
    final SimpleMeterRegistry meters;
    final VerbatimConsumer consumer;
    final VerbatimIndex index;
    final IndexSink sink;

    private SinkProcess(SimpleMeterRegistry meters, VerbatimConsumer consumer, VerbatimIndex index, IndexSink sink) {
        this.meters = meters;
        this.consumer = consumer;
        this.index = index;
        this.sink = sink;
    }

    static SinkProcess start(World world, Path directory, Pace pace, IndexSink.OnGap onGap) throws IOException {
        var meters = new SimpleMeterRegistry();
        var consumer = new VerbatimConsumer(world.topic);
        var index = VerbatimIndex.open(directory, world.onDamage, world.upkeep, meters, Clock.systemUTC());
        try {
            return new SinkProcess(meters, consumer, index, sink(world, consumer, index, pace, onGap, meters));
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    static IndexSink sink(
            World world,
            VerbatimConsumer consumer,
            VerbatimIndex index,
            Pace pace,
            IndexSink.OnGap onGap,
            MeterRegistry meters) {
        return new IndexSink(
                consumer,
                world.topic.source(),
                world.decoder(),
                index,
                (letter, key, value) -> world.bury(Buried.of(letter, key, value, index.checkpoint())),
                pace,
                onGap,
                world.time,
                world.time,
                meters);
    }

    /** Runs the sink in this thread; each action happens at the start of one poll, and after the last the sink is closed. */
    void run(Action... actions) {
        for (Action action : actions) {
            consumer.schedulePollTask(action::runUnchecked);
        }
        consumer.schedulePollTask(sink::close);
        sink.run();
    }

    /** What searches see: id and text. */
    Map<String, String> visible() throws IOException {
        var texts = new TreeMap<String, String>();
        var found = (SearchResult) index.search(SearchRequest.of("").withSize(SearchRequest.SIZE_MAX));
        for (var hit : found.hits()) {
            Verbatim verbatim = hit.verbatim();
            if (texts.put(verbatim.getVerbatimId(), verbatim.getText()) != null) {
                throw new AssertionError("twice in the index: " + verbatim.getVerbatimId());
            }
        }
        return texts;
    }

    /** As {@link #visible}, also of more than a page. */
    Map<String, String> all() throws IOException {
        var texts = new TreeMap<String, String>();
        try (var found = (ResultStream) index.stream(SearchRequest.of(""))) {
            while (found.next()) {
                texts.put(found.verbatim().getVerbatimId(), found.verbatim().getText());
            }
        }
        return texts;
    }

    double count(String counter, String... tags) {
        var found = meters.find(counter).tags(tags).counter();
        return found == null ? 0 : found.count();
    }

    @Override
    public void close() throws IOException {
        index.close();
    }

    @FunctionalInterface
    interface Action {
        void run() throws IOException;

        private void runUnchecked() {
            try {
                run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
