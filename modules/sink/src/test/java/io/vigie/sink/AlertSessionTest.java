package io.vigie.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vigie.events.RevisionHeader;
import io.vigie.events.Verbatim;
import io.vigie.sink.AlertWorld.Death;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class AlertSessionTest {
    private static final int PARTITIONS = 3;

    private final AlertWorld world = new AlertWorld(PARTITIONS);

    @Test
    void aNewVerbatimThatASearchFindsIsAnAlert() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "La box est en panne");
            put("b", "Merci beaucoup");

            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|a");
    }

    @Test
    void whatWasClassifiedBeforeASearchWasSavedIsNoAlert() throws IOException {
        put("old", "La box est en panne");
        world.time.pass(Duration.ofMillis(1));
        world.watch("panne", "panne");
        put("new", "Encore en panne");
        try (var session = world.start()) {
            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|new");
    }

    @Test
    void aVerbatimThatIsWrittenAgainIsNoAlertAgainAfterARestartEither() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "La box est en panne");
            session.step();
            put("a", "La box est en panne");
            session.step();
        }
        try (var session = world.start()) {
            put("a", "La box est en panne, depuis hier");
            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|a");
        assertThat(world.meters.counter("vigie.alerts", "result", "repeated").count())
                .isEqualTo(2);
    }

    @Test
    void theLastVersionOfAVerbatimInABatchIsTheOneThatCounts() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "La box est en panne");
            put("a", "La box est réparée");
            put("erased", "La box est en panne");
            world.verbatims.append(partition("erased"), World.key("erased"), null, world.time.instant());

            session.step();
        }

        assertThat(world.alerts).isEmpty();
    }

    @Test
    void whatIsOnlyWrittenAnewIsNoAlertHoweverManyThereAre() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "Merci beaucoup");
            session.step();

            revise("a", "La box est en panne");
            revise("long-ago", "La box est en panne");
            session.step();
        }

        assertThat(world.alerts).isEmpty();
        assertThat(world.meters.counter("vigie.alerts.verbatims.revised").count())
                .isEqualTo(2);
    }

    @Test
    void whatIsWrittenAnewBeforeItWasMatchedIsMatchedAsItIsNow() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "Merci beaucoup");
            revise("a", "La box est en panne");

            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|a");
    }

    @Test
    void whatCannotBeReadIsPassedBy() throws IOException {
        world.watch("panne", "panne");
        try (var session = world.start()) {
            world.verbatims.append(0, World.key("x"), World.GARBAGE, world.time.instant());
            world.verbatims.append(0, null, World.GARBAGE, world.time.instant());
            world.verbatims.append(
                    0, World.key("y"), World.bytes(classified("z", "La box est en panne")), world.time.instant());
            put("a", "La box est en panne");

            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|a");
    }

    @Test
    void aSearchThatCannotBeRunDoesNotKeepTheOthers() throws IOException {
        world.watch("bad", "(panne");
        world.watch("panne", "panne");
        try (var session = world.start()) {
            put("a", "La box est en panne");

            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|a");
        assertThat(world.meters.get("vigie.alerts.searches.refused").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void nothingIsReadWhileNobodyWatchesAndNothingIsMissedWhenSomebodyBegins() throws IOException {
        put("a", "La box est en panne");
        try (var session = world.start()) {
            session.step();
            put("b", "La box est en panne");
            session.step();
            put("c", "La box est en panne");
            world.time.pass(Duration.ofMillis(1));
            world.watch("panne", "panne");
            put("d", "La box est en panne");
            session.step();
            session.step();
        }

        assertThat(world.alerts).containsExactly("panne|d");
        assertThat(world.meters.counter("vigie.alerts.verbatims").count()).isEqualTo(1);
    }

    @Test
    void whateverMomentItDiesAtEachDueAlertIsWrittenOnce() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("AlertSessionTest seed=" + seed);
        var random = new Random(seed);
        var words = List.of("panne", "facture", "fibre", "merci");
        var searches = Map.of("s1", "panne", "s2", "facture OU fibre", "s3", "*", "s4", "panne -fibre");
        var deaths = List.of(Death.values());
        var due = new TreeSet<String>();
        var session = world.start();

        for (int i = 0; i < 1_500; i++) {
            switch (random.nextInt(12)) {
                case 0 -> world.watched.remove("s" + (1 + random.nextInt(4)));
                case 1 -> {
                    // All that was written before is read before, as if the answer to the user took its time.
                    session = settled(session);
                    String id = "s" + (1 + random.nextInt(4));
                    world.time.pass(Duration.ofMillis(1));
                    if (!world.watched.containsKey(id)) {
                        world.watch(id, searches.getOrDefault(id, ""));
                    }
                }
                case 2 -> world.dieNext(deaths.get(random.nextInt(deaths.size())));
                case 3 -> {
                    session.close();
                    session = world.start();
                }
                case 4 -> world.time.pass(Duration.ofSeconds(random.nextInt(6)));
                case 5, 6, 7 -> session = stepped(session);
                default -> {
                    session = world.watched.isEmpty() ? settled(session) : session;
                    String id = "v" + (random.nextInt(5) == 0 ? random.nextInt(i + 1) : i);
                    String text = textOf(id, words);
                    put(id, text);
                    found(text).stream()
                            .filter(world.watched::containsKey)
                            .forEach(search -> due.add(search + "|" + id));
                }
            }
            if (random.nextInt(20) == 0) {
                // A search that goes takes along what is not read yet.
                session = settled(session);
            }
            var gone = new TreeSet<>(due);
            gone.removeIf(key -> world.watched.containsKey(key.substring(0, 2)) || world.alerts.contains(key));
            due.removeAll(gone);
        }
        settled(session).close();

        assertThat(world.alerts).as("-Dseed=%d", seed).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(world.alerts)).as("-Dseed=%d", seed).isEqualTo(due);
        assertThat(due).isNotEmpty();
    }

    @Test
    void aFailureToCommitEndsTheSession() throws IOException {
        world.watch("panne", "panne");
        world.dieNext(Death.BEFORE_THE_COMMIT);
        try (var session = world.start()) {
            put("a", "La box est en panne");

            assertThatThrownBy(session::step).isInstanceOf(KafkaException.class);
        }

        assertThat(world.alerts).isEmpty();
    }

    private AlertSession stepped(AlertSession session) throws IOException {
        try {
            session.step();
            return session;
        } catch (KafkaException e) {
            session.close();
            return world.start();
        }
    }

    private AlertSession settled(AlertSession session) throws IOException {
        var current = session;
        for (int i = 0; i < 8; i++) {
            current = stepped(current);
        }
        return current;
    }

    /** The same id always says the same. */
    private static String textOf(String id, List<String> words) {
        var random = new Random(id.hashCode());
        return words.get(random.nextInt(4)) + " " + words.get(random.nextInt(4));
    }

    private static List<String> found(String text) {
        var found = new HashMap<String, Boolean>();
        found.put("s1", text.contains("panne"));
        found.put("s2", text.contains("facture") || text.contains("fibre"));
        found.put("s3", true);
        found.put("s4", text.contains("panne") && !text.contains("fibre"));
        return found.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void put(String id, String text) {
        world.verbatims.append(partition(id), World.key(id), World.bytes(classified(id, text)), world.time.instant());
    }

    private void revise(String id, String text) {
        world.verbatims.append(
                partition(id),
                World.key(id),
                World.bytes(classified(id, text)),
                world.time.instant(),
                RevisionHeader.of("0-1"));
    }

    private Verbatim classified(String id, String text) {
        return Verbatim.newBuilder(World.verbatim(id, text))
                .setClassifiedAt(world.time.instant())
                .build();
    }

    private static int partition(String id) {
        return Math.floorMod(id.hashCode(), PARTITIONS);
    }
}
