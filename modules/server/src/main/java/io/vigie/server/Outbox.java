package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.Digest;
import io.vigie.events.SavedSearch;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be delivered, and when. It holds of each saved search the delivery that is on its way and what waits behind
 * it, counted, so its size does not grow with the alerts. It knows neither Kafka nor HTTP. One thread.
 *
 * <p>A delivery on its way always has the same alerts and the same id, over restarts too, so that its receiver can tell
 * that it comes again.
 */
final class Outbox {
    /** When a day's alerts are delivered, in the calendar of the installation. */
    static final LocalTime DAILY_AT = LocalTime.of(8, 0);
    /** How long a delivery is tried. */
    static final Duration GIVE_UP_AFTER = Duration.ofHours(24);

    private static final Duration BACKOFF_FIRST = Duration.ofSeconds(2);
    private static final Duration BACKOFF_MAX = Duration.ofMinutes(10);

    private final ZoneId zone;
    private final DeliveryMetrics metrics;
    private final Map<String, Box> boxes = new HashMap<>();
    /** Of which searches something has changed for good since it was last kept. */
    private final Set<String> unkept = new LinkedHashSet<>();

    Outbox(ZoneId zone, DeliveryMetrics metrics) {
        this.zone = zone;
        this.metrics = metrics;
    }

    /**
     * A delivery to be tried now.
     *
     * @param begins whether this is its first try, and its state has to be kept before
     */
    record Due(SavedSearch search, Parcel parcel, int tries, boolean begins) {
        /** Stays the same however often it is tried. */
        String id() {
            return search.getSearchId() + "." + parcel.last();
        }
    }

    private static final class Box {
        private long settled = -1;
        private @Nullable Instant deliveredAt;
        private @Nullable Parcel waiting;
        private @Nullable Parcel underway;
        /** Last alert of what is underway. */
        private long through;

        private Instant underwayAt = Instant.EPOCH;
        private Instant nextTry = Instant.EPOCH;
        private int tries;
        private boolean inFlight;
    }

    /** Takes up what was kept; before any alert is added. */
    void load(AlertDelivery kept) {
        var box = new Box();
        box.settled = kept.getThrough();
        box.deliveredAt = kept.getDeliveredAt().orElse(null);
        if (kept.getAttemptThrough().isPresent()) {
            box.through = kept.getAttemptThrough().get();
            box.underway = new Parcel(kept.getAttemptFrom().orElse(kept.getThrough() + 1));
            box.underwayAt = kept.getAttemptAt().orElse(Instant.EPOCH);
        }
        boxes.put(kept.getSearchId(), box);
    }

    /** An alert, in the order of offsets; those before what is settled may come again. */
    void add(long offset, Alert alert, Optional<SavedSearch> search) {
        var box = boxes.computeIfAbsent(alert.getSearchId(), _ -> new Box());
        if (offset <= box.settled) {
            return;
        }
        if (box.underway != null && offset <= box.through) {
            // One before its first was left out when it came.
            if (offset >= box.underway.first()) {
                box.underway.add(offset, alert);
            }
        } else if (search.isEmpty() || !wants(search.get(), alert.getMatchedAt())) {
            metrics.leftOut(1);
        } else {
            box.waiting = box.waiting == null ? new Parcel(offset) : box.waiting;
            box.waiting.add(offset, alert);
        }
    }

    /** Whether what was found at a moment is delivered at all. */
    private static boolean wants(SavedSearch search, Instant at) {
        return search.getActive()
                && search.getWebhook().isPresent()
                && !at.isBefore(search.getSince())
                && search.getMutedUntil().map(until -> !at.isBefore(until)).orElse(true);
    }

    /**
     * Deliveries to be tried now, which then are on their way until {@link #acknowledged}, {@link #failed} or
     * {@link #postponed}.
     *
     * @param searches as they are now
     * @param position all alerts before this offset were added
     * @param most no more than that many
     */
    List<Due> due(Function<String, Optional<SavedSearch>> searches, long position, Instant now, int most) {
        var due = new ArrayList<Due>();
        boxes.forEach((id, box) -> {
            var search = searches.apply(id);
            if (search.isEmpty() || !wants(search.get(), now)) {
                clear(id, box);
            } else if (due.size() < most) {
                next(box, search.get(), position, now).ifPresent(due::add);
            }
        });
        boxes.keySet().removeIf(id -> searches.apply(id).isEmpty());
        return due;
    }

    private void clear(String id, Box box) {
        if (box.underway != null) {
            metrics.leftOut(box.underway.count());
            box.settled = box.through;
        }
        if (box.waiting != null) {
            metrics.leftOut(box.waiting.count());
            box.settled = box.waiting.last();
        }
        if (box.underway != null || box.waiting != null) {
            end(box);
            box.waiting = null;
            unkept.add(id);
        }
    }

    private Optional<Due> next(Box box, SavedSearch search, long position, Instant now) {
        boolean begins = box.underway == null && begin(box, search, now);
        if (box.underway == null || box.inFlight || box.through >= position || now.isBefore(box.nextTry)) {
            return Optional.empty();
        }
        if (box.underway.count() == 0 || isOver(box, now)) {
            metrics.gaveUp(search.getSearchId(), box.underway.count());
            box.settled = box.through;
            end(box);
            unkept.add(search.getSearchId());
            return Optional.empty();
        }
        box.inFlight = true;
        return Optional.of(new Due(search, box.underway, box.tries, begins));
    }

    /** Once it was tried: a process that was down for longer must try it first. */
    private static boolean isOver(Box box, Instant now) {
        return box.tries > 0 && Duration.between(box.underwayAt, now).compareTo(GIVE_UP_AFTER) > 0;
    }

    /** Sends what waits on its way when it is time. */
    private boolean begin(Box box, SavedSearch search, Instant now) {
        var waiting = box.waiting;
        if (waiting == null
                || now.isBefore(time(search.getDigest(), waiting.matchedFrom()))
                || (box.deliveredAt != null
                        && now.isBefore(box.deliveredAt.plusSeconds(search.getThrottleSeconds())))) {
            return false;
        }
        if (waiting.count() < search.getMinimumCount()) {
            if (search.getDigest() != Digest.IMMEDIATE) {
                metrics.leftOut(waiting.count());
                box.settled = waiting.last();
                box.waiting = null;
                unkept.add(search.getSearchId());
            }
            return false;
        }
        box.waiting = null;
        box.underway = waiting;
        box.through = waiting.last();
        box.underwayAt = now;
        box.nextTry = now;
        return true;
    }

    /** When alerts are due of which the first was found at a moment. */
    private Instant time(Digest digest, Instant first) {
        ZonedDateTime local = first.atZone(zone);
        return switch (digest) {
            case IMMEDIATE -> first;
            case HOURLY -> local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
            case DAILY -> {
                var today = local.with(DAILY_AT);
                yield (today.isAfter(local) ? today : local.plusDays(1).with(DAILY_AT)).toInstant();
            }
        };
    }

    /** The receiver has taken it. */
    void acknowledged(Due delivery, Instant now) {
        underway(delivery).ifPresent(box -> {
            box.settled = box.through;
            box.deliveredAt = now;
            end(box);
            unkept.add(delivery.search().getSearchId());
        });
    }

    /** It is tried again later. */
    void failed(Due delivery, Instant now) {
        underway(delivery).ifPresent(box -> {
            long millis = BACKOFF_FIRST.toMillis() << Math.min(box.tries, 20);
            box.nextTry = now.plusMillis(Math.min(millis, BACKOFF_MAX.toMillis()));
            box.tries++;
            box.inFlight = false;
        });
    }

    /** It was not tried at all, and is in a while. */
    void postponed(Due delivery, Instant until) {
        underway(delivery).ifPresent(box -> {
            box.nextTry = until;
            box.inFlight = false;
        });
    }

    /** Of a delivery that is still wanted. */
    private Optional<Box> underway(Due delivery) {
        return Optional.ofNullable(boxes.get(delivery.search().getSearchId()))
                .filter(box -> box.inFlight && delivery.parcel().equals(box.underway));
    }

    private static void end(Box box) {
        box.underway = null;
        box.tries = 0;
        box.inFlight = false;
    }

    /** What has changed for good since this was last asked, and is to be kept. */
    List<AlertDelivery> takeUnkept() {
        var taken = unkept.stream().filter(boxes::containsKey).map(this::state).toList();
        unkept.clear();
        return taken;
    }

    /** What is to be kept of a saved search. */
    AlertDelivery state(String searchId) {
        var box = boxes.getOrDefault(searchId, new Box());
        return AlertDelivery.newBuilder()
                .setSearchId(searchId)
                .setThrough(box.settled)
                .setDeliveredAt(box.deliveredAt)
                .setAttemptFrom(box.underway == null ? null : Long.valueOf(box.underway.first()))
                .setAttemptThrough(box.underway == null ? null : Long.valueOf(box.through))
                .setAttemptAt(box.underway == null ? null : box.underwayAt)
                .build();
    }

    /** Offset of the first alert that is not settled yet; empty when all are. */
    OptionalLong first() {
        return boxes.values().stream()
                .flatMap(box -> Stream.of(Optional.ofNullable(box.underway), Optional.ofNullable(box.waiting)))
                .flatMap(Optional::stream)
                .mapToLong(Parcel::first)
                .min();
    }

    /** How many deliveries have failed and are tried again. */
    long retried() {
        return boxes.values().stream()
                .filter(box -> box.underway != null && box.tries > 0)
                .count();
    }

    /** How many alerts wait. */
    long waiting() {
        return boxes.values().stream()
                .mapToLong(box -> (box.underway == null ? 0 : box.underway.count())
                        + (box.waiting == null ? 0 : box.waiting.count()))
                .sum();
    }
}
