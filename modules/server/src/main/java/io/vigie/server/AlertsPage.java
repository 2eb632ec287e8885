package io.vigie.server;

import io.vigie.events.Alert;
import io.vigie.events.SavedSearch;
import io.vigie.server.page.AlertsView;
import io.vigie.server.page.Linked;
import io.vigie.server.page.Notice;
import io.vigie.server.page.Section;
import io.vigie.server.page.Templates;
import io.vigie.server.page.Wording;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /alertes}: the saved searches, with what they found of late and whether that was delivered. */
final class AlertsPage {
    static final String DONE = "done";
    static final String REMOVED = "removed";

    private final Pages pages;
    private final SearchEndpoint search;
    private final Alerting alerting;
    private final AlertTelling telling;

    /** @param search whose refusals these are too */
    AlertsPage(Pages pages, SearchEndpoint search, Alerting alerting, AlertTelling telling) {
        this.pages = pages;
        this.search = search;
        this.alerting = alerting;
        this.telling = telling;
    }

    private record Found(SavedSearch saved, List<Alert> alerts) {
        Instant newest() {
            return alerts.isEmpty() ? Instant.EPOCH : alerts.getFirst().getMatchedAt();
        }
    }

    PageAnswer page(PageRequest request) throws Refusal, IOException {
        Parameters parameters = search.read(() -> Parameters.of(request.query(), Set.of(DONE), ""));
        Optional<String> done = search.read(() -> parameters.one(DONE));
        Wording in = request.wording();
        String live = telling.live("");
        List<Found> all = alerting.searches().searches().stream()
                .map(saved -> new Found(saved, alerting.alerts().newest(saved.getSearchId())))
                .sorted(Comparator.comparing(Found::newest)
                        .thenComparing(found -> found.saved().getCreatedAt())
                        .reversed())
                .toList();
        var view = new AlertsView(
                pages.frame(request, in.say("alerts.title"), Optional.of(Section.ALERTS), LoopPages.STYLE, "alerts.js"),
                live,
                done.filter(REMOVED::equals).map(_ -> in.say("saved.removed")),
                telling.reading(in).or(() -> nothing(all, in)),
                all.stream().map(found -> item(found, in)).toList());
        return PageAnswer.page(Templates.alerts(view));
    }

    private static Optional<Notice> nothing(List<Found> all, Wording in) {
        if (all.isEmpty()) {
            return Optional.of(new Notice(
                    Notice.Kind.EMPTY,
                    in.say("alerts.none"),
                    List.of(Notice.way(in.say("alerts.none.how"), Section.SEARCH.address()))));
        }
        if (all.stream().allMatch(found -> found.alerts().isEmpty())) {
            boolean isActive = all.stream().anyMatch(found -> found.saved().getActive());
            return Optional.of(new Notice(
                    Notice.Kind.EMPTY,
                    in.say("alerts.quiet"),
                    List.of(Notice.tip(in.say(isActive ? "alerts.quiet.why" : "alerts.quiet.off")))));
        }
        return Optional.empty();
    }

    private AlertsView.Item item(Found found, Wording in) {
        SavedSearch saved = found.saved();
        String path = AlertTelling.path(saved.getSearchId());
        return new AlertsView.Item(
                new Linked(saved.getName(), path),
                telling.counted(found.alerts(), in).map(count -> new Linked(count, path + "#alertes")),
                found.alerts().isEmpty() ? Optional.empty() : Optional.of(in.say("alerts.newest", found.newest())),
                telling.badges(saved, in),
                telling.asked(saved, in),
                saved.getOwner().map(owner -> in.say("alerts.owner", owner)),
                telling.delivery(saved, found.alerts(), in));
    }
}
