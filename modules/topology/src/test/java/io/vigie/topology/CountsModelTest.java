package io.vigie.topology;

import static io.vigie.topology.SampleVerbatims.NOW;
import static io.vigie.topology.SampleVerbatims.verbatim;
import static org.assertj.core.api.Assertions.assertThat;

import io.vigie.events.Channel;
import io.vigie.events.Intent;
import io.vigie.events.Verbatim;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random verbatims come in any order, twice, again, changed and erased: the rows are always those of the final table. */
class CountsModelTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int STEPS = 600;
    private static final List<String> OFFERS = List.of("fibre", "mobile", "unassigned");
    private static final List<String> THEMES = List.of("network.outage", "billing.error", "sales.pressure");

    private final Random random = new Random(SEED);
    private final Map<String, Verbatim> table = new HashMap<>();
    private final List<Verbatim> said = new ArrayList<>();

    @Test
    void theRowsAreThoseOfTheFinalTable() {
        try (var insights = new RunningInsights(NOW)) {
            for (int i = 0; i < STEPS; i++) {
                step(insights);
            }
            assertTable(insights);

            // All of it again, as an application without its offsets would read it.
            table.values().forEach(insights::pipe);
            assertThat(insights.countRecords()).isEmpty();
            assertTable(insights);

            Set.copyOf(table.keySet()).forEach(id -> {
                insights.erase(id);
                table.remove(id);
            });
            assertThat(insights.table()).isEmpty();
        }
    }

    /** The first application has counted some of them; the second counts all anew, over what is in the topic. */
    @Test
    void whoCountsAnewFromTheTopicReachesTheSameRows() {
        try (var first = new RunningInsights(NOW);
                var second = new RunningInsights(NOW)) {
            for (int i = 0; i < STEPS; i++) {
                step(first);
            }
            var topic = new HashMap<>(first.table());
            var compacted = new ArrayList<>(table.values());
            java.util.Collections.shuffle(compacted, random);
            compacted.forEach(second::pipe);
            topic.putAll(second.table());

            var found = recount(second).compare(topic, NOW);

            assertThat(found.differences()).as("rerun with -Dseed=%d", SEED).isEmpty();
            assertThat(topic.keySet()).isEqualTo(second.table().keySet());
        }
    }

    private void step(RunningInsights insights) {
        switch (random.nextInt(10)) {
            case 0 -> anyKnown(insights);
            case 1, 2 -> reclassify(insights);
            case 3 -> erase(insights);
            default -> say(insights, random("v" + random.nextInt(STEPS / 2)));
        }
    }

    private void say(RunningInsights insights, Verbatim verbatim) {
        insights.pipe(verbatim);
        table.put(verbatim.getVerbatimId(), verbatim);
        said.add(verbatim);
    }

    /** A record of before comes once more, as it was: it is what there is now. */
    private void anyKnown(RunningInsights insights) {
        if (!said.isEmpty()) {
            say(insights, said.get(random.nextInt(said.size())));
        }
    }

    private void reclassify(RunningInsights insights) {
        if (!table.isEmpty()) {
            var known = List.copyOf(table.values()).get(random.nextInt(table.size()));
            var other = random(known.getVerbatimId());
            say(
                    insights,
                    Verbatim.newBuilder(known)
                            .setThemes(other.getThemes())
                            .setIntent(other.getIntent())
                            .setOfferId(other.getOfferId())
                            .setSentiment(other.getSentiment())
                            .setClassifier("newer")
                            .build());
        }
    }

    private void erase(RunningInsights insights) {
        String id = "v" + random.nextInt(STEPS / 2);
        insights.erase(id);
        table.remove(id);
    }

    private void assertTable(RunningInsights insights) {
        var found = recount(insights).compare(insights.table(), NOW);
        assertThat(found.differences()).as("rerun with -Dseed=%d", SEED).isEmpty();
        assertThat(found.rows()).isPositive();
    }

    private Recount recount(RunningInsights insights) {
        var recount = insights.recount();
        table.forEach((id, verbatim) -> recount.put(id, verbatim, Instant.EPOCH));
        return recount;
    }

    /** Of the last four days and some of long ago, so that rows of every age are among them. */
    private Verbatim random(String id) {
        var themes = new HashSet<String>();
        for (int i = random.nextInt(3); i > 0; i--) {
            themes.add(THEMES.get(random.nextInt(THEMES.size())));
        }
        var ago = random.nextInt(5) == 0
                ? Duration.ofDays(random.nextInt(1_000))
                : Duration.ofSeconds(random.nextInt(4 * 86_400));
        return verbatim(id, OFFERS.get(random.nextInt(OFFERS.size())))
                .setOccurredAt(NOW.minus(ago))
                .setChannel(random.nextBoolean() ? Channel.EMAIL : Channel.PHONE)
                .setCustomerKey(random.nextInt(4) == 0 ? null : "customer-" + random.nextInt(50))
                .setIntent(random.nextBoolean() ? Intent.COMPLAINT : Intent.QUESTION)
                .setThemes(themes.stream().map(SampleVerbatims::theme).toList())
                .setSentiment(random.nextDouble() * 2 - 1)
                .setSeverity(random.nextInt(5))
                .setChurnRisk(random.nextDouble())
                .build();
    }
}
