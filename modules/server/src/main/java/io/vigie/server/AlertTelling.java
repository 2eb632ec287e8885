package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.AlertDelivery;
import io.vigie.events.Digest;
import io.vigie.events.SavedSearch;
import io.vigie.index.Dimension;
import io.vigie.server.page.Addresses;
import io.vigie.server.page.AlertsView;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts saved searches, what they found and whether it was delivered into the words of the pages. */
final class AlertTelling {
    /** A receiver that is well has answered by then. */
    private static final Duration UNDERWAY_MAX = Duration.ofMinutes(1);

    private final Pages pages;
    private final Alerting alerting;

    AlertTelling(Pages pages, Alerting alerting) {
        this.pages = pages;
        this.alerting = alerting;
    }

    /** Of the page of a saved search and its alerts. */
    static String path(String searchId) {
        return Section.ALERTS.address() + "/" + Addresses.encoded(searchId);
    }

    /** What it searches, in words, with the search itself. */
    Linked asked(SavedSearch saved, Wording in) {
        var words = new ArrayList<String>();
        if (!saved.getQuery().isBlank()) {
            words.add(saved.getQuery());
        }
        for (Dimension dimension : Dimension.values()) {
            saved.getFilters()
                    .getOrDefault(dimension.parameter(), List.of())
                    .forEach(value -> words.add(pages.names().value(dimension.parameter(), value, in)));
        }
        return new Linked(
                words.isEmpty() ? in.say("alerts.everything") : String.join(" · ", words),
                SearchState.of(saved, pages.zone()).address());
    }

    /** How many there were of late, and since when; empty when there was none. */
    Optional<String> counted(List<Alert> alerts, Wording in) {
        if (alerts.isEmpty()) {
            return Optional.empty();
        }
        Instant since = alerts.getLast().getMatchedAt();
        return Optional.of(
                alerts.size() < AlertDirectory.ALERTS_MAX
                        ? in.count("alerts.count", alerts.size(), since)
                        : in.say("alerts.most", alerts.size(), since));
    }

    /** Whether its webhook has what it found. */
    AlertsView.Delivery delivery(SavedSearch saved, List<Alert> alerts, Wording in) {
        if (saved.getWebhook().isEmpty()) {
            return new AlertsView.Delivery(in.say("alerts.delivery.none"), "");
        }
        Optional<AlertDelivery> state = alerting.deliveries().state(saved.getSearchId());
        Optional<Instant> attempt =
                state.filter(each -> each.getAttemptThrough().isPresent()).flatMap(AlertDelivery::getAttemptAt);
        if (attempt.isPresent()) {
            boolean isLate = attempt.get().isBefore(pages.now().minus(UNDERWAY_MAX));
            return isLate
                    ? new AlertsView.Delivery(
                            in.say("alerts.delivery.failing", attempt.get(), Outbox.GIVE_UP_AFTER.toHours()), "bad")
                    : new AlertsView.Delivery(in.say("alerts.delivery.underway"), "");
        }
        Optional<Instant> delivered = state.flatMap(AlertDelivery::getDeliveredAt);
        if (alerts.isEmpty()) {
            return new AlertsView.Delivery(in.say("alerts.delivery.nothing"), "");
        }
        Instant newest = alerts.getFirst().getMatchedAt();
        if (delivered.filter(at -> !at.isBefore(newest)).isPresent()) {
            return new AlertsView.Delivery(in.say("alerts.delivery.done", delivered.get()), "good");
        }
        String last =
                delivered.map(at -> " " + in.say("alerts.delivery.last", at)).orElse("");
        return new AlertsView.Delivery(in.say(waiting(saved, newest), until(saved)) + last, "");
    }

    /**
     * What the live feed of alerts is asked for those that a page does not show, as an address. Taken before the alerts are
     * read, it misses none.
     */
    String live(String query) {
        String address = "/api/v1/alerts/live" + query;
        return alerting.alerts().caughtUp()
                ? address + (query.isEmpty() ? "?" : "&") + LiveEndpoint.LAST_EVENT_ID + "="
                        + alerting.alerts().log().next()
                : address;
    }

    /** Why what was found at a moment is not delivered yet. */
    private static String waiting(SavedSearch saved, Instant newest) {
        if (!saved.getActive()) {
            return "alerts.delivery.off";
        }
        if (saved.getMutedUntil().filter(newest::isBefore).isPresent()) {
            return "alerts.delivery.muted";
        }
        if (saved.getDigest() == Digest.HOURLY) {
            return "alerts.delivery.hourly";
        }
        if (saved.getDigest() == Digest.DAILY) {
            return "alerts.delivery.daily";
        }
        return saved.getMinimumCount() > 1 || saved.getThrottleSeconds() > 0
                ? "alerts.delivery.waiting"
                : "alerts.delivery.not";
    }

    private static Object until(SavedSearch saved) {
        return saved.getMutedUntil().<Object>map(until -> until).orElse("");
    }

    List<String> badges(SavedSearch saved, Wording in) {
        var badges = new ArrayList<String>();
        badges.add(in.say(saved.getActive() ? "alerts.active" : "alerts.inactive"));
        saved.getMutedUntil()
                .filter(until -> until.isAfter(pages.now()))
                .ifPresent(until -> badges.add(in.say("alerts.muted", until)));
        return badges;
    }

    /** While the alerts of before are still being read; empty afterwards. */
    Optional<Notice> reading(Wording in) {
        return alerting.alerts().caughtUp()
                ? Optional.empty()
                : Optional.of(new Notice(
                        Notice.Kind.WORKING, in.say("alerts.reading"), List.of(Notice.tip(in.say("problem.retry")))));
    }
}
