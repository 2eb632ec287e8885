package io.vigie.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.Digest;
import io.vigie.events.SavedSearch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Instant START = Instant.parse("2026-03-10T12:10:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, SavedSearch> searches = new TreeMap<>();
    private final List<Alert> topic = new ArrayList<>();
    private Outbox outbox = new Outbox(PARIS, new DeliveryMetrics(meters));
    private Instant now = START;

    @Test
    void anAlertIsDueAtOnceAndOnlyOnce() {
        save(search("s"));
        alert("s");

        var due = due();

        assertThat(due).singleElement().satisfies(delivery -> {
            assertThat(delivery.parcel().count()).isEqualTo(1);
            assertThat(delivery.begins()).isTrue();
            assertThat(delivery.id()).isEqualTo("s.0");
        });
        assertThat(due()).isEmpty();
        outbox.acknowledged(due.getFirst(), now);
        assertThat(due()).isEmpty();
        assertThat(outbox.first()).isEmpty();
    }

    @Test
    void whatComesWithinTheThrottleIsDeliveredTogetherAfterIt() {
        save(search("s").setThrottleSeconds(900));
        alert("s");
        outbox.acknowledged(due().getFirst(), now);
        alert("s");
        alert("s");

        pass(Duration.ofMinutes(14));
        assertThat(due()).isEmpty();
        pass(Duration.ofMinutes(1));

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.parcel().count()).isEqualTo(2));
    }

    @Test
    void anHourlyDigestIsDueWhenTheHourEnds() {
        save(search("s").setDigest(Digest.HOURLY));
        alert("s");
        pass(Duration.ofMinutes(49));
        alert("s");
        assertThat(due()).isEmpty();

        pass(Duration.ofMinutes(1));

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.parcel().count()).isEqualTo(2));
    }

    @Test
    void aDailyDigestIsDueInTheMorningAlsoWhenTheClocksChange() {
        now = Instant.parse("2026-03-28T20:00:00Z");
        save(search("s").setDigest(Digest.DAILY));
        alert("s");

        now = Instant.parse("2026-03-29T05:59:59Z");
        assertThat(due()).isEmpty();
        now = Instant.parse("2026-03-29T06:00:00Z");

        assertThat(due()).hasSize(1);
    }

    @Test
    void tooFewForADigestAreLeftOutAndTheNextDayBeginsAnew() {
        save(search("s").setDigest(Digest.DAILY).setMinimumCount(2));
        alert("s");
        pass(Duration.ofDays(1));
        assertThat(due()).isEmpty();
        alert("s");
        alert("s");
        pass(Duration.ofDays(1));

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.parcel().count()).isEqualTo(2));
        assertThat(meters.counter("vigie.alerts.left.out").count()).isEqualTo(1);
    }

    @Test
    void withoutADigestAMinimumIsWaitedFor() {
        save(search("s").setMinimumCount(3));
        alert("s");
        alert("s");
        assertThat(due()).isEmpty();

        alert("s");

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.parcel().count()).isEqualTo(3));
    }

    @Test
    void whatMatchesWhileASearchIsMutedIsNeverDelivered() {
        save(search("s").setMutedUntil(now.plus(Duration.ofHours(1))));
        alert("s");
        assertThat(due()).isEmpty();

        pass(Duration.ofHours(2));
        assertThat(due()).isEmpty();
        alert("s");

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.parcel().count()).isEqualTo(1));
    }

    @Test
    void whatWaitsIsDroppedWhenItsSearchIsSwitchedOffMutedOrRemoved() {
        save(search("off").setThrottleSeconds(0).setMinimumCount(9));
        save(search("muted").setMinimumCount(9));
        save(search("gone").setMinimumCount(9));
        alert("off");
        alert("muted");
        alert("gone");
        assertThat(due()).isEmpty();

        save(search("off").setActive(false));
        save(search("muted").setMutedUntil(now.plusSeconds(60)));
        searches.remove("gone");
        due();
        save(search("off"));
        save(search("muted"));
        save(search("gone"));

        assertThat(due()).isEmpty();
        assertThat(outbox.waiting()).isZero();
    }

    @Test
    void aSearchWithoutAWebhookIsNotDelivered() {
        save(search("s").setWebhook(null));
        alert("s");

        assertThat(due()).isEmpty();
        assertThat(outbox.first()).isEmpty();
    }

    @Test
    void aFailedDeliveryIsTriedAgainLaterAndLaterWithTheSameAlerts() {
        save(search("s"));
        alert("s");
        var first = due().getFirst();
        outbox.failed(first, now);
        alert("s");
        assertThat(due()).isEmpty();

        pass(Duration.ofSeconds(2));
        var second = due().getFirst();
        outbox.failed(second, now);
        pass(Duration.ofSeconds(3));
        assertThat(due()).isEmpty();
        pass(Duration.ofSeconds(1));
        var third = due().getFirst();

        assertThat(third.id()).isEqualTo(first.id());
        assertThat(third.parcel().count()).isEqualTo(1);
        assertThat(third.tries()).isEqualTo(2);
        assertThat(third.begins()).isFalse();
        assertThat(outbox.retried()).isEqualTo(1);
    }

    @Test
    void aDeliveryIsGivenUpAfterADay() {
        save(search("s"));
        alert("s");
        outbox.failed(due().getFirst(), now);
        alert("s");
        pass(Outbox.GIVE_UP_AFTER.plusSeconds(1));

        assertThat(due()).isEmpty();
        assertThat(meters.counter("vigie.alerts.deliveries", "result", "given_up")
                        .count())
                .isEqualTo(1);

        assertThat(due())
                .singleElement()
                .satisfies(delivery -> assertThat(delivery.id()).isEqualTo("s.1"));
    }

    @Test
    void noMoreThanAskedForAreOnTheirWay() {
        for (int i = 0; i < 5; i++) {
            save(search("s" + i));
            alert("s" + i);
        }

        assertThat(outbox.due(id -> Optional.ofNullable(searches.get(id)), topic.size(), now, 2))
                .hasSize(2);
    }

    @Test
    void whateverFailsAndWhereverItIsKilledEachAlertIsInOneDelivery() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("OutboxTest seed=" + seed);
        var random = new Random(seed);
        var kept = new HashMap<String, AlertDelivery>();
        var received = new HashMap<String, String>();
        var counts = new HashMap<String, Long>();
        save(search("a"));
        save(search("b").setThrottleSeconds(60));
        save(search("c").setDigest(Digest.HOURLY));
        save(search("d").setMinimumCount(3).setThrottleSeconds(5));
        long committed = 0;

        for (int i = 0; i < 5_000; i++) {
            boolean last = i > 4_900;
            switch (last ? 4 : random.nextInt(6)) {
                case 0, 1, 2 -> alert(List.of("a", "b", "c", "d").get(random.nextInt(4)));
                case 3 -> pass(Duration.ofSeconds(random.nextInt(200)));
                case 4 -> {
                    pass(Duration.ofSeconds(last ? 4_000 : 1));
                    for (var delivery : due()) {
                        if (delivery.begins()) {
                            keep(kept, outbox.state(delivery.search().getSearchId()));
                        }
                        if (last || random.nextInt(3) > 0) {
                            String content = delivery.parcel().count() + " "
                                    + delivery.parcel().shown();
                            assertThat(received.getOrDefault(delivery.id(), content))
                                    .as("-Dseed=%d", seed)
                                    .isEqualTo(content);
                            if (received.put(delivery.id(), content) == null) {
                                counts.merge(
                                        delivery.search().getSearchId(),
                                        delivery.parcel().count(),
                                        Long::sum);
                            }
                            outbox.acknowledged(delivery, now);
                        } else {
                            outbox.failed(delivery, now);
                        }
                    }
                    if (last || random.nextInt(4) > 0) {
                        outbox.takeUnkept().forEach(state -> keep(kept, state));
                        committed = outbox.first().orElse(topic.size());
                    } else {
                        committed = restarted(kept, committed);
                    }
                }
                default -> committed = random.nextInt(10) == 0 ? restarted(kept, committed) : committed;
            }
        }

        var alerts = topic.stream().collect(Collectors.groupingBy(Alert::getSearchId, Collectors.counting()));
        long waiting = alerts.getOrDefault("d", 0L) - counts.getOrDefault("d", 0L);
        assertThat(waiting).as("-Dseed=%d", seed).isBetween(0L, 2L);
        alerts.remove("d");
        counts.remove("d");
        assertThat(counts).as("-Dseed=%d", seed).isEqualTo(alerts);
    }

    private static void keep(Map<String, AlertDelivery> kept, AlertDelivery state) {
        kept.put(state.getSearchId(), state);
    }

    /** Killed: nothing is left but what was kept; the topic is read again from where that was committed. */
    private long restarted(Map<String, AlertDelivery> kept, long committed) {
        outbox = new Outbox(PARIS, new DeliveryMetrics(meters));
        kept.values().forEach(outbox::load);
        for (long offset = committed; offset < topic.size(); offset++) {
            Alert alert = topic.get((int) offset);
            outbox.add(offset, alert, Optional.ofNullable(searches.get(alert.getSearchId())));
        }
        return committed;
    }

    private List<Outbox.Due> due() {
        return outbox.due(id -> Optional.ofNullable(searches.get(id)), topic.size(), now, 100);
    }

    private void alert(String searchId) {
        var alert = new Alert(searchId, "v" + topic.size(), now, now);
        outbox.add(topic.size(), alert, Optional.ofNullable(searches.get(searchId)));
        topic.add(alert);
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    private void save(SavedSearch.Builder search) {
        searches.put(search.getSearchId(), search.build());
    }

    static SavedSearch.Builder search(String id) {
        return SavedSearch.newBuilder()
                .setSearchId(id)
                .setName("name of " + id)
                .setQuery("panne")
                .setActive(true)
                .setSince(START.minus(Duration.ofDays(400)))
                .setDigest(Digest.IMMEDIATE)
                .setWebhook("http://127.0.0.1:9/")
                .setCreatedAt(START)
                .setUpdatedAt(START);
    }
}
