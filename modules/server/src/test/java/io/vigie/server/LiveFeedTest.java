package io.vigie.server;

import static io.vigie.server.RunningServer.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.index.Arrival;
import io.vigie.index.Checkpoint;
import io.vigie.index.SearchRequest;
import io.vigie.index.VerbatimIndex;
import io.vigie.server.EventStream.Event;
import io.vigie.server.EventStreams.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFeedTest {
    private static final int BEHIND_MAX = 300;

    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private VerbatimIndex index;
    private LiveFeed.Shared shared;
    private long offset;

    @BeforeEach
    void open() throws IOException {
        index = VerbatimIndex.open(directory, meters, Clock.systemUTC());
        var settings = ServerSettings.at("127.0.0.1", 0);
        var writes = new ReadYourWrites(List.of(), "verbatims", new FakeOffsets(), index::searchable);
        var searches = new SearchEndpoint(settings, index, writes, new ServerMetrics(meters), Clock.systemUTC());
        shared = new LiveFeed.Shared(index, searches, LiveMetrics.of(meters, () -> 0), new Semaphore(1), BEHIND_MAX);
        index.reached(new Checkpoint("topic", Map.of(0, 0L)));
    }

    @AfterEach
    void close() throws IOException {
        index.close();
    }

    @Test
    void itStandsBehindWhatItHasGivenAndNotBehindWhatItHasFound() throws Exception {
        arrive(3);
        var feed = feed(start());
        String before = feed.position();

        Batch batch = feed.next();

        assertThat(before).isEqualTo(LivePosition.encode(start()));
        assertThat(batch.events()).hasSize(3);
        assertThat(feed.position()).isEqualTo(batch.events().getLast().id());
    }

    @Test
    void muchComesInPieces() throws Exception {
        arrive(LiveFeed.BATCH_MAX + 50);
        var feed = feed(start());

        Batch first = feed.next();
        Batch second = feed.next();

        assertThat(first.events()).hasSize(LiveFeed.BATCH_MAX);
        assertThat(first.more()).isTrue();
        assertThat(second.events()).hasSize(50);
        assertThat(second.more()).isFalse();
        assertThat(feed.next().events()).isEmpty();
        assertThat(meters.counter("vigie.live.sent").count()).isEqualTo(LiveFeed.BATCH_MAX + 50);
    }

    @Test
    void whoIsTooFarBehindIsToldHowMuchIsMissedAndGoesOnFromThere() throws Exception {
        arrive(BEHIND_MAX);
        var feed = feed(start());
        feed.next();
        arrive(BEHIND_MAX);

        Event gap = feed.next().events().getFirst();
        arrive(1);
        Batch after = feed.next();

        int missed = 2 * BEHIND_MAX - LiveFeed.BATCH_MAX;
        assertThat(gap.type()).isEqualTo("gap");
        assertThat(gap.data())
                .startsWith("{\"missed\":" + missed + ",\"detail\":")
                .contains("search");
        assertThat(after.events()).singleElement().extracting(Event::type).isEqualTo("verbatim");
        assertThat(meters.counter("vigie.live.missed").count()).isEqualTo(missed);
    }

    @Test
    void whoStaysTooFarBehindIsToldAtTheBeginningAndAtTheEnd() throws Exception {
        arrive(1);
        var feed = feed(start());
        feed.next();
        arrive(BEHIND_MAX + 1);
        Event first = feed.next().events().getFirst();
        String told = feed.position();
        arrive(BEHIND_MAX + 1);
        Batch meanwhile = feed.next();
        arrive(BEHIND_MAX + 2);
        Batch still = feed.next();
        String position = feed.position();
        arrive(1);
        Batch live = feed.next();

        assertThat(first.type()).isEqualTo("gap");
        assertThat(meanwhile.events()).isEmpty();
        assertThat(still.events()).isEmpty();
        assertThat(position).isEqualTo(told);
        assertThat(live.events()).extracting(Event::type).containsExactly("gap", "verbatim");
        assertThat(live.events().getFirst().data()).startsWith("{\"missed\":" + (2 * BEHIND_MAX + 3) + ",");
        assertThat(feed.position()).isEqualTo(live.events().getLast().id());
        assertThat(meters.counter("vigie.live.missed").count()).isEqualTo(3 * BEHIND_MAX + 4);
        assertThat(meters.counter("vigie.live.sent").count()).isEqualTo(2);
    }

    @Test
    void aPositionInAnotherTopicIsAGapOfUnknownSize() throws Exception {
        arrive(2);

        var feed = feed(new Checkpoint("another", Map.of(0, 1L)));
        Event gap = feed.next().events().getFirst();
        arrive(1);

        assertThat(gap.type()).isEqualTo("gap");
        assertThat(gap.data()).doesNotContain("missed\"");
        assertThat(gap.id()).isEqualTo(LivePosition.encode(new Checkpoint("topic", Map.of(0, 2L))));
        assertThat(feed.next().events()).hasSize(1);
    }

    @Test
    void positionsAreReadAsTheyWereWritten() {
        var position = new Checkpoint("topic", Map.of(0, 0L, 7, 123_456_789_012L, 40, 5L));

        assertThat(LivePosition.decode(LivePosition.encode(position), start())).contains(position);
        assertThat(LivePosition.decode(LivePosition.encode(position), new Checkpoint("another", Map.of())))
                .contains(new Checkpoint("of another topic", position.nextOffsets()));
        for (String wrong :
                List.of("", ".", "zz!", "a.0", "a.0-", "a.0-1-2", "a.-1-2", "a.0-1.0-2", "a.0-zzzzzzzzzzzzzzz")) {
            assertThat(LivePosition.decode(wrong, start())).as(wrong).isEmpty();
        }
    }

    private LiveFeed feed(Checkpoint since) throws Refusal, IOException {
        return new LiveFeed(shared, SearchRequest.of("box"), since);
    }

    private static Checkpoint start() {
        return new Checkpoint("topic", Map.of(0, 0L));
    }

    private void arrive(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            index.put(verbatim("id" + offset, "box"), new Arrival(0, offset));
            offset++;
        }
        index.refresh(new Checkpoint("topic", Map.of(0, offset)));
    }
}
